// The list of findings follows the text: it is asked for again after each automatic saving.
(() => {
  const refresh = async () => {
    const list = document.querySelector("[data-ed-findings]");
    if (!list) return;
    const answer = await fetch(list.dataset.edFindings, { credentials: "same-origin" });
    if (answer.ok) list.innerHTML = await answer.text();
  };
  document.addEventListener("w-autosave:success", refresh);
})();
