/* The form builder. The server alone knows what the blocks mean: each change is sent to it (nothing is kept), and it
   answers with the resident's page, with what is still wrong, and with the questions there are. From those the lists of
   conditions and formulas are filled here. */
(function () {
  "use strict";
  var WAIT = 500;
  var FITTING = {
    choice: ["equals", "not_equals", "in", "not_in", "answered", "unanswered"],
    choices: ["includes", "not_includes", "answered", "unanswered"],
    yes_no: ["equals", "answered", "unanswered"],
    number: ["at_least", "at_most", "equals", "not_equals", "answered", "unanswered"],
    rule: ["holds", "holds_not"],
    other: ["equals", "not_equals", "answered", "unanswered"]
  };
  var READABLE = ["text", "long_text", "email", "phone", "number", "money", "date", "time", "yes_no", "choice", "choices", "settlement", "computed"];
  var COUNTABLE = ["number", "money", "computed"];
  var CHILD = "[data-streamfield-child]";
  var WITHOUT_VALUE = ["answered", "unanswered", "holds", "holds_not"];

  function start(root) {
    var frame = document.querySelector("[data-proc-frame]");
    var said = document.querySelector("[data-proc-said]");
    var problems = document.querySelector("[data-proc-problems]");
    var pages = document.querySelector("[data-proc-pages]");
    var language = document.querySelector("[data-proc-language]");
    var state = { page: "", answers: {}, html: null, outline: [], timer: 0, asked: 0 };

    function inner() { return frame.contentDocument ? frame.contentDocument.querySelector("form.form") : null; }
    function typed(submitter) {
      var form = inner();
      if (!form) { return ""; }
      var data = new URLSearchParams();
      new FormData(form).forEach(function (value, name) { if (typeof value === "string") { data.append(name, value); } });
      if (submitter && submitter.name) { data.append(submitter.name, submitter.value); }
      return data.toString();
    }
    /* All controls as one field (screen.py): a large form has more of them than a request may have fields. */
    root.addEventListener("formdata", function (event) {
      var data = event.formData, token = data.get("csrfmiddlewaretoken");
      var pairs = Array.from(data.entries()).filter(function (pair) { return typeof pair[1] === "string"; });
      Array.from(data.keys()).forEach(function (each) { data.delete(each); });
      data.append("csrfmiddlewaretoken", token);
      data.append("controls", JSON.stringify(pairs));
    });
    root.addEventListener("submit", function (event) {
      var size = new URLSearchParams(new FormData(root)).toString().length;
      if (size <= Number(root.dataset.most)) { return; }
      event.preventDefault();
      tellProblems([{ label: "", message: root.dataset.large, block: "" }]);
      problems.scrollIntoView({ block: "center" });
    });
    function later() { window.clearTimeout(state.timer); state.timer = window.setTimeout(refresh, WAIT); }
    function refresh(act, submitter) {
      window.clearTimeout(state.timer);
      var data = new FormData(root);
      data.append("preview-page", state.page);
      data.append("preview-next", state.next || "");
      state.next = "";
      data.append("preview-language", language.value);
      data.append("preview-answers", JSON.stringify(state.answers));
      data.append("preview-posted", typed(submitter));
      data.append("preview-act", act || "");
      var asked = state.asked += 1;
      fetch(root.dataset.preview, { method: "POST", body: data, credentials: "same-origin" }).then(function (answer) {
        if (!answer.ok) { throw new Error(String(answer.status)); }
        return answer.json();
      }).then(function (found) { if (asked === state.asked) { take(found); } }, function () { root.dataset.failed = "true"; });
    }
    function take(found) {
      delete root.dataset.failed;
      state.outline = found.outline;
      state.answers = found.answers;
      state.page = found.page;
      root.dataset.rounds = String(Number(root.dataset.rounds || 0) + 1);
      said.textContent = found.said;
      tellProblems(found.problems);
      tellPages(found.pages);
      if (found.html && found.html !== state.html) { draw(found.html); }
      fillCodes();
      enhance();
      tellKept();
    }
    function tellKept() {
      /* What blocks cannot show stands in words where it is chosen. */
      root.querySelectorAll(".proc-in-words").forEach(function (each) { each.remove(); });
      state.outline.forEach(function (each) {
        var element = each.words ? child(each.id) : null;
        var own = element ? element.querySelector('input[type=hidden][name$="-id"]') : null;
        var select = own ? root.elements.namedItem(own.name.replace(/-id$/, "-value-when-how")) : null;
        if (!select) { return; }
        var words = document.createElement("p");
        words.className = "proc-in-words";
        words.textContent = each.words;
        select.after(words);
      });
    }
    function draw(html) {
      var place = frame.contentWindow ? frame.contentWindow.scrollY : 0;
      state.html = html;
      frame.onload = function () {
        frame.contentWindow.scrollTo(0, place);
        frame.contentDocument.addEventListener("submit", function (event) {
          event.preventDefault();
          refresh("go", event.submitter);
        });
        frame.contentDocument.addEventListener("click", function (event) {
          var link = event.target.closest ? event.target.closest("a") : null;
          if (link && (link.getAttribute("href") || "").charAt(0) !== "#") { event.preventDefault(); }
        });
      };
      frame.srcdoc = html;
    }
    function tellProblems(found) {
      var list = document.createElement("ul");
      problems.querySelector("[data-proc-list]").replaceChildren(list);
      found.forEach(function (each) {
        var item = document.createElement("li");
        var text = (each.label ? "«" + each.label + "»՝ " : "") + each.message;
        if (each.block && child(each.block)) {
          var button = document.createElement("button");
          button.type = "button";
          button.textContent = text;
          button.addEventListener("click", function () { open(child(each.block)); });
          item.append(button);
        } else { item.textContent = text; }
        list.append(item);
      });
      problems.hidden = !found.length;
    }
    function tellPages(found) {
      var select = pages.querySelector("select");
      fill(select, found.map(function (each, number) { return [each.code, (number + 1) + ". " + each.title]; }), state.page);
      pages.hidden = found.length < 2;
    }
    function child(id) {
      return Array.prototype.find.call(root.querySelectorAll("[data-streamfield-child]"), function (each) {
        return each.dataset.contentpath === id && each.getAttribute("aria-hidden") !== "true";
      });
    }
    function open(element) {
      for (var part = element; part && part !== root; part = part.parentElement) {
        var panel = part.matches("section.w-panel") ? part : part === element ? part.querySelector("section.w-panel") : null;
        if (panel && panel.classList.contains("collapsed")) { panel.querySelector("[data-panel-toggle]").click(); }
      }
      element.scrollIntoView({ block: "start" });
      var first = element.querySelector("input:not([type=hidden]), textarea, select");
      if (first) { first.focus({ preventScroll: true }); }
    }

    /* Codes that the server has made of the words, as soon as the clerk is elsewhere: from then on they stay. */
    function fillCodes() {
      state.outline.forEach(function (each) {
        fillCode(each.id, each.code);
        (each.options || []).forEach(function (option) { fillCode(option.id, option.value); });
        (each.columns || []).forEach(function (column) {
          fillCode(column.id, column.code);
          (column.options || []).forEach(function (option) { fillCode(option.id, option.value); });
        });
      });
    }
    function fillCode(id, code) {
      var element = child(id);
      if (!element || element.contains(document.activeElement)) { return; }
      var own = element.querySelector('input[type=hidden][name$="-id"]');
      var control = own ? root.elements.namedItem(own.name.replace(/-id$/, "-value-code")) : null;
      if (control && control.value === "" && words(element, own.name)) { control.value = code; }
    }
    function words(element, name) {
      var prefix = name.replace(/-id$/, "-value-");
      return ["label_hy", "legend_hy", "title_hy", "text_hy"].some(function (each) {
        var control = root.elements.namedItem(prefix + each);
        return control && control.value.trim() !== "";
      });
    }

    /* Lists of conditions and formulas. */
    function enhance() {
      nameAll();
      root.querySelectorAll('input[data-builder="question"]').forEach(function (input) { condition(input); });
      root.querySelectorAll('input[data-builder="number"]').forEach(function (input) { number(input); });
    }
    function nameAll() { root.querySelectorAll("section.w-panel").forEach(name); }
    function name(section) {
      /* Each block is a section with the name of its kind, and dozens of landmarks of one name are none. A group it is,
         and its name says where it stands: «2.1 text Street». */
      var heading = section.querySelector(":scope > .w-panel__header .w-panel__heading");
      var said = heading ? heading.textContent.replace("*", "").replace(/\s+/g, " ").trim() : "";
      var steps = [];
      for (var part = section.closest(CHILD); part; part = part.parentElement.closest(CHILD)) {
        var beside = Array.prototype.filter.call(part.parentElement.children, function (each) {
          return each.matches(CHILD) && each.getAttribute("aria-hidden") !== "true";
        });
        steps.unshift(beside.indexOf(part) + 1);
      }
      section.setAttribute("role", "group");
      section.removeAttribute("aria-labelledby");
      section.setAttribute("aria-label", [steps.join("."), said].filter(Boolean).join(" "));
    }
    function owner(element) {
      /* Where the element stands: the number of its question or part in the outline, and its column if it is in a row. */
      var column = "";
      for (var part = element.closest("[data-streamfield-child]"); part; part = part.parentElement.closest("[data-streamfield-child]")) {
        var id = part.dataset.contentpath;
        var place = state.outline.findIndex(function (each) { return each.id === id; });
        if (place >= 0) { return { place: state.outline[place].kind === "rule" ? state.outline.length : place, column: column, entry: state.outline[place] }; }
        if (state.outline.some(function (each) { return (each.columns || []).some(function (one) { return one.id === id; }); })) { column = id; }
      }
      return { place: state.outline.length, column: "", entry: null };
    }
    function condition(input) {
      var here = owner(input);
      var options = state.outline.slice(0, here.place).filter(function (each) { return READABLE.indexOf(each.kind) >= 0; })
        .map(function (each) { return [each.id, each.label]; });
      if (!here.entry || here.entry.kind !== "rule") {
        options = options.concat(state.outline.filter(function (each) { return each.kind === "rule"; })
          .map(function (each) { return [each.id, root.dataset.rule + "՝ " + each.label]; }));
      }
      choose(input, options);
      var prefix = input.name.replace(/-question$/, "-");
      var test = root.elements.namedItem(prefix + "test");
      var values = root.elements.namedItem(prefix + "values");
      var asked = state.outline.find(function (each) { return each.id === input.value; });
      fit(test, asked);
      answers(values, test, asked);
    }
    function fit(test, asked) {
      var kind = asked ? (COUNTABLE.indexOf(asked.kind) >= 0 ? "number" : FITTING[asked.kind] ? asked.kind : "other") : "";
      var allowed = kind ? FITTING[kind] : null;
      Array.prototype.forEach.call(test.options, function (option) {
        option.hidden = option.disabled = allowed !== null && allowed.indexOf(option.value) < 0;
      });
      if (allowed && allowed.indexOf(test.value) < 0) { test.value = allowed[0]; }
    }
    function listed(input) {
      try { var found = JSON.parse(input.value || "[]"); return Array.isArray(found) ? found : [found]; } catch (error) { return [input.value]; }
    }
    function answers(input, test, asked) {
      var mark = JSON.stringify([asked && asked.kind, asked && asked.options, test.value]);
      if (input.dataset.mark === mark) { return; }
      input.dataset.mark = mark;
      var row = input.closest("[data-contentpath]");
      var id = input.id || input.dataset.id;
      input.dataset.id = id;
      input.removeAttribute("id");
      input.type = "hidden";
      row.querySelectorAll("[data-proc-made]").forEach(function (each) { each.remove(); });
      row.hidden = !asked || WITHOUT_VALUE.indexOf(test.value) >= 0;
      if (row.hidden) { return; }
      var given = listed(input);
      function keep(found) { input.value = JSON.stringify(found); input.dispatchEvent(new Event("input", { bubbles: true })); }
      var options = asked.kind === "yes_no" ? [["yes", root.dataset.yes], ["no", root.dataset.no]]
        : (asked.options || []).map(function (each) { return [each.value, each.label]; });
      given = given.map(function (each) { return each === true ? "yes" : each === false ? "no" : String(each); });
      var made;
      if (options.length && (test.value === "in" || test.value === "not_in")) {
        made = document.createElement("div");
        made.setAttribute("role", "group");
        made.setAttribute("aria-label", root.dataset.values);
        options.forEach(function (option) {
          var label = document.createElement("label"), box = document.createElement("input");
          label.className = "proc-choice";
          box.type = "checkbox";
          box.checked = given.indexOf(option[0]) >= 0;
          box.value = option[0];
          box.addEventListener("change", function () {
            keep(Array.prototype.filter.call(made.querySelectorAll("input"), function (each) { return each.checked; }).map(function (each) { return each.value; }));
          });
          label.append(box, option[1]);
          made.append(label);
        });
      } else if (options.length) {
        made = document.createElement("select");
        fill(made, [["", root.dataset.choose]].concat(options), given[0] || "");
        made.addEventListener("change", function () { keep(made.value ? [made.value] : []); });
      } else {
        made = document.createElement("input");
        made.value = given[0] || "";
        if (COUNTABLE.indexOf(asked.kind) >= 0) { made.inputMode = "decimal"; }
        made.addEventListener("input", function () { keep(made.value.trim() ? [made.value.trim()] : []); });
      }
      made.dataset.procMade = "";
      made.id = id;
      input.after(made);
    }
    function number(input) {
      var here = owner(input), options = [];
      if (here.column) {
        var columns = here.entry.columns;
        columns.slice(0, columns.findIndex(function (each) { return each.id === here.column; })).forEach(function (each) {
          if (COUNTABLE.indexOf(each.kind) >= 0) { options.push([each.id, each.label]); }
        });
      } else {
        state.outline.slice(0, here.place).forEach(function (each) {
          if (COUNTABLE.indexOf(each.kind) >= 0) { options.push([each.id, each.label]); }
          if (each.kind !== "group" && each.kind !== "table") { return; }
          options.push(["count:" + each.id, each.label + "՝ " + root.dataset.count]);
          each.columns.forEach(function (one) {
            if (COUNTABLE.indexOf(one.kind) >= 0) { options.push(["total:" + each.id + ":" + one.id, each.label + "՝ " + one.label + ", " + root.dataset.total]); }
          });
        });
      }
      choose(input, options);
    }
    function choose(input, options) {
      var select = input.procSelect;
      if (!select) {
        select = input.procSelect = document.createElement("select");
        select.dataset.procMade = "";
        select.id = input.id;
        input.removeAttribute("id");
        input.type = "hidden";
        input.after(select);
        select.addEventListener("change", function () {
          input.value = select.value;
          input.dispatchEvent(new Event("input", { bubbles: true }));
          enhance();
        });
      }
      var shown = [["", root.dataset.choose]].concat(options);
      if (input.value && !options.some(function (each) { return each[0] === input.value; })) { shown.push([input.value, root.dataset.gone]); }
      fill(select, shown, input.value);
    }
    function fill(select, options, chosen) {
      var mark = JSON.stringify(options);
      if (select.dataset.mark !== mark) {
        select.dataset.mark = mark;
        select.textContent = "";
        options.forEach(function (each) { select.append(new Option(each[1], each[0])); });
      }
      if (select.value !== chosen) { select.value = chosen; }
    }

    root.addEventListener("input", later);
    root.addEventListener("change", function (event) {
      if (event.target.name && /-test$/.test(event.target.name)) { enhance(); }
      later();
    });
    root.addEventListener("focusout", later);
    new MutationObserver(function (changes) {
      if (changes.some(function (each) {
        return each.type === "attributes" ? each.target.matches("[data-streamfield-child]")
          : Array.prototype.some.call(each.addedNodes, function (node) { return node.nodeType === 1 && node.matches("[data-streamfield-child]"); });
      })) { enhance(); later(); }
    }).observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-hidden"] });
    language.addEventListener("change", function () { refresh(); });
    pages.querySelector("select").addEventListener("change", function (event) {
      state.next = event.target.value;
      refresh();
    });
    nameAll();
    refresh();
  }
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-proc-builder]").forEach(start);
  });
})();
