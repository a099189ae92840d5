/* Settings of the look: a click on a swatch writes its colour into the field. The server judges the colour. */
(function () {
  "use strict";
  document.addEventListener("click", function (event) {
    var swatch = event.target.closest("[data-accent-value]");
    if (!swatch) { return; }
    var field = document.getElementById(swatch.closest("[data-accent-for]").dataset.accentFor);
    field.value = swatch.dataset.accentValue;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.focus();
  });
})();
