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
  /* Weak eyesight is three things at once; the style sheets read each of them. */
  var sets = { "low-vision": { mode: "contrast", text: "largest" } };
  ["mode", "text", "reading"].forEach(function (key) { if (kept.get(key)) { apply(key, kept.get(key)); } });

  function choose(key, value) {
    var before = root.getAttribute("data-" + key) || "";
    var chosen = before === value ? "" : value;
    var more = sets[chosen] || {};
    if (key === "mode" && root.hasAttribute("data-reading") || sets[before] && !chosen) {
      ["mode", "text", "reading"].forEach(function (each) { apply(each, ""); kept.set(each, ""); });
    }
    apply(key, chosen); kept.set(key, chosen);
    Object.keys(more).forEach(function (each) { apply(each, more[each]); kept.set(each, more[each]); });
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-script]").forEach(function (part) { part.hidden = false; });

    /* Without script these are links; with it they are switches, and the choice stays in this browser. */
    var choices = [];
    document.querySelectorAll("a[data-look]").forEach(function (link) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = link.textContent;
      button.dataset.look = link.dataset.look;
      button.value = link.dataset.value;
      link.replaceWith(button);
      choices.push(button);
    });
    function mark() {
      choices.forEach(function (button) {
        button.setAttribute("aria-pressed", String((root.getAttribute("data-" + button.dataset.look) || "") === button.value));
      });
    }
    choices.forEach(function (button) {
      button.addEventListener("click", function () { choose(button.dataset.look, button.value); mark(); });
    });
    mark();

    /* Alerts: of those above the page the first one stays that is not hidden and, where the reader has chosen a settlement, concerns it. */
    var alerts = Array.prototype.slice.call(document.querySelectorAll(".alertbar > div"));
    function hidden() { return (kept.get("alerts") || "").split(" "); }
    function choose() {
      var place = kept.get("place");
      var left = alerts.filter(function (one) { return hidden().indexOf(one.dataset.alert) < 0; });
      var own = left.filter(function (one) { return !place || !one.dataset.places || one.dataset.places.split(" ").indexOf(place) >= 0; });
      alerts.forEach(function (one) { one.hidden = one !== (own[0] || left[0]); });
      var bar = document.querySelector(".alertbar");
      if (bar) { bar.hidden = left.length === 0; }
    }
    alerts.forEach(function (one) {
      var hide = one.querySelector("[data-hide]");
      if (hide) { hide.addEventListener("click", function () { kept.set("alerts", hidden().concat(one.dataset.alert).slice(-20).join(" ")); choose(); }); }
    });
    if (alerts.length) { choose(); }
    document.querySelectorAll("[data-keep-place]").forEach(function (button) {
      function show() {
        var is = kept.get("place") === button.dataset.keepPlace;
        button.setAttribute("aria-pressed", String(is));
        button.title = is ? button.dataset.kept : "";
      }
      button.addEventListener("click", function () { kept.set("place", kept.get("place") === button.dataset.keepPlace ? "" : button.dataset.keepPlace); show(); });
      show();
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
