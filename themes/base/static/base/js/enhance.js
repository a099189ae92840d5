/* Optional comfort; every page works without it. Loaded in the head, small enough not to delay the first line of text:
   the chosen appearance must be known before the page is painted. */
(function () {
  "use strict";
  var root = document.documentElement;
  var kept = {
    get: function (key) { try { return localStorage.getItem("look." + key); } catch (refused) { return null; } },
    set: function (key, value) {
      try { if (value) { localStorage.setItem("look." + key, value); } else { localStorage.removeItem("look." + key); } } catch (refused) { /* storage is switched off: the choice lasts for this page */ }
    }
  };
  function apply(key, value) {
    if (value) { root.setAttribute("data-" + key, value); } else { root.removeAttribute("data-" + key); }
  }
  apply("mode", kept.get("mode"));
  apply("text", kept.get("text"));

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-script]").forEach(function (part) { part.hidden = false; });

    var choices = document.querySelectorAll("[data-look]");
    function mark() {
      choices.forEach(function (button) {
        button.setAttribute("aria-pressed", String((root.getAttribute("data-" + button.dataset.look) || "") === button.value));
      });
    }
    choices.forEach(function (button) {
      button.addEventListener("click", function () {
        var key = button.dataset.look;
        var value = (root.getAttribute("data-" + key) || "") === button.value ? "" : button.value;
        apply(key, value);
        kept.set(key, value);
        mark();
      });
    });
    mark();

    document.querySelectorAll("[data-alert]").forEach(function (bar) {
      if (kept.get("alert") === bar.dataset.alert) { bar.hidden = true; return; }
      var hide = bar.querySelector("[data-hide]");
      if (hide) { hide.addEventListener("click", function () { kept.set("alert", bar.dataset.alert); bar.hidden = true; }); }
    });

    var menus = document.querySelectorAll("details.pop, details.menu");
    function close(except) { menus.forEach(function (menu) { if (menu !== except) { menu.open = false; } }); }
    document.addEventListener("click", function (event) { close(event.target.closest("details.pop, details.menu")); });
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape") { return; }
      var open = document.querySelector("details.pop[open], details.menu[open]");
      if (open) { open.open = false; open.querySelector("summary").focus(); }
    });

    var summary = document.querySelector(".error-summary");
    if (summary) { summary.focus(); }
    document.querySelectorAll("[data-print]").forEach(function (button) { button.addEventListener("click", function () { window.print(); }); });
  });
})();
