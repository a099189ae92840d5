"""What is so for every operation: its problems, headers of limits and tags, shapes of which a part may be asked for.

Views say what they take and give; what follows from that is added here, so that no view can forget it.
"""

from __future__ import annotations

from typing import Any

from django.utils import translation

from services_api.api import examples
from services_api.api.problems import MEDIA_TYPE, TYPES, titles

DESCRIPTION = """\
Procedures, applications and the officers' work of one community. Every community has this API on its own host; nothing
of one opens anything of another. Errors are problems by RFC 9457. The guide with examples that run: docs/integrators.
"""
# Status of a problem, what it means, and the types that come with it.
PROBLEMS: dict[int, tuple[str, tuple[str, ...]]] = {
    400: ("The request cannot be read.", ("invalid", "parse_error", "unknown_fields", "idempotency_key_missing")),
    401: ("No valid session, token or pass.", ("not_authenticated", "authentication_failed")),
    403: ("Not allowed.", ("permission_denied", "scope_missing")),
    404: ("There is nothing at this address, or nothing that you may see.", ("not_found",)),
    405: ("This method is not possible here.", ("method_not_allowed",)),
    406: ("This format is not available.", ("not_acceptable",)),
    409: ("The case has changed in the meantime; `changes` says how.", ("conflict",)),
    412: ("The revision of If-Match is not the case's any more.", ("precondition_failed",)),
    413: ("The request is too large.", ("too_large",)),
    415: ("This type of content cannot be read.", ("unsupported_media_type",)),
    422: (
        "Something must be corrected; `errors` names the fields.",
        ("invalid", "transition_refused", "idempotency_key_reused", "upload_refused"),
    ),
    428: ("Neither If-Match nor lock_version says which revision is meant.", ("revision_missing",)),
    429: ("Too many requests; see Retry-After.", ("throttled",)),
}
HEADERS = {
    "RateLimit-Policy": {
        "description": 'The limit that is closest: `"staff";q=1200;w=60` is 1,200 requests in 60 seconds.',
        "schema": {"type": "string"},
    },
    "RateLimit": {
        "description": 'Where you stand: `"staff";r=1199;t=42` is 1,199 left, more in 42 seconds.',
        "schema": {"type": "string"},
    },
    "Retry-After": {"description": "Seconds.", "schema": {"type": "integer", "minimum": 1}},
    "ETag": {"description": "The tag of what is shown, for If-None-Match and If-Match.", "schema": {"type": "string"}},
    "Idempotency-Replayed": {
        "description": "`true`: this key was used before, nothing was made now.",
        "schema": {"type": "string", "enum": ["true"]},
    },
}
TEXT = {"type": "string"}
SHAPES: dict[str, Any] = {
    "ProblemError": {
        "type": "object",
        "required": ["field", "detail"],
        "properties": {
            "field": {"type": "string", "description": "Path of the field: applicant.surname, others[0].author.name."},
            "detail": {"type": "string", "description": "What is wrong with it, in the reader's language."},
        },
    },
    "Problem": {
        "type": "object",
        "description": "RFC 9457.",
        "required": ["type", "title", "status", "detail", "instance"],
        "properties": {
            "type": {"type": "string", "format": "uri"},
            "title": TEXT,
            "status": {"type": "integer"},
            "detail": TEXT,
            "instance": TEXT,
            "errors": {"type": "array", "items": {"$ref": "#/components/schemas/ProblemError"}},
            "scope": {"type": "string", "description": "Of scope_missing: the scope that the token lacks."},
            "known": {"type": "array", "items": TEXT, "description": "Of unknown_fields: the fields that there are."},
            "lock_version": {
                "type": "integer",
                "description": "Of conflict and precondition_failed: the revision now.",
            },
        },
    },
    "Change": {
        "type": "object",
        "required": ["at", "what", "who", "state"],
        "properties": {"at": {"type": "string", "format": "date-time"}, "what": TEXT, "who": TEXT, "state": TEXT},
    },
    "Conflict": {
        "description": "Somebody was quicker: what happened after the revision that was given.",
        "allOf": [
            {"$ref": "#/components/schemas/Problem"},
            {
                "type": "object",
                "required": ["lock_version", "changes"],
                "properties": {"changes": {"type": "array", "items": {"$ref": "#/components/schemas/Change"}}},
            },
        ],
    },
}
# Shapes of which `fields=` shows a part.
PARTIAL = ("CaseLine", "CaseDetail", "Task", "Procedure", "ProcedureDetail")


def complete(document: dict[str, Any]) -> dict[str, Any]:
    """The document with everything that is the same everywhere."""
    components = document["components"]
    document["info"] |= {"description": DESCRIPTION, "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}}
    document["servers"] = [{"url": "/", "description": "The community's own host."}]
    components["headers"] = HEADERS
    components["schemas"] |= SHAPES
    components["responses"] = {f"Problem{status}": _problem(status) for status in PROBLEMS}
    for name in PARTIAL:
        components["schemas"][name]["required"] = ["id"]
    for path, methods in document["paths"].items():
        for operation in methods.values():
            _complete_operation(path, operation)
    return document


def _complete_operation(path: str, operation: dict[str, Any]) -> None:
    parameters = {each["name"]: each for each in operation.get("parameters", ())}
    answers, name = operation["responses"], operation["operationId"]
    content = operation.get("requestBody", {}).get("content", {})
    for status in _statuses(path, operation, parameters):
        answers.setdefault(str(status), {"$ref": f"#/components/responses/Problem{status}"})
    if "If-None-Match" in parameters:
        answers["304"] = {"description": "You have it already.", "headers": {"ETag": _header("ETag")}}
    for status, answer in answers.items():
        if "$ref" in answer:
            continue
        headers = answer.setdefault("headers", {})
        headers |= {each: _header(each) for each in ("RateLimit-Policy", "RateLimit")}
        if "If-None-Match" in parameters:
            headers["ETag"] = _header("ETag")
        if status == "200" and "Idempotency-Key" in parameters:
            answer["description"] = "The key was used before: the same thing again."
            headers["Idempotency-Replayed"] = _header("Idempotency-Replayed")
        answer["description"] = answer.get("description") or "Done."
        _give_examples(answer.get("content", {}), examples.ANSWERS.get(name))
    _give_examples(content, examples.REQUESTS.get(name))
    if name in examples.MORE_REQUESTS:
        _give_examples(content, examples.MORE_REQUESTS[name][1], called=examples.MORE_REQUESTS[name][0])


def _statuses(path: str, operation: dict[str, Any], parameters: dict[str, Any]) -> list[int]:
    found = {405, 406, 429}
    if any(each["in"] in ("query", "header") for each in parameters.values()):
        found.add(400)
    if "requestBody" in operation:
        found |= {400, 413, 415, 422}
    if any(operation.get("security", [])) and {} not in operation["security"]:
        found |= {401, 403}
    if "{" in path or operation["operationId"] in examples.MAY_NAME_NOTHING:
        found.add(404)
    if "If-Match" in parameters:
        found |= {409, 412, 428}
    if operation["operationId"] in examples.MAY_BE_REFUSED:
        found |= {409, 422}
    return sorted(found)


def _give_examples(content: dict[str, Any], value: Any, called: str = "example") -> None:
    for media in content.values():
        if value is not None and "json" in str(list(content)):
            media.setdefault("examples", {})[called] = {"value": value}


def _header(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/headers/{name}"}


def _problem(status: int) -> dict[str, Any]:
    words, types = PROBLEMS[status]
    shape = "Conflict" if status == 409 else "Problem"
    with translation.override("en"):
        shown = {
            code: {
                "summary": titles()[code],
                "value": {
                    "type": f"{TYPES}{code}", "title": titles()[code], "status": status,
                    "detail": titles()[code], "instance": "/api/v1/cases/", **examples.PROBLEMS.get(code, {}),
                },
            }
            for code in types
        }  # fmt: skip
    headers = {each: _header(each) for each in ("RateLimit-Policy", "RateLimit")}
    if status == 429:
        headers["Retry-After"] = _header("Retry-After")
    content = {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{shape}"}, "examples": shown}}
    return {"description": words, "headers": headers, "content": content}
