"""Putting a procedure together: what many procedures say alike stands once, and each package holds all of it.

A procedure in `catalogue/` names a workflow of `workflows/`, a term, groups of questions and texts of `shared/`. What
is published is the whole, written out: a later change of a shared part changes no version that exists.

Texts stand as [Armenian, English, Russian]; "@name" is a text of `shared/texts.json`.
"""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
SCHEMA = "https://json-schema.org/draft/2020-12/schema"
MEGABYTE = 1024 * 1024
HEADINGS = ("whom", "get", "need", "how", "time", "price", "benefit", "next", "refuse", "appeal", "law", "who")
# Keys of a question that are written short, and what they become.
TEXT_KEYS = {"label": "x-label", "hint": "x-hint", "text": "x-text", "item": "x-item", "add": "x-add"}
PLAIN_KEYS = {
    "show_if": "x-show-if",
    "unit": "x-unit",
    "formula": "x-formula",
    "earliest": "x-earliest",
    "latest": "x-latest",
    "widget": "x-widget",
    "rows": "x-rows",
    "size": "x-size",
    "autocomplete": "x-autocomplete",
    "min": "minimum",
    "max": "maximum",
    "least": "minItems",
    "most": "maxItems",
    "shortest": "minLength",
    "longest": "maxLength",
    "pattern": "pattern",
}
TYPES = {
    "number": "integer", "money": "integer", "computed": "number", "yes_no": "boolean", "consent": "boolean",
    "info": "null", "file": "array", "files": "array", "choices": "array", "group": "array", "table": "array",
    "person": "object", "organisation": "object", "psn": "object", "address": "object", "point": "object",
}  # fmt: skip
DEFAULTS: dict[str, dict[str, Any]] = {
    "text": {"maxLength": 200},
    "long_text": {"maxLength": 4000, "x-rows": 6},
    "email": {"format": "email", "maxLength": 254},
    "phone": {"format": "phone"},
    "date": {"format": "date"},
    "time": {"format": "time"},
    "file": {"maxItems": 1, "x-max-bytes": 10 * MEGABYTE, "x-accept": ["pdf", "jpg", "png"]},
    "files": {"maxItems": 5, "x-max-bytes": 10 * MEGABYTE, "x-accept": ["pdf", "jpg", "png"]},
}


@cache
def _read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def text(value: Any) -> Any:
    """{"hy", "en", "ru"} of a text written short."""
    if isinstance(value, str):
        if not value.startswith("@"):
            raise ValueError(f"{value!r} is no text: write [hy, en, ru] or @name")
        return text(_read("shared/texts.json")[value[1:]])
    if isinstance(value, list):
        return dict(zip(("hy", "en", "ru"), value, strict=True))
    return value


def package(short: dict[str, Any]) -> dict[str, Any]:
    """The whole package of a procedure that is written short: {procedure, valid_from, form, workflow, clock, texts}."""
    name, summary = text(short["name"]), text(short["summary"])
    described = {key: short[key] for key in ("code", "family", "position")}
    for language in ("hy", "en", "ru"):
        described[f"name_{language}"], described[f"summary_{language}"] = name[language], summary[language]
    workflow = workflow_of(short["workflow"], short.get("words", {}))
    return {
        "procedure": described,
        "valid_from": short.get("valid_from", "2026-01-01"),
        "form": form_of(short, name),
        "workflow": {key: workflow[key] for key in ("initial", "states", "transitions", "reopen")},
        "clock": [_rule(each) for each in (short["term"], *short.get("more_terms", ()))],
        "texts": _texts(short, workflow["next_steps"]),
        "examples": [{**each, "name": text(each["name"])} for each in short.get("examples", ())],
    }


def _rule(code: str) -> dict[str, Any]:
    rule = copy.deepcopy(_read("shared/terms.json")[code])
    for key in ("fact", "time", "law"):
        rule.pop(key, None)
    return {**rule, "label": text(rule["label"]), "legal_basis": text(rule["legal_basis"])}


def form_of(short: dict[str, Any], title: dict[str, str]) -> dict[str, Any]:
    """The form, with shared groups written out."""
    properties: dict[str, Any] = {}
    required: list[str] = []
    groups = []
    for each in [*short["groups"], "consent"]:
        group = copy.deepcopy(_read("shared/groups.json")[each] if isinstance(each, str) else each)
        codes = []
        for question in group["fields"]:
            code = question.pop("code")
            if not question.pop("optional", False) and question["kind"] not in ("info", "computed"):
                required.append(code)
            properties[code] = question_of(question)
            codes.append(code)
        if group.get("legend"):
            written = {"code": group["code"], "legend": text(group["legend"]), "fields": codes}
            groups.append({**written, **({"x-show-if": group["show_if"]} if "show_if" in group else {})})
    form = {
        "$schema": SCHEMA,
        "type": "object",
        "additionalProperties": False,
        "x-title": title,
        "x-intro": text(short.get("intro", "@intro")),
        "x-note": text("@note"),
        "x-groups": groups,
        "properties": properties,
        "required": required,
    }
    if "principal" in properties:
        form["x-representation"] = {"principal": "principal", "basis": "basis", "proof": "basis_proof"}
    if "co_applicants" in short:
        form["x-co-applicants"] = short["co_applicants"]
    if short.get("pages"):
        form["x-pages"] = "groups"
    if "rules" in short:
        form["x-rules"] = {
            code: {"label": text(rule["label"]), "when": rule["when"]} for code, rule in short["rules"].items()
        }
    return form


def question_of(short: dict[str, Any]) -> dict[str, Any]:
    """One question as the form's definition has it."""
    kind = short["kind"]
    question: dict[str, Any] = {"type": short.get("type", TYPES.get(kind, "string")), "x-kind": kind}
    question |= copy.deepcopy(DEFAULTS.get(kind, {}))
    for key, name in TEXT_KEYS.items():
        if key in short:
            question[name] = text(short[key])
    for key, name in PLAIN_KEYS.items():
        if key in short:
            question[name] = short[key]
    words = {name: text(short[key]) for key, name in (("invalid", "invalid"), ("missing", "required")) if key in short}
    if words:
        question["x-messages"] = words
    if "options" in short:
        values = [each[0] for each in short["options"]]
        question["x-choices"] = [{"value": each[0], "label": text(each[1])} for each in short["options"]]
        if kind == "choices":
            question["items"] = {"type": "string", "enum": values}
        else:
            question["enum"] = values
    if "items" in short:
        columns = {each["code"]: question_of(each) for each in short["items"]}
        question["x-columns"] = list(columns)
        question["items"] = {
            "type": "object",
            "additionalProperties": False,
            "properties": columns,
            "required": [
                each["code"] for each in short["items"] if not each.get("optional") and each["kind"] != "computed"
            ],
        }
    return question


def workflow_of(name: str, words: dict[str, Any] | None = None) -> dict[str, Any]:
    """A workflow with the part that all share and the blocks it names. `words` are texts of its own for states
    ("issued.label")."""
    own = _read(f"workflows/{name}.json")
    shared = _read("shared/blocks.json")
    blocks = [shared[each] for each in own.get("blocks", ())]
    parts = [shared["intake"], *blocks, own, shared["end"]]
    # The first state of a phase is its stage on the resident's page: «closed» is one before «sent to another body».
    in_order = [shared["intake"], own, shared["end"], *blocks]
    states = [copy.deepcopy(each) for part in in_order for each in part.get("states", ())]
    transitions = [copy.deepcopy(each) for part in parts for each in part.get("transitions", ())]
    for state in states:
        for key in ("public_label", "public_text"):
            state[key] = text((words or {}).get(f"{state['code']}.{key.removeprefix('public_')}", state[key]))
    known = {each["code"]: each for each in states}
    open_states = [code for code, each in known.items() if each["phase"] not in ("decided", "closed", "withdrawn")]
    for each in transitions:
        if each["from"] == "decided":
            each["from"] = [code for code, state in known.items() if state["phase"] == "decided"]
        elif each["from"] == "open":
            each["from"] = open_states
        each["label"] = text(each["label"])
        if "public_text" in each:
            each["public_text"] = text(each["public_text"])
    return {
        "initial": "submitted",
        "states": states,
        "transitions": transitions,
        "reopen": own.get("reopen", {"to": "in_progress", "days": 30, "by": ["receiver", "head"]}),
        "next_steps": [text(each) for each in own["next_steps"]],
    }


def _texts(short: dict[str, Any], next_steps: list[Any]) -> dict[str, Any]:
    term = _read("shared/terms.json")[short["term"]]
    price = short.get("price", "free")
    given = {
        "time": term["time"],
        "law": term["law"],
        "price": f"@price_{price}",
        **{heading: f"@{heading}" for heading in ("how", "benefit", "next", "refuse", "appeal", "who")},
        **short.get("card", {}),
    }
    minutes = _read("shared/texts.json")["minutes"]
    facts = [
        {"label": text("@fact_answer"), "value": text(term["fact"])},
        {"label": text("@fact_price"), "value": text(f"@fact_{price}")},
        {
            "label": text("@fact_filling"),
            "value": text([each.replace("{n}", str(short.get("minutes", 10))) for each in minutes]),
        },
    ]
    texts: dict[str, Any] = {
        "apply": text(short.get("apply", "@apply")),
        "facts": facts,
        "next_steps": next_steps,
        "card": {heading: text(given[heading]) for heading in HEADINGS},
        "faq": [{"question": text(each[0]), "answer": text(each[1])} for each in short.get("faq", ())],
    }
    if "certainty" in short or "certainty" in term:
        texts["certainty"] = {
            **({"term": term["certainty"]} if "certainty" in term else {}),
            **short.get("certainty", {}),
        }
    return texts
