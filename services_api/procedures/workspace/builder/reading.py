"""From a form that is kept to the blocks of the builder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from services_api.procedures.forms.kinds import FILE_TYPES, ROW_KINDS
from services_api.procedures.texts import LANGUAGES
from services_api.procedures.workspace.builder import blocks, logic
from services_api.procedures.workspace.builder.controls import AUTOCOMPLETE, CONTROLS, MESSAGES, TEXTS, texts_of

ONE_PAGE, PAGE_EACH, MARKED = "one", "groups", "marked"
GROUP_KEYS = frozenset({"code", "legend", "fields", "x-show-if"})
CHOICE_KEYS = frozenset({"value", "label", "hint"})


def read_parts(form: Mapping[str, Any]) -> Any:
    """The value of the stream of a form: questions without a heading, pages and parts, the consent at the end."""
    raw: list[dict[str, Any]] = []
    grouped = {code for each in form.get("x-groups", ()) for code in each["fields"]}
    alone = [code for code in form.get("properties", {}) if code not in grouped]
    consents = [code for code in alone if form["properties"][code]["x-kind"] == "consent"]
    last = consents[:1]
    if len(alone) > len(last):
        inner = [_question(form, code) for code in alone if code not in last]
        raw.append({"type": blocks.ALONE, "id": "alone", "value": {"questions": inner}})
    pages = form.get("x-pages")
    begins = {each["groups"][0]: each for each in pages} if isinstance(pages, list) else {}
    for number, group in enumerate(form.get("x-groups", ())):
        page = begins.get(group.get("code"))
        if page is not None:
            raw.append({"type": blocks.PAGE, "id": f"p-{page['code']}", "value": _page(page)})
        raw.append({"type": blocks.SECTION, "id": f"g-{group.get('code', number)}", "value": _group(form, group)})
    raw += [_question(form, code) for code in last]
    return blocks.PARTS.to_python(raw)


def read_rules(form: Mapping[str, Any]) -> Any:
    """The value of the stream of named rules."""
    raw = [
        {
            "type": blocks.RULE,
            "id": logic.rule_id(code),
            "value": {**_words("label", rule["label"]), "code": code, "when": logic.read_condition(rule["when"])},
        }
        for code, rule in form.get("x-rules", {}).items()
    ]
    return blocks.RULES.to_python(raw)


def paging_of(form: Mapping[str, Any]) -> str:
    pages = form.get("x-pages")
    return PAGE_EACH if pages == "groups" else MARKED if pages else ONE_PAGE


def _words(name: str, text: Mapping[str, str] | None) -> dict[str, str]:
    return {f"{name}_{language}": (text or {}).get(language, "") for language in LANGUAGES}


def _page(page: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **_words("title", page["title"]),
        "code": page["code"],
        "when": logic.read_condition(page.get("x-show-if")),
    }


def _group(form: Mapping[str, Any], group: Mapping[str, Any]) -> dict[str, Any]:
    rest = {key: each for key, each in group.items() if key not in GROUP_KEYS}
    return {
        **_words("legend", group["legend"]),
        "code": group.get("code", ""),
        "when": logic.read_condition(group.get("x-show-if")),
        "questions": [_question(form, code) for code in group["fields"]],
        "kept": json.dumps(rest, ensure_ascii=False) if rest else "",
    }


def _question(form: Mapping[str, Any], code: str) -> dict[str, Any]:
    rules = form["properties"][code]
    return {
        "type": rules["x-kind"],
        "id": logic.question_id(code),
        "value": _value(code, rules, code in form.get("required", ())),
    }


def _value(code: str, rules: Mapping[str, Any], required: bool, row: str = "") -> dict[str, Any]:
    kind = rules["x-kind"]
    value: dict[str, Any] = {"code": code, "required": required, "when": logic.read_condition(rules.get("x-show-if"))}
    for name in texts_of(kind):
        value |= _words(name, rules.get(TEXTS[name][0]))
    for name in MESSAGES:
        value |= _words(f"message_{name}", rules.get("x-messages", {}).get(name))
    for control in (*CONTROLS.get(kind, ()), AUTOCOMPLETE):
        value[control.name] = control.read(rules.get(control.key))
    if kind in ("choice", "choices"):
        value["options"] = [_option(each) for each in rules["x-choices"]]
    if kind in ("file", "files"):
        value |= {f"accept_{each}": each in rules["x-accept"] for each in FILE_TYPES}
    if kind == "computed":
        value["formula"] = logic.read_formula(rules["x-formula"], row)
    if kind in ROW_KINDS:
        columns, needed = rules["items"]["properties"], rules["items"].get("required", ())
        value["items"] = [
            {
                "type": columns[each]["x-kind"],
                "id": logic.question_id(each, code),
                "value": _value(each, columns[each], each in needed, code),
            }
            for each in rules["x-columns"]
        ]
    return value


def _option(choice: Mapping[str, Any]) -> dict[str, Any]:
    rest = {key: each for key, each in choice.items() if key not in CHOICE_KEYS}
    return {
        **_words("label", choice["label"]),
        **_words("hint", choice.get("hint")),
        "code": choice["value"],
        "kept": json.dumps(rest, ensure_ascii=False) if rest else "",
    }
