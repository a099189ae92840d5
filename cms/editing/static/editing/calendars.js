// The calendars beside fields of days and hours. This runs before any of them is made.
(() => {
  const $ = window.jQuery;
  const defaults = $?.fn.datetimepicker?.defaults;
  if (!defaults) return;
  // What cannot be read as a day is told by the form; the calendar would silently put today in its place.
  defaults.validateOnBlur = false;
  // Whoever goes through the fields by keyboard would find it over the next ones and over the button that saves.
  defaults.openOnFocus = false;

  const calendarOf = (field) => $(field).data("xdsoft_datetimepicker");

  document.addEventListener("click", ({ target }) => show(target));
  document.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && show(event.target)) event.preventDefault();
    if (event.key === "Escape") hide(event.target);
  });
  // Who types the day needs no calendar.
  document.addEventListener("input", ({ target }) => hide(target));

  function show(field) {
    const calendar = calendarOf(field);
    if (!calendar || field.disabled || field.readOnly) return false;
    calendar.data("xdsoft_datetime").setCurrentTime(field.value);
    calendar.trigger("open.xdsoft");
    return true;
  }

  function hide(field) {
    calendarOf(field)?.trigger("close.xdsoft");
  }
})();
