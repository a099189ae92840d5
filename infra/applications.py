"""Applications as programs of other bodies send them to a community's API: for the bench and the chaos run."""

from __future__ import annotations

import json
from typing import Any

PROCEDURE = "application-to-head"
COMMUNITY = "meghri"
SETTLEMENT = "Մեղրի"
MAIL_DOMAIN = "residents.example"
PATH = "/api/v1/applications/"


def answers(number: int) -> dict[str, Any]:
    """Complete answers; the number stands in them, so that each application can be told from all others."""
    return {
        "applicant": {"surname": "Հակոբյան", "name": "Կարեն"},
        "settlement": SETTLEMENT,
        "address": f"Զորավար Անդրանիկի {number}",
        "email": f"resident-{number}@{MAIL_DOMAIN}",
        "phone": "+37491123456",
        "subject": f"Փողոցի լուսավորության մասին, {number}",
        "body": "Խնդրում եմ վերականգնել մեր փողոցի լուսավորությունը։ Երեկոյան մայթը չի երևում։",
        "consent": True,
    }


def body(number: int) -> bytes:
    """The request's JSON."""
    content = {"procedure": PROCEDURE, "language": "hy", "answers": answers(number)}
    return json.dumps(content, ensure_ascii=False).encode()


def visitor(number: int) -> str:
    """An address of a visitor (10.0.0.0/8): each application comes from another one."""
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def headers(number: int, key: str, host: str) -> dict[str, str]:
    """The request's headers; `host` with its port."""
    return {
        "Host": host,
        "Content-Type": "application/json",
        "Accept": "application/json",
        "Idempotency-Key": key,
        "X-Forwarded-For": visitor(number),
        "X-Forwarded-Proto": "http",
    }


def is_visitors(address: str) -> bool:
    """Whether a letter went to one of these applicants."""
    return address.endswith(f"@{MAIL_DOMAIN}")
