/* Suggestions under the search boxes. Optional: without it the form searches as ever. Keys: arrows, Enter, Escape. */
(function () {
  "use strict";
  var PAUSE = 160, SHORTEST = 2, boxes = 0;

  function enhance(form) {
    var input = form.querySelector("input[name=q]");
    if (!input) { return; }
    boxes += 1;
    var list = document.createElement("ul"), options = [], active = -1, timer = 0, asked = "";
    list.className = "search__list";
    list.id = "search-list-" + boxes;
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.dataset.suggestions || "");
    form.appendChild(list);
    input.type = "text";
    input.autocomplete = "off";
    input.enterKeyHint = "search";
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");

    function close() {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
    function choose(index) {
      options.forEach(function (option, number) { option.setAttribute("aria-selected", String(number === index)); });
      active = index;
      if (index < 0) { input.removeAttribute("aria-activedescendant"); return; }
      input.setAttribute("aria-activedescendant", options[index].id);
      options[index].scrollIntoView({ block: "nearest" });
    }
    function show(found) {
      list.textContent = "";
      options = found.map(function (one, number) {
        var option = document.createElement("li"), kind = document.createElement("span");
        option.id = list.id + "-" + number;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.url = one.url;
        option.textContent = one.title + " ";
        kind.textContent = one.kind;
        option.appendChild(kind);
        list.appendChild(option);
        return option;
      });
      active = -1;
      input.removeAttribute("aria-activedescendant");
      list.hidden = !options.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
    }
    function ask() {
      var words = input.value.trim();
      asked = words;
      if (words.length < SHORTEST) { close(); return; }
      fetch(form.getAttribute("action") + "suggest?q=" + encodeURIComponent(words.slice(0, 60)))
        .then(function (answer) { return answer.ok ? answer.json() : { suggestions: [] }; })
        .then(function (answer) { if (words === asked && document.activeElement === input) { show(answer.suggestions); } })
        .catch(close);
    }

    input.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(ask, PAUSE); });
    input.addEventListener("blur", function () { clearTimeout(timer); close(); });
    input.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && !list.hidden) { event.preventDefault(); event.stopPropagation(); close(); return; }
      if (list.hidden || !options.length) { return; }
      if (event.key === "ArrowDown") { event.preventDefault(); choose(active + 1 < options.length ? active + 1 : -1); }
      if (event.key === "ArrowUp") { event.preventDefault(); choose(active < 0 ? options.length - 1 : active - 1); }
      if (event.key === "Enter" && active >= 0) { event.preventDefault(); location.assign(options[active].dataset.url); }
    });
    // Before the box loses the focus, which closes the list.
    list.addEventListener("mousedown", function (event) {
      var option = event.target.closest("[role=option]");
      if (option) { event.preventDefault(); location.assign(option.dataset.url); }
    });
  }

  document.querySelectorAll("form.search").forEach(enhance);
})();
