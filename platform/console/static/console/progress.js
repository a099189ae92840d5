// The connection of a community: asks the server every second and shows its answer, until it is finished.
(() => {
  "use strict";
  const panel = document.getElementById("console-progress");
  if (!panel || !panel.dataset.poll) return;
  const trouble = document.querySelector(".console-trouble");
  const calm = 1000;
  const rest = 4000;

  const ask = async () => {
    let wait = calm;
    try {
      const response = await fetch(panel.dataset.poll, { credentials: "same-origin", redirect: "error" });
      if (!response.ok) throw new Error(String(response.status));
      const answer = await response.json();
      // A button that somebody is about to press must not be replaced under the finger.
      if (!panel.contains(document.activeElement) || !answer.active) panel.innerHTML = answer.html;
      trouble.hidden = true;
      if (!answer.active) return;
    } catch {
      trouble.textContent = panel.dataset.trouble;
      trouble.hidden = false;
      wait = rest;
    }
    window.setTimeout(ask, wait);
  };
  window.setTimeout(ask, calm);
})();
