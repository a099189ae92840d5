/* Questions that depend on answers are shown at once, and the device may say where it is. Without this file the server
   asks for them when the form is sent. A condition is written in data-show-if as the server understands it. */
(function () {
  "use strict";
  function answer(form, code) {
    var found = Array.prototype.filter.call(form.elements, function (each) { return each.name === code && !each.disabled; });
    if (!found.length) { return null; }
    if (found[0].type === "checkbox") {
      return found.filter(function (each) { return each.checked; }).map(function (each) { return each.value; });
    }
    var value = found[0].value;
    if (found[0].type === "radio") {
      var chosen = found.filter(function (each) { return each.checked; })[0];
      value = chosen ? chosen.value : "";
    }
    return value.trim() === "" ? null : value.trim();
  }
  function number(value) {
    if (value === null || Array.isArray(value)) { return null; }
    var read = Number(value.replace(/[\s\u00a0\u202f֏]/g, "").replace(",", "."));
    return isFinite(read) ? read : null;
  }
  function same(given, wanted) {
    if (typeof wanted === "boolean") { return given === (wanted ? "yes" : "no"); }
    if (typeof wanted === "number") { return number(given) === wanted; }
    return given === wanted;
  }
  function holds(condition, form) {
    if ("all" in condition) { return condition.all.every(function (each) { return holds(each, form); }); }
    if ("any" in condition) { return condition.any.some(function (each) { return holds(each, form); }); }
    if ("not" in condition) { return !holds(condition.not, form); }
    var given = answer(form, condition.field);
    if ("equals" in condition) { return same(given, condition.equals); }
    if ("in" in condition) { return condition.in.some(function (each) { return same(given, each); }); }
    if ("includes" in condition) { return Array.isArray(given) && given.indexOf(condition.includes) >= 0; }
    if ("answered" in condition) { return (given !== null && given.length > 0) === condition.answered; }
    var value = number(given);
    if (value === null) { return false; }
    return "at_least" in condition ? value >= condition.at_least : value <= condition.at_most;
  }
  function watch(form) {
    var parts = Array.prototype.slice.call(form.querySelectorAll("[data-show-if]"));
    function decide() {
      /* In the order of the page: what is hidden counts as not answered for all that follows. */
      parts.forEach(function (part) {
        part.hidden = !holds(JSON.parse(part.dataset.showIf), form);
        part.querySelectorAll("input, select, textarea, button").forEach(function (control) {
          var away = control.closest("[data-show-if][hidden]") !== null;
          control.disabled = "marker" in control.dataset ? !away : away;
        });
      });
    }
    form.addEventListener("change", decide);
    form.addEventListener("input", decide);
    decide();
  }
  function locate(button) {
    button.addEventListener("click", function () {
      var said = document.querySelector('[data-located="' + button.dataset.locate + '"]');
      navigator.geolocation.getCurrentPosition(function (place) {
        document.getElementById(button.dataset.locate + "-lat").value = place.coords.latitude.toFixed(6);
        document.getElementById(button.dataset.locate + "-lon").value = place.coords.longitude.toFixed(6);
        said.textContent = "";
      }, function () { said.textContent = button.dataset.failed; }, { timeout: 10000, enableHighAccuracy: true });
    });
  }
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("form.form").forEach(watch);
    document.querySelectorAll("[data-locate]").forEach(function (button) {
      if (navigator.geolocation) { locate(button); } else { button.remove(); }
    });
  });
})();
