"""The document as a page for people: no script, nothing from elsewhere."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from services_api.api.document import document

TITLES = {
    "procedures": "Procedures", "applications": "Applications", "drafts": "Applications that are not sent yet",
    "cases": "Cases (officers)", "tasks": "Tasks (officers)", "letters": "Letters and notes (officers)",
    "organisation": "Organisation (officers)",
}  # fmt: skip
WHO = {"token": "a token or the session of an officer", "session": "", "pass": "the pass of the application"}


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """GET /api/v1/."""
    context = {"info": document()["info"], "groups": _groups(), "problems": _problems()}
    return render(request, "api/document.html", context)


@cache
def _groups() -> list[dict[str, Any]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            found.setdefault(operation["tags"][0], []).append(_operation(path, method, operation))
    return [
        {"code": tag, "title": TITLES.get(tag, tag.title()), "operations": operations}
        for tag, operations in sorted(found.items(), key=lambda pair: list(TITLES).index(pair[0]))
    ]


def _operation(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    answers = operation["responses"]
    good: dict[str, Any] = next((each for status, each in answers.items() if status.startswith("2")), {})
    asked = [name for each in operation.get("security", ()) for name in each]
    return {
        "name": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "words": operation.get("description", ""),
        "who": next((WHO[each] for each in asked if WHO.get(each)), "everybody"),
        "parameters": [
            {
                "name": each["name"],
                "where": each["in"],
                "needed": bool(each.get("required")),
                "words": each.get("description", ""),
                "values": _values(each.get("schema", {})),
            }
            for each in operation.get("parameters", ())
        ],
        "request": _example(operation.get("requestBody", {}).get("content", {})),
        "answer": _example(good.get("content", {})),
        "statuses": ", ".join(sorted(answers)),
    }


def _values(shape: dict[str, Any]) -> str:
    named = document()["components"]["schemas"].get(str(shape.get("$ref", "")).rpartition("/")[2], shape)
    return ", ".join(str(each) for each in named.get("enum", ()))


def _example(content: dict[str, Any]) -> str:
    for media in content.values():
        for each in media.get("examples", {}).values():
            return json.dumps(each["value"], ensure_ascii=False, indent=2)
    return ""


@cache
def _problems() -> list[dict[str, Any]]:
    return [
        {"status": name.removeprefix("Problem"), "words": each["description"], "types": list(types["examples"])}
        for name, each in document()["components"]["responses"].items()
        for types in each["content"].values()
    ]
