"""The OpenAPI document: valid, complete, with examples that fit their shapes."""

from __future__ import annotations

import re
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from services_api.api.completed import PROBLEMS
from services_api.api.document import document
from services_api.api.problems import titles


def operations() -> list[dict[str, Any]]:
    return [each for path in document()["paths"].values() for each in path.values()]


def examples(content: dict[str, Any]) -> list[tuple[dict[str, Any], Any]]:
    return [
        (media["schema"], each["value"]) for media in content.values() for each in media.get("examples", {}).values()
    ]


def wrong(shape: dict[str, Any], value: Any) -> list[str]:
    whole = Resource.from_contents(document(), default_specification=DRAFT202012)
    registry = Registry().with_resource("urn:api", whole)
    absolute = _absolute(shape)
    validator = Draft202012Validator(absolute, registry=registry, format_checker=FormatChecker())
    return [f"{each.json_path}: {each.message}" for each in validator.iter_errors(value)]


def _absolute(shape: Any) -> Any:
    if isinstance(shape, dict):
        return {
            name: f"urn:api{each}" if name == "$ref" and each.startswith("#") else _absolute(each)
            for name, each in shape.items()
        }
    return [_absolute(each) for each in shape] if isinstance(shape, list) else shape


def test_it_is_valid_and_names_every_operation_once():
    validate(document())
    assert document()["openapi"].startswith("3.1")
    names = [each["operationId"] for each in operations()]
    assert len(set(names)) == len(names) >= 45
    assert all(each.get("description") for each in operations())


def test_each_operation_and_each_problem_has_an_example_that_fits():
    missing, unfit = [], []
    for each in operations():
        contents = {"request": each.get("requestBody", {}).get("content", {})}
        for status, answer in each["responses"].items():
            contents[status] = answer.get("content", {})
        for place, content in contents.items():
            if "application/json" in content and not examples(content):
                missing.append(f"{each['operationId']} {place}")
            for shape, value in examples(content):
                unfit += [f"{each['operationId']} {place} {said}" for said in wrong(shape, value)]
    for name, answer in document()["components"]["responses"].items():
        for shape, value in examples(answer["content"]):
            unfit += [f"{name} {said}" for said in wrong(shape, value)]
    assert not missing and not unfit, (missing, unfit)
    assert {code for _words, types in PROBLEMS.values() for code in types} == set(titles())


def test_the_document_is_served_to_everybody(meghri, client_for):
    answer = client_for(meghri).get("/api/v1/schema")
    assert answer.status_code == 200 and answer.json()["info"]["title"] == "Hamaynk API"


def test_people_read_it_as_a_page_without_scripts_or_strangers(meghri, client_for):
    page = client_for(meghri).get("/api/v1/")
    text = page.content.decode()
    assert page.status_code == 200 and text.count("<h1>") == 1 and "<script" not in text and "style=" not in text
    assert "http" not in re.sub(r"<code>.*?</code>", "", text, flags=re.DOTALL)
    assert all(f'id="{each["operationId"]}"' in text for each in operations())
