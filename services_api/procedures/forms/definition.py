"""A form definition read for one language: fields, groups and choices as objects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import prefetch_related_objects

from services_api.procedures.forms import compounds, conditions, people, schema
from services_api.procedures.forms.kinds import ROW_KINDS
from services_api.procedures.texts import DefinitionError, language_code, pick
from tenants.context import current_community

FILE_KINDS = ("file", "files")
PLACE_KINDS = ("settlement", "address")
TEXT_KINDS = ("text", "long_text", "email", "phone")
# Asked on the page where everything is read through once more, not among the questions.
REVIEW_KINDS = ("consent",)
SETTLEMENT_MAX_LENGTH = 100
LARGEST_MONEY = 10**12


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Field:
    """One question. `rules` is its JSON Schema with the `x-` keys.

    `items` are the questions of one row of a repeating group or table, `prefix` says in which row a question stands
    ("children-0-"). `show_if` is a resolved condition, None: always shown.
    """

    code: str
    kind: str
    label: str
    hint: str
    required: bool
    rules: Mapping[str, Any]
    choices: tuple[Choice, ...] = ()
    autocomplete: str = ""
    messages: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    items: tuple[Field, ...] = ()
    item_label: str = ""
    add_label: str = ""
    prefix: str = ""
    show_if: Mapping[str, Any] | None = None

    @property
    def is_compound(self) -> bool:
        return self.kind in compounds.COMPOUND_KINDS

    @property
    def is_rows(self) -> bool:
        return self.kind in ROW_KINDS

    @property
    def is_computed(self) -> bool:
        return self.kind == "computed"

    @property
    def parts(self) -> tuple[compounds.Part, ...]:
        """The controls of a question that is answered in parts."""
        return compounds.PARTS[self.kind]

    @property
    def path(self) -> str:
        """Where its answer stands: `children.0.surname`, or its code."""
        return self.prefix.replace("-", ".") + self.code

    @property
    def min_rows(self) -> int:
        return max(int(self.rules.get("minItems", 0)), 1 if self.required else 0)

    @property
    def max_rows(self) -> int:
        return int(self.rules.get("maxItems", 1))

    def row(self, index: int) -> tuple[Field, ...]:
        """The questions of one row."""
        return tuple(replace(each, prefix=f"{self.code}-{index}-") for each in self.items)

    @property
    def is_file(self) -> bool:
        return self.kind in FILE_KINDS

    @property
    def has_answer(self) -> bool:
        return self.kind != "info"

    @property
    def step(self) -> str:
        """ "form" or "review": the page on which it is asked."""
        return "review" if self.kind in REVIEW_KINDS else "form"

    @property
    def max_files(self) -> int:
        return int(self.rules.get("maxItems", 1))

    @property
    def min_files(self) -> int:
        return max(int(self.rules.get("minItems", 0)), 1 if self.required else 0)

    @property
    def max_bytes(self) -> int:
        return int(self.rules.get("x-max-bytes", 0))

    @property
    def accepts(self) -> tuple[str, ...]:
        return tuple(self.rules.get("x-accept", ()))

    def html_id(self, part: str = "") -> str:
        """The id of its control on the page; `part` of a person, an address or a date."""
        return "-".join(["f", (self.prefix + self.code).replace("_", "-"), *([part] if part else [])])

    def html_name(self, part: str = "") -> str:
        return f"{self.prefix}{self.code}-{part}" if part else f"{self.prefix}{self.code}"

    def choice_label(self, value: str) -> str:
        return next((each.label for each in self.choices if each.value == value), value)


@dataclass(frozen=True)
class Group:
    code: str
    legend: str
    fields: tuple[Field, ...]
    show_if: Mapping[str, Any] | None = None

    def __iter__(self) -> Iterator[Field]:
        yield from self.fields


@dataclass(frozen=True)
class Page:
    """One page of a form that is asked in several."""

    code: str
    title: str
    groups: tuple[Group, ...]
    show_if: Mapping[str, Any] | None = None

    def __iter__(self) -> Iterator[Field]:
        for group in self.groups:
            yield from group.fields


@dataclass(frozen=True)
class FormDefinition:
    """A form in one language. `fields` stand alone and come first, `groups` follow; `pages` is empty for one page."""

    language: str
    title: str
    intro: str
    note: str
    fields: tuple[Field, ...]
    groups: tuple[Group, ...]
    pages: tuple[Page, ...] = ()
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    # Which questions say for whom and with whom somebody applies, by their keys in the form.
    beside: Mapping[str, Any] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Field]:
        yield from self.fields
        for group in self.groups:
            yield from group.fields

    def field(self, code: str) -> Field | None:
        return next((each for each in self if each.code == code), None)

    def page(self, code: str) -> Page | None:
        """A page by its code, None when the form has no such page."""
        return next((each for each in self.pages if each.code == code), None)

    @property
    def has_files(self) -> bool:
        return any(each.is_file for each in self)

    def asked(self, step: str | None) -> list[Field]:
        """The questions of a step: "form", "review", the code of a page, or None for all."""
        page = self.page(step) if step else None
        if page is not None:
            return [each for each in page if each.step == "form"]
        return [each for each in self if step in (None, each.step)]

    def visible(self, answers: Mapping[str, Any]) -> frozenset[str]:
        """Codes of the questions that are asked of somebody with these answers.

        In one pass, in the order of the page: an answer to a question that is hidden counts as not given.
        """
        known = dict(answers)
        shown: set[str] = set()

        def meet(each: Field, here: bool) -> None:
            if here and (each.show_if is None or conditions.holds(each.show_if, known)):
                shown.add(each.code)
            else:
                known.pop(each.code, None)

        for each in self.fields:
            meet(each, True)
        pages = self.pages or (Page("", "", self.groups),)
        for page in pages:
            open_page = page.show_if is None or conditions.holds(page.show_if, known)
            for group in page.groups:
                here = open_page and (group.show_if is None or conditions.holds(group.show_if, known))
                for each in group.fields:
                    meet(each, here)
        return frozenset(shown)

    def pages_for(self, answers: Mapping[str, Any]) -> list[Page]:
        """The pages that somebody with these answers goes through: those with at least one question to show."""
        visible = self.visible(answers)
        return [page for page in self.pages if any(each.code in visible and each.step == "form" for each in page)]

    def page_of(self, code: str) -> str:
        """The code of the page on which a question is asked, "" when the form has one page."""
        return next((page.code for page in self.pages if any(each.code == code for each in page)), "")

    def validation_schema(self, step: str | None = None, visible: frozenset[str] | None = None) -> dict[str, Any]:
        """Plain JSON Schema 2020-12 of the answers, without files; `step` for a part of them, `visible` leaves out
        what is not asked. Without `visible`, what is asked under a condition is not required."""
        asked = [
            each
            for each in self.asked(step)
            if each.has_answer and not each.is_file and (visible is None or each.code in visible)
        ]
        conditional = self._conditional() if visible is None else frozenset()
        return {
            "type": "object",
            "properties": {each.code: answer_schema(each) for each in asked},
            "required": [each.code for each in asked if each.required and each.code not in conditional],
            "additionalProperties": False,
        }

    def _conditional(self) -> frozenset[str]:
        found = {each.code for each in self if each.show_if is not None}
        parts: tuple[Group | Page, ...] = (*self.groups, *self.pages)
        found |= {each.code for part in parts if part.show_if is not None for each in part}
        return frozenset(found)

    def api_schema(self) -> dict[str, Any]:
        """JSON Schema 2020-12 of the answers for clients, with titles and descriptions in the language."""
        described = self.validation_schema()
        for each in self:
            if each.code in described["properties"]:
                described["properties"][each.code] |= {"title": each.label, "description": each.hint}
                if each.is_computed:
                    described["properties"][each.code]["readOnly"] = True
        conditional = {
            each.code: {"required": each.required, "show_if": self._show_if(each)}
            for each in self
            if each.code in self._conditional()
        }
        files = [
            {
                "field": each.code,
                "title": each.label,
                "required": each.required,
                "max_files": each.max_files,
                "max_bytes": each.max_bytes,
                "accept": list(each.accepts),
            }
            for each in self
            if each.is_file
        ]
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": self.title,
            **described,
            "x-files": files,
            "x-conditional": conditional,
            **self.beside,
        }

    def _show_if(self, asked: Field) -> Mapping[str, Any]:
        """All conditions that a question stands under, as one."""
        parts: tuple[Group | Page, ...] = (*self.pages, *self.groups)
        above = [part.show_if for part in parts if asked in tuple(part)]
        found = [each for each in (*above, asked.show_if) if each is not None]
        return found[0] if len(found) == 1 else {"all": found}


def answer_schema(asked: Field) -> dict[str, Any]:
    """The JSON Schema of one answer, free of `x-` keys."""
    plain = {key: value for key, value in asked.rules.items() if not key.startswith("x-")}
    if asked.is_compound:
        return compounds.answer_schema(asked.kind, tuple(each.value for each in asked.choices))
    if asked.is_rows:
        return {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {each.code: answer_schema(each) for each in asked.items},
                "required": [each.code for each in asked.items if each.required],
                "additionalProperties": False,
            },
            "minItems": asked.min_rows,
            "maxItems": asked.max_rows,
        }
    if asked.kind == "money":
        return {"minimum": 0, "maximum": LARGEST_MONEY, **plain}
    if asked.kind == "settlement":
        if asked.choices:
            return {"type": "string", "enum": [each.value for each in asked.choices]}
        return {"type": "string", "maxLength": SETTLEMENT_MAX_LENGTH}
    if asked.kind == "consent" and asked.required:
        return {"type": "boolean", "const": True}
    if asked.kind == "choices":
        least = max(int(plain.get("minItems", 0)), 1 if asked.required else 0)
        return {**plain, "uniqueItems": True, "minItems": least}
    return plain


def build(source: Any, language: str | None = None, *, anywhere: bool = False) -> FormDefinition:
    """Read a form for a language (default: the active one).

    `source` is a version (anything with `.form`) or the definition itself. Choices of settlements are those of the
    current community; `anywhere` leaves them open, so that examples mean the same in every community.
    Raises DefinitionError with every problem found.
    """
    form = source if isinstance(source, Mapping) else source.form
    problems = schema.check(form)
    if problems:
        raise DefinitionError(problems)
    code = language_code(language)
    required = set(form.get("required", ()))
    named = {name: rule["when"] for name, rule in form.get("x-rules", {}).items()}
    fields = {name: _field(name, rules, name in required, code, named) for name, rules in form["properties"].items()}
    if anywhere:
        fields = {
            name: replace(each, choices=()) if each.kind in PLACE_KINDS else each for name, each in fields.items()
        }
    groups = tuple(
        Group(
            str(each.get("code", number)),
            pick(each["legend"], code),
            tuple(fields[name] for name in each["fields"]),
            _condition(each, named),
        )
        for number, each in enumerate(form.get("x-groups", ()), start=1)
    )
    grouped = {each.code for group in groups for each in group.fields}
    return FormDefinition(
        language=code,
        title=pick(form.get("x-title"), code),
        intro=pick(form.get("x-intro"), code),
        note=pick(form.get("x-note"), code),
        fields=tuple(each for name, each in fields.items() if name not in grouped),
        groups=groups,
        pages=_pages(form, groups, code, named),
        rules=form.get("x-rules", {}),
        beside={key: form[key] for key in people.KEYS if key in form},
    )


def _condition(part: Mapping[str, Any], named: Mapping[str, Any]) -> Mapping[str, Any] | None:
    return conditions.resolve(part["x-show-if"], named) if "x-show-if" in part else None


def _pages(
    form: Mapping[str, Any], groups: tuple[Group, ...], language: str, named: Mapping[str, Any]
) -> tuple[Page, ...]:
    pages = form.get("x-pages")
    if not pages:
        return ()
    if pages == "groups":
        return tuple(Page(group.code, group.legend, (group,)) for group in groups)
    by_code = {each.code: each for each in groups}
    return tuple(
        Page(
            each["code"],
            pick(each["title"], language),
            tuple(by_code[code] for code in each["groups"]),
            _condition(each, named),
        )
        for each in pages
    )


def _field(
    code: str, rules: Mapping[str, Any], required: bool, language: str, named: Mapping[str, Any] | None = None
) -> Field:
    items = rules.get("items", {}) if rules["x-kind"] in ROW_KINDS else {}
    choices = tuple(
        Choice(each["value"], pick(each["label"], language), pick(each.get("hint"), language))
        for each in rules.get("x-choices", ())
    )
    return Field(
        code=code,
        kind=rules["x-kind"],
        label=pick(rules.get("x-label"), language),
        hint=pick(rules.get("x-hint"), language),
        required=required,
        rules=rules,
        choices=settlement_choices(language) if rules["x-kind"] in PLACE_KINDS else choices,
        autocomplete=rules.get("x-autocomplete", ""),
        messages={key: pick(text, language) for key, text in rules.get("x-messages", {}).items()},
        text=pick(rules.get("x-text"), language),
        items=tuple(
            _field(name, items["properties"][name], name in items.get("required", ()), language)
            for name in rules.get("x-columns", ())
        ),
        item_label=pick(rules.get("x-item"), language) or pick(rules.get("x-label"), language),
        add_label=pick(rules.get("x-add"), language),
        show_if=_condition(rules, named or {}),
    )


def settlement_choices(language: str) -> tuple[Choice, ...]:
    """Settlements of the current community. The value is the Armenian name: it stays true when ids change.

    Empty where there is none (the ministry, the template): the question is then an open one.
    """
    community = current_community()
    if community is None:
        return ()
    # Asked once: the community is kept until the register changes, and they with it.
    prefetch_related_objects([community], "settlements")
    return tuple(Choice(each.name_hy, each.name(language)) for each in community.settlements.all())
