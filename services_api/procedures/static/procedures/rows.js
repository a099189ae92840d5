/* Rows that are added, moved and removed without leaving the page, and a drawing that follows what is typed.
   Without this script every button does the same by loading the page anew. */
(() => {
  const form = document.querySelector("[data-rows]");
  if (!form) return;
  const body = () => form.querySelector("[data-rows-body]");
  const drawing = form.querySelector("[data-drawing]");
  const WAIT = 400;
  let timer, latest = 0, plainly = false;

  const post = (act) => {
    const data = new FormData(form);
    data.set("act", act);
    return fetch(form.getAttribute("action") || location.href, { method: "POST", body: data, credentials: "same-origin" });
  };

  const redraw = async () => {
    if (!drawing) return;
    const number = ++latest;
    const response = await post(drawing.dataset.act);
    if (!response.ok || number !== latest) return;
    const left = drawing.firstElementChild ? drawing.firstElementChild.scrollLeft : 0;
    drawing.innerHTML = await response.text();
    if (drawing.firstElementChild) drawing.firstElementChild.scrollLeft = left;
  };
  const soon = () => { clearTimeout(timer); timer = setTimeout(redraw, WAIT); };

  /* A state's new name at once in every list that names it. */
  const rename = (field) => {
    const row = field.closest("[data-key^='s ']");
    if (!row || !/-name_hy$/.test(field.name)) return;
    const key = row.dataset.key.slice(2), name = field.value.trim() || "—";
    const shown = row.querySelector("[data-name-of]");
    if (shown) shown.textContent = name;
    for (const option of form.querySelectorAll("option")) {
      if (option.value === key && /-(to|initial|reopen_to)$/.test(option.parentElement.name)) option.textContent = name;
    }
    for (const box of form.querySelectorAll("input[type=checkbox]")) {
      if (box.value === key && /-sources$/.test(box.name)) box.nextSibling.textContent = " " + name;
    }
  };

  form.addEventListener("input", (event) => { rename(event.target); soon(); });
  form.addEventListener("submit", async (event) => {
    const act = event.submitter ? event.submitter.value : "save";
    if (plainly || act === "save" || act === "begin") return;
    event.preventDefault();
    const open = new Set([...form.querySelectorAll("details[open][data-key]")].map((each) => each.dataset.key));
    const response = await post(act);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("[data-rows-body]");
    if (!response.ok || !fresh) { plainly = true; form.requestSubmit(event.submitter); return; }
    body().replaceWith(document.importNode(fresh, true));
    for (const row of form.querySelectorAll("details[data-key]")) if (open.has(row.dataset.key)) row.open = true;
    const at = body().dataset.focus && document.getElementById(body().dataset.focus);
    if (at) {
      at.scrollIntoView({ block: "nearest" });
      const first = at.querySelector("input:not([type=hidden]), select, textarea");
      if (act.startsWith("add") && first) first.focus(); else at.querySelector("summary").focus();
    }
    redraw();
  });
})();
