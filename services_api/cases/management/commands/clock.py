"""`manage.py clock cases.json`: what the legal clock says about a list of cases, so that anybody can check a table."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from services_api.cases.clock import ClockInputError, compute

NEEDED = ("rule", "submitted_at", "as_of")


class Command(BaseCommand):
    help = (
        "Reads a JSON list of cases (id, rule, calendar, submitted_at, pauses, extensions, as_of) and prints "
        "{id: {registered_at, due_at, remaining_calendar_days, overdue}} as JSON. Needs no database."
    )
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("cases", help="file with the cases, or - for standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        cases = _read(options["cases"])
        answers: dict[str, Any] = {}
        errors: list[str] = []
        seen: set[str] = set()
        for position, case in enumerate(cases, start=1):
            try:
                key = _identifier(case, seen)
            except ClockInputError as error:
                errors.append(f"case no. {position}: {error}")
                continue
            try:
                answers[key] = _answer(case)
            except ClockInputError as error:
                errors.append(f"case {key}: {error}")
        if errors:
            raise CommandError("\n".join(errors), returncode=2)
        self.stdout.write(json.dumps(answers, ensure_ascii=False, indent=2))


def _read(source: str) -> list[Any]:
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CommandError(f"{source}: cannot be read: {error.strerror}", returncode=2) from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{source}: is not UTF-8 text", returncode=2) from error
    try:
        cases = json.loads(text)
    except ValueError as error:
        raise CommandError(f"{source}: is not JSON: {error}", returncode=2) from error
    if isinstance(cases, dict) and isinstance(cases.get("cases"), list):
        cases = cases["cases"]
    if not isinstance(cases, list):
        raise CommandError(f"{source}: must be a list of cases", returncode=2)
    return cases


def _identifier(case: Any, seen: set[str]) -> str:
    if not isinstance(case, dict):
        raise ClockInputError("case", "must be an object")
    key = case.get("id")
    if isinstance(key, bool) or not isinstance(key, (str, int)) or key == "":
        raise ClockInputError("id", "is missing")
    if str(key) in seen:
        raise ClockInputError("id", f"{key} stands twice")
    seen.add(str(key))
    return str(key)


def _answer(case: dict[str, Any]) -> dict[str, Any]:
    for field in NEEDED:
        if case.get(field) in (None, ""):
            raise ClockInputError(field, "is missing")
    clock = compute(
        case["rule"],
        case.get("calendar"),
        case["submitted_at"],
        case.get("pauses"),
        case.get("extensions"),
        case["as_of"],
    )
    return {
        "registered_at": clock.registered_at.isoformat(),
        "due_at": clock.due_at.isoformat(),
        "remaining_calendar_days": clock.remaining_calendar_days,
        "overdue": clock.overdue,
    }
