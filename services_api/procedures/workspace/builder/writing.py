"""From the blocks of the builder to a form, with everything that is wrong at the block it belongs to.

Works with blocks as they are typed, also half finished: the preview draws what can be drawn already.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from services_api.procedures.forms import conditions, people, schema
from services_api.procedures.forms.kinds import CODE, FILE_TYPES, KINDS, MAX_COLUMNS, ROW_KINDS
from services_api.procedures.texts import LANGUAGES
from services_api.procedures.workspace.builder import blocks, logic
from services_api.procedures.workspace.builder.codes import propose
from services_api.procedures.workspace.builder.controls import AUTOCOMPLETE, CONTROLS, MESSAGES, TEXTS, texts_of
from services_api.procedures.workspace.builder.logic import Known
from services_api.procedures.workspace.builder.places import Place, Problem
from services_api.procedures.workspace.builder.reading import PAGE_EACH

SCHEMA = "https://json-schema.org/draft/2020-12/schema"
FORMATS = {"email": "email", "phone": "phone", "date": "date", "time": "time"}
# The question that a line of `schema.check` speaks of.
OF_QUESTION = re.compile(r"^form\.properties\.(\w+)")


@dataclass
class Written:
    """What the blocks say. `form` can be used when there are no problems; `outline` is for the page's script."""

    form: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    outline: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class _Named:
    """A question's block with its place and code."""

    place: Place
    child: Any
    code: str


def write(
    parts: Any,
    rules: Any,
    *,
    heads: Mapping[str, Mapping[str, str]],
    paging: str,
    kept: Mapping[str, Any],
    fixed: frozenset[str] = frozenset(),
) -> Written:
    """The form of a stream of parts and one of rules.

    `heads` are the texts of the form itself by key (x-title ...), `kept` is the form as it was before, `fixed` are
    codes that published versions use: their questions keep them.
    """
    return _Writer(parts, rules, kept, fixed).write(heads, paging)


def words_of(value: Mapping[str, Any], name: str) -> dict[str, str]:
    """The languages of a text in which something is written."""
    found = {each: str(value.get(f"{name}_{each}") or "").replace("\r\n", "\n").strip() for each in LANGUAGES}
    return {each: text for each, text in found.items() if text}


class _Writer:
    def __init__(self, parts: Any, rules: Any, kept: Mapping[str, Any], fixed: frozenset[str]) -> None:
        self.parts, self.rules, self.kept, self.fixed = parts, rules, kept, fixed
        self.problems: list[Problem] = []
        self.outline: list[dict[str, Any]] = []
        self.properties: dict[str, Any] = {}
        self.required: list[str] = []
        self.named: dict[str, _Named] = {}
        self.everything: dict[str, Known] = {}
        self.before: dict[str, Known] = {}

    # --- the whole

    def write(self, heads: Mapping[str, Mapping[str, str]], paging: str) -> Written:
        self._name_questions()
        self._know_questions()
        rules = self._write_rules()
        groups, pages = self._write_parts()
        form: dict[str, Any] = {
            "$schema": SCHEMA, "type": "object", "additionalProperties": False,
            **{key: dict(text) for key, text in heads.items() if text},
            "x-groups": groups, "properties": self.properties, "required": self._in_kept_order(),
        }  # fmt: skip
        if "$schema" not in self.kept and self.kept:
            del form["$schema"]
        for key, empty in (("x-groups", groups), ("required", self.required)):
            if not empty and key not in self.kept:
                del form[key]
        if pages:
            form["x-pages"] = pages
        elif paging == PAGE_EACH:
            form["x-pages"] = PAGE_EACH
        if rules:
            form["x-rules"] = rules
        form |= self._people_beside()
        if not self.properties:
            self._refuse((), _("A form asks at least one question."))
        if not self.problems:
            self._check(form)
        return Written(form, self.problems, self.outline)

    def _people_beside(self) -> dict[str, Any]:
        """Which questions say for whom and with whom somebody applies, as long as these questions are there."""
        found: dict[str, Any] = {}
        for key in people.KEYS:
            problems: list[str] = []
            if key in self.kept:
                people.check({key: self.kept[key], "properties": self.properties}, problems)
                if not problems:
                    found[key] = copy.deepcopy(self.kept[key])
        return found

    def _refuse(self, place: Place, message: str, block: str = "") -> None:
        self.problems.append(Problem(place, message, block))

    def _words(
        self, place: Place, value: Mapping[str, Any], name: str, block: str, *, needed: bool = False
    ) -> dict[str, str]:
        """A text; whatever is written in another language stands in Armenian, too."""
        text = words_of(value, name)
        if "hy" not in text and (needed or text):
            told = _("Write it in Armenian, too.") if text else _("This field is required.")
            self._refuse((*place, f"{name}_hy"), told, block)
        return text

    def _refusing(self, block: str) -> logic.Refuse:
        return lambda place, message: self._refuse(place, message, block)

    def _in_kept_order(self) -> list[str]:
        kept = [code for code in self.kept.get("required", ()) if code in self.required]
        return kept + [code for code in self.required if code not in kept]

    def _check(self, form: Mapping[str, Any]) -> None:
        """What only the check of the whole finds: it is the one that decides."""
        places = {each.code: (each.place, str(each.child.id)) for each in self.named.values()}
        for line in schema.check(form):
            found = OF_QUESTION.match(line)
            place, block = places.get(found[1], ((), "")) if found else ((), "")
            self._refuse(place, _("It cannot be used so: %(line)s") % {"line": line}, block)

    # --- codes

    def _questions(self) -> list[tuple[Place, Any]]:
        """Every question with its place, in the order in which the form asks: those without a heading first."""
        found: list[tuple[Place, Any]] = []
        for wanted in (blocks.ALONE, blocks.SECTION, "consent"):
            for number, part in enumerate(self.parts):
                if part.block_type != wanted:
                    continue
                if wanted == "consent":
                    found.append(((number,), part))
                else:
                    inner = part.value["questions"]
                    found += [((number, "questions", place), each) for place, each in enumerate(inner)]
        return found

    def _name_questions(self) -> None:
        questions = self._questions()
        taken = {str(each.value.get("code") or "").strip() for _place, each in questions}
        seen: set[str] = set()
        for place, child in questions:
            code = self._code(child, place, taken, seen)
            before = str(child.id or "").removeprefix("q-")
            if before in self.fixed and code != before:
                self._refuse(
                    (*place, "code"),
                    _("An earlier version uses the code «%(code)s»; it stays.") % {"code": before},
                    str(child.id),
                )
            self.named[str(child.id)] = _Named(place, child, code)

    def _code(self, child: Any, place: Place, taken: set[str], seen: set[str]) -> str:
        """The code that is typed, or one made of the words."""
        typed = str(child.value.get("code") or "").strip()
        if not typed:
            said = child.value.get("label_hy") or child.value.get("text_hy") or ""
            typed = propose(said, taken, child.block_type)
            taken.add(typed)
        elif not CODE.match(typed):
            self._refuse((*place, "code"), _("A code is Latin small letters, digits and _."), str(child.id))
        elif typed in seen:
            self._refuse((*place, "code"), _("Another question has this code."), str(child.id))
        seen.add(typed)
        return typed

    def _know_questions(self) -> None:
        for block_id, named in self.named.items():
            value, kind = named.child.value, named.child.block_type
            options = tuple(_option_codes(value)) if kind in ("choice", "choices") else ()
            self.everything[block_id] = Known(named.code, kind, options, self._columns(named))

    def _columns(self, named: _Named) -> dict[str, Known]:
        if named.child.block_type not in ROW_KINDS:
            return {}
        inner = named.child.value["items"]
        taken = {str(each.value.get("code") or "").strip() for each in inner}
        seen: set[str] = set()
        found = {}
        for number, each in enumerate(inner):
            code = self._code(each, (*named.place, "items", number), taken, seen)
            options = tuple(_option_codes(each.value)) if each.block_type == "choice" else ()
            found[str(each.id)] = Known(code, each.block_type, options)
        return found

    # --- rules, parts, pages

    def _write_rules(self) -> dict[str, Any]:
        rules: dict[str, Any] = {}
        taken = {str(each.value.get("code") or "") for each in self.rules}
        for number, each in enumerate(self.rules):
            value, place = each.value, ("rules", number)
            code = str(value.get("code") or "").strip() or propose(value.get("label_hy") or "", taken, "rule")
            if not CODE.match(code) or code in rules:
                self._refuse((*place, "code"), _("A code is Latin small letters, digits and _, and stands once."))
                continue
            taken.add(code)
            refuse = self._refusing("")
            when = logic.write_condition(value["when"], (*place, "when"), self.everything, self.everything, refuse)
            if when is None:
                if not value["when"]["tests"]:
                    self._refuse((*place, "when", "tests"), _("Say when the rule holds."))
                continue
            rules[code] = {"label": self._words(place, value, "label", "", needed=True), "when": when}
            reads = frozenset(conditions.fields_of(when)) if not conditions.rules_of(when) else frozenset()
            self.everything[str(each.id)] = Known(code, "rule", reads=reads)
            self.outline.append(
                {"id": str(each.id), "kind": "rule", "code": code, "label": value.get("label_hy") or code}
            )
        return rules

    def _write_parts(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        groups: list[dict[str, Any]] = []
        pages: list[dict[str, Any]] = []
        codes = {str(each.value.get("code") or "") for each in self.parts}
        marked = any(each.block_type == blocks.PAGE for each in self.parts)
        for number, part in enumerate(self.parts):
            if part.block_type == blocks.ALONE:
                for place, each in enumerate(part.value["questions"]):
                    self._write_question((number, "questions", place), each, alone=True)
        for number, part in enumerate(self.parts):
            if part.block_type == blocks.PAGE:
                pages.append(self._page(number, part, codes))
            elif part.block_type == blocks.SECTION:
                if marked and not pages:
                    self._refuse((number,), _("It stands before the first page; move the page above it."), str(part.id))
                groups.append(self._section(number, part, codes))
                if pages:
                    pages[-1]["groups"].append(groups[-1].get("code"))
        for number, part in enumerate(self.parts):
            if part.block_type == blocks.PAGE:
                page = pages.pop(0)
                pages.append(page)
                if not page["groups"]:
                    self._refuse((number,), _("Nothing stands on this page. Put a part of the form below it."))
            elif part.block_type == "consent":
                self._write_question((number,), part, alone=True)
        return groups, pages

    def _page(self, number: int, part: Any, codes: set[str]) -> dict[str, Any]:
        code = str(part.value.get("code") or "").strip() or propose(part.value.get("title_hy") or "", codes, "page")
        codes.add(code)
        page: dict[str, Any] = {
            "code": code,
            "title": self._words((number,), part.value, "title", str(part.id), needed=True),
            "groups": [],
        }
        self.outline.append({"id": str(part.id), "kind": "page", "code": code})
        when = self._when(part, (number,))
        if when is not None:
            page["x-show-if"] = when
        return page

    def _section(self, number: int, part: Any, codes: set[str]) -> dict[str, Any]:
        value = part.value
        code = str(value.get("code") or "").strip()
        if not code:
            code = propose(value.get("legend_hy") or "", codes | set(schema.RESERVED_PAGES), "part")
            codes.add(code)
        self.outline.append({"id": str(part.id), "kind": "section", "code": code})
        group: dict[str, Any] = {
            "code": code,
            "legend": self._words((number,), value, "legend", str(part.id), needed=True),
        }
        when = self._when(part, (number,))
        if when is not None:
            group["x-show-if"] = when
        group["fields"] = [
            self._write_question((number, "questions", place), each) for place, each in enumerate(value["questions"])
        ]
        if not group["fields"]:
            self._refuse((number,), _("Nothing is asked in this part. Add a question or remove it."), str(part.id))
        return {**_rest(value), **group}

    def _when(self, part: Any, place: Place) -> Any:
        when = part.value["when"]
        if when["how"] == "kept" and when["kept"]:
            self.outline[-1]["kept"] = _loaded(when["kept"])
        return logic.write_condition(
            when, (*place, "when"), self._readable(), self.everything, self._refusing(str(part.id))
        )

    def _readable(self) -> dict[str, Known]:
        """What may be read here: the questions before, and the rules that read nothing else."""
        codes = {each.code for each in self.before.values()}
        rules = {key: each for key, each in self.everything.items() if each.kind == "rule" and each.reads <= codes}
        return {**self.before, **rules}

    # --- questions

    def _write_question(self, place: Place, child: Any, *, alone: bool = False) -> str:
        named, known = self.named[str(child.id)], self.everything[str(child.id)]
        shown = {
            "id": str(child.id), "kind": known.kind, "code": known.code,
            "label": child.value.get("label_hy") or child.value.get("text_hy") or known.code,
            "options": _outlined(child.value) if known.options else [],
            "columns": [],
        }  # fmt: skip
        self.outline.append(shown)
        rules = self._rules_of(place, child, str(child.id), self.before)
        when = self._when(child, place)
        if when is not None:
            rules["x-show-if"] = when
        if alone and {"x-show-if", "x-formula"} & set(rules):
            self._refuse(place, _("Only a question of a part of the form may depend on others."), str(child.id))
        if known.kind in ROW_KINDS:
            rules |= self._rows(place, child, known, shown)
        if self._is_required(child):
            self.required.append(named.code)
        self.properties[named.code] = rules
        self.before[str(child.id)] = known
        return named.code

    @staticmethod
    def _is_required(child: Any) -> bool:
        return bool(child.value.get("required")) and child.block_type not in ("info", "computed")

    def _rows(self, place: Place, child: Any, known: Known, shown: dict[str, Any]) -> dict[str, Any]:
        columns: dict[str, Any] = {}
        required = []
        before: dict[str, Known] = {}
        for number, each in enumerate(child.value["items"]):
            here, block = (*place, "items", number), str(each.id)
            column = known.columns[block]
            columns[column.code] = self._rules_of(here, each, block, before)
            if each.value["when"]["tests"]:
                self._refuse(here, _("A question of a row has no condition of its own."), block)
            if self._is_required(each):
                required.append(column.code)
            before[block] = column
            shown["columns"].append(
                {
                    "id": block, "kind": column.kind, "code": column.code,
                    "label": each.value.get("label_hy") or column.code, "options": _outlined(each.value),
                }
            )  # fmt: skip
        if not 1 <= len(columns) <= MAX_COLUMNS:
            self._refuse((*place, "items"), _("Add the questions of one row."), str(child.id))
        items = {"type": "object", "additionalProperties": False, "properties": columns, "required": required}
        return {"items": items, "x-columns": list(columns)}

    def _rules_of(self, place: Place, child: Any, block: str, before: Mapping[str, Known]) -> dict[str, Any]:
        """The definition of one question, without its condition and the questions of its rows."""
        kind, value = child.block_type, child.value
        rules: dict[str, Any] = {"type": KINDS[kind][0][0], "x-kind": kind}
        if kind in FORMATS:
            rules["format"] = FORMATS[kind]
        for name in texts_of(kind):
            needed = name == "text" or (name == "label" and kind != "info") or (name == "item" and kind == "group")
            text = self._words(place, value, name, block, needed=needed)
            if text:
                rules[TEXTS[name][0]] = text
        told = {name: text for name in MESSAGES if (text := self._words(place, value, f"message_{name}", block))}
        if told:
            rules["x-messages"] = told
        for control in (*CONTROLS.get(kind, ()), AUTOCOMPLETE):
            try:
                written = control.write(value.get(control.name))
            except ValidationError as error:
                self._refuse((*place, control.name), error.messages[0], block)
                continue
            if written is not None:
                rules[control.key] = written
        if kind in ("choice", "choices"):
            rules |= self._choices(place, value, kind, block)
        if kind in ("file", "files"):
            rules["x-accept"] = [each for each in FILE_TYPES if value.get(f"accept_{each}")]
            if not rules["x-accept"]:
                self._refuse((*place, "accept_pdf"), _("Choose at least one kind of file."), block)
        if kind == "computed":
            formula = logic.write_formula(value["formula"], (*place, "formula"), before, self._refusing(block))
            if formula is not None:
                rules["x-formula"] = formula
        self._compare(place, rules, block)
        return rules

    def _compare(self, place: Place, rules: Mapping[str, Any], block: str) -> None:
        pairs = (
            ("minLength", "maxLength", "shortest"),
            ("minimum", "maximum", "lowest"),
            ("minItems", "maxItems", "least"),
        )
        for low, high, name in pairs:
            if low in rules and high in rules and rules[low] > rules[high]:
                self._refuse((*place, name), _("The least is greater than the most."), block)
        if "pattern" in rules and "invalid" not in rules.get("x-messages", {}):
            told = _("Say in own words what is wrong when the answer does not fit the pattern.")
            self._refuse((*place, "message_invalid_hy"), told, block)

    def _choices(self, place: Place, value: Mapping[str, Any], kind: str, block: str) -> dict[str, Any]:
        codes = _option_codes(value)
        shown = []
        for number, (code, each) in enumerate(zip(codes, value["options"], strict=True)):
            here = (*place, "options", number)
            if code in codes[:number]:
                self._refuse((*here, "code"), _("Another answer has this code."), block)
            label, hint = self._words(here, each, "label", block, needed=True), self._words(here, each, "hint", block)
            shown.append({"value": code, "label": label, **({"hint": hint} if hint else {}), **_rest(each)})
        if not codes:
            self._refuse((*place, "options"), _("Add the answers to choose from."), block)
        if kind == "choices":
            return {"items": {"type": "string", "enum": codes}, "x-choices": shown}
        return {"enum": codes, "x-choices": shown}


def _rest(value: Mapping[str, Any]) -> dict[str, Any]:
    """What the block has carried through without showing it."""
    try:
        kept = json.loads(value.get("kept") or "{}")
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _option_codes(value: Mapping[str, Any]) -> list[str]:
    taken = {str(each.get("code") or "").strip() for each in value["options"]}
    codes = []
    for each in value["options"]:
        code = str(each.get("code") or "").strip()
        if not code:
            code = propose(each.get("label_hy") or "", taken, "answer")
            taken.add(code)
        codes.append(code)
    return codes


def _outlined(value: Mapping[str, Any]) -> list[dict[str, str]]:
    if "options" not in value:
        return []
    several = zip(value["options"].bound_blocks, _option_codes(value), strict=True)
    return [{"id": str(each.id), "value": code, "label": each.value.get("label_hy") or code} for each, code in several]
