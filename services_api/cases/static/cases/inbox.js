// The keyboard in the list of cases. Without this file everything is reached by Tab, Space and Enter.
(() => {
  "use strict";
  const list = document.querySelector("[data-work-list]");
  const help = document.getElementById("work-keys");
  const on = document.getElementById("work-keys-on");
  if (!help || !on) return;
  const KEPT = "cases.keys";
  // Single keys can be turned off (WCAG 2.1.4), and stay so on this computer.
  try { on.checked = localStorage.getItem(KEPT) !== "off"; } catch { /* private window: for this page only */ }
  on.addEventListener("change", () => {
    try { localStorage.setItem(KEPT, on.checked ? "on" : "off"); } catch { /* as above */ }
  });
  const links = () => (list ? [...list.querySelectorAll("tbody .number a")] : []);
  const row = () => document.activeElement?.closest?.("[data-work-list] tbody tr");

  function move(step) {
    const all = links();
    const now = row() ? all.indexOf(row().querySelector(".number a")) : -1;
    const next = all[Math.min(all.length - 1, Math.max(0, now + step))];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  const keys = {
    j: () => move(1),
    k: () => move(-1),
    x: () => row()?.querySelector("input[name=case]")?.click(),
    "?": () => { help.open = !help.open; help.querySelector("summary").focus(); },
  };

  // Before the workplace's own help, which listens to the same sign.
  window.addEventListener("keydown", (event) => {
    if (!on.checked || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable], dialog");
    const act = Object.hasOwn(keys, event.key) && !typing ? keys[event.key] : null;
    if (!act) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act();
  }, true);
})();
