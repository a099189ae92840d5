"""Writing a form: what the format refuses, and what it becomes in each language."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from services_api.procedures import seeds
from services_api.procedures.forms import build, schema
from services_api.procedures.texts import CARD_HEADINGS, DefinitionError, check_texts

PACKAGES = {each["procedure"]["code"]: each for each in seeds.packages()}
LABEL = {"hy": "Անուն", "en": "Name", "ru": "Имя"}


def form_with(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}


@pytest.mark.parametrize("code", PACKAGES)
def test_a_seeded_form_is_valid_and_complete_in_three_languages(code):
    package = PACKAGES[code]
    assert schema.check(package["form"]) == []
    assert check_texts(package["texts"]) == []
    assert set(package["texts"]["card"]) == set(CARD_HEADINGS)

    def walk(value: Any, path: str) -> None:
        if isinstance(value, dict):
            if "hy" in value:
                assert all(value.get(language, "").strip() for language in ("hy", "en", "ru")), path
            for key, each in value.items():
                walk(each, f"{path}.{key}")
        elif isinstance(value, list):
            for number, each in enumerate(value):
                walk(each, f"{path}[{number}]")

    walk(package, code)


@pytest.mark.parametrize("code", PACKAGES)
def test_armenian_texts_use_armenian_marks(code):
    """«», ։ and ՝ instead of quotes and colons of other languages."""

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            for key, each in value.items():
                if key == "hy":
                    words = re.sub(r"\d:\d\d", "", each)  # hours are written 9:00
                    assert not set(words) & set('"“”:;?!`'), each
                walk(each)
        elif isinstance(value, list):
            for each in value:
                walk(each)

    walk({key: PACKAGES[code][key] for key in ("form", "workflow", "clock", "texts")})


def test_it_reads_in_the_language_asked_for_with_armenian_where_one_is_missing():
    form = form_with(
        name={"type": "string", "maxLength": 9, "x-kind": "text", "x-label": {"hy": "Անուն", "en": "Name"}}
    )
    assert build(form, "en").field("name").label == "Name"
    assert build(form, "ru").field("name").label == "Անուն"
    assert build(form, "hy-am").field("name").label == "Անուն"


def test_what_clients_of_the_api_get_is_json_schema():
    described = build(PACKAGES["information-request"]["form"], "en").api_schema()
    Draft202012Validator.check_schema(described)
    assert described["title"] == "Information request"
    assert described["properties"]["citizenship"]["title"] == "Citizenship"
    assert described["properties"]["applicant"]["required"] == ["surname", "name"]
    assert "attachments" not in described["properties"]
    assert described["x-files"] == [
        {
            "field": "attachments",
            "title": "Documents attached",
            "required": False,
            "max_files": 5,
            "max_bytes": 10 * 1024 * 1024,
            "accept": ["pdf", "jpg", "png"],
        }
    ]


TEXT = {"type": "string", "maxLength": 9, "x-kind": "text", "x-label": LABEL}


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ([], "form: must be an object"),
        ({"type": "object", "properties": {"a": TEXT}}, "form.additionalProperties: must be false"),
        (form_with(), "form.properties: must hold at least one field"),
        (form_with(Name=TEXT), "form.properties.Name: a code is Latin small letters"),
        (form_with(a={**TEXT, "x-kind": "essay"}), "form.properties.a.x-kind: must be one of text"),
        (form_with(a={**TEXT, "type": "number"}), "form.properties.a.type: must be string for text"),
        (form_with(a={**TEXT, "minimum": 1}), "form.properties.a.minimum: is not known for text"),
        (form_with(a={**TEXT, "x-label": {"en": "Name"}}), "form.properties.a.x-label.hy: is missing"),
        (form_with(a={**TEXT, "x-label": "Name"}), "form.properties.a.x-label: must be texts by language"),
        (form_with(a={**TEXT, "x-label": {**LABEL, "fr": "Nom"}}), "form.properties.a.x-label: unknown language fr"),
        (
            form_with(a={"type": "string", "x-kind": "text", "x-label": LABEL}),
            "form.properties.a.maxLength: is missing",
        ),
        (form_with(a={**TEXT, "minLength": 10}), "form.properties.a.minLength: is greater than maxLength"),
        (form_with(a={**TEXT, "pattern": "["}), "form.properties.a.pattern: is not a regular expression"),
        (form_with(a={**TEXT, "pattern": "^a"}), "form.properties.a.x-messages.invalid: is missing"),
        (
            form_with(a={"type": "string", "x-kind": "date", "x-label": LABEL}),
            'form.properties.a.format: must be "date"',
        ),
        (
            form_with(a={"type": "string", "format": "date", "x-kind": "date", "x-label": LABEL, "x-latest": "soon"}),
            "form.properties.a.x-latest: must be a date such as 2026-01-31",
        ),
        (
            form_with(a={"type": "string", "enum": ["b"], "x-kind": "choice", "x-label": LABEL}),
            "form.properties.a.x-choices: must list {value, label, hint}",
        ),
        (
            form_with(a={"type": "array", "x-kind": "files", "x-label": LABEL, "x-accept": ["exe"], "x-max-bytes": 1}),
            "form.properties.a.x-accept: must be a list out of pdf, jpg, png",
        ),
        ({**form_with(a=TEXT), "required": ["b"]}, "form.required: b is not a field"),
        (
            {**form_with(a=TEXT), "x-groups": [{"legend": LABEL, "fields": ["a"]}, {"legend": LABEL, "fields": ["a"]}]},
            "form.x-groups[1].fields: a stands in two groups",
        ),
        ({**form_with(a=TEXT), "x-script": "alert()"}, "form.x-script: is not known"),
    ],
)
def test_a_form_that_cannot_be_used_is_refused_with_the_place_named(form, problem):
    assert any(line.startswith(problem) for line in schema.check(form)), schema.check(form)
    with pytest.raises((DefinitionError, AttributeError)):
        build(form)


def test_every_problem_is_named_at_once():
    form = copy.deepcopy(PACKAGES["application-to-head"]["form"])
    del form["properties"]["email"]["format"]
    form["properties"]["subject"]["maxLength"] = 0
    assert len(schema.check(form)) == 2
