"""A form definition read for one language: fields, groups and choices as objects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from services_api.procedures.forms import schema
from services_api.procedures.texts import DefinitionError, language_code, pick
from tenants.context import current_community

FILE_KINDS = ("file", "files")
TEXT_KINDS = ("text", "long_text", "email", "phone")
# Asked on the page where everything is read through once more, not among the questions.
REVIEW_KINDS = ("consent",)
SETTLEMENT_MAX_LENGTH = 100
PERSON_MAX_LENGTH = 100


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Field:
    """One question. `rules` is its JSON Schema with the `x-` keys."""

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
        """The id of its control on the page; `part` of a person or date."""
        return "-".join(["f", self.code.replace("_", "-"), *([part] if part else [])])

    def html_name(self, part: str = "") -> str:
        return f"{self.code}-{part}" if part else self.code

    def choice_label(self, value: str) -> str:
        return next((each.label for each in self.choices if each.value == value), value)


@dataclass(frozen=True)
class Group:
    code: str
    legend: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class FormDefinition:
    """A form in one language. `fields` stand alone and come first, `groups` follow."""

    language: str
    title: str
    intro: str
    note: str
    fields: tuple[Field, ...]
    groups: tuple[Group, ...]

    def __iter__(self) -> Iterator[Field]:
        yield from self.fields
        for group in self.groups:
            yield from group.fields

    def field(self, code: str) -> Field | None:
        return next((each for each in self if each.code == code), None)

    @property
    def has_files(self) -> bool:
        return any(each.is_file for each in self)

    def validation_schema(self, step: str | None = None) -> dict[str, Any]:
        """Plain JSON Schema 2020-12 of the answers, without files; `step` "form" or "review" for a part of them."""
        asked = [each for each in self if each.has_answer and not each.is_file and step in (None, each.step)]
        return {
            "type": "object",
            "properties": {each.code: answer_schema(each) for each in asked},
            "required": [each.code for each in asked if each.required],
            "additionalProperties": False,
        }

    def api_schema(self) -> dict[str, Any]:
        """JSON Schema 2020-12 of the answers for clients, with titles and descriptions in the language."""
        described = self.validation_schema()
        for each in self:
            if each.code in described["properties"]:
                described["properties"][each.code] |= {"title": each.label, "description": each.hint}
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
        }


def answer_schema(asked: Field) -> dict[str, Any]:
    """The JSON Schema of one answer, free of `x-` keys."""
    plain = {key: value for key, value in asked.rules.items() if not key.startswith("x-")}
    if asked.kind == "person":
        name = {"type": "string", "minLength": 1, "maxLength": PERSON_MAX_LENGTH}
        return {
            "type": "object",
            "properties": {part: dict(name) for part in schema.PERSON_PARTS},
            "required": ["surname", "name"],
            "additionalProperties": False,
        }
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


def build(source: Any, language: str | None = None) -> FormDefinition:
    """Read a form for a language (default: the active one).

    `source` is a version (anything with `.form`) or the definition itself. Choices of settlements are those of the
    current community. Raises DefinitionError with every problem found.
    """
    form = source if isinstance(source, Mapping) else source.form
    problems = schema.check(form)
    if problems:
        raise DefinitionError(problems)
    code = language_code(language)
    required = set(form.get("required", ()))
    fields = {name: _field(name, rules, name in required, code) for name, rules in form["properties"].items()}
    groups = tuple(
        Group(str(each.get("code", number)), pick(each["legend"], code), tuple(fields[name] for name in each["fields"]))
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
    )


def _field(code: str, rules: Mapping[str, Any], required: bool, language: str) -> Field:
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
        choices=settlement_choices(language) if rules["x-kind"] == "settlement" else choices,
        autocomplete=rules.get("x-autocomplete", ""),
        messages={key: pick(text, language) for key, text in rules.get("x-messages", {}).items()},
        text=pick(rules.get("x-text"), language),
    )


def settlement_choices(language: str) -> tuple[Choice, ...]:
    """Settlements of the current community. The value is the Armenian name: it stays true when ids change.

    Empty where there is none (the ministry, the template): the question is then an open one.
    """
    community = current_community()
    if community is None:
        return ()
    return tuple(Choice(each.name_hy, each.name(language)) for each in community.settlements.all())
