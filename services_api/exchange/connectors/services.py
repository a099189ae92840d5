"""Asking a register: with a purpose and a ground, within its time, and never without a line in the log."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.crypto import salted_hmac

from services_api.cases.public import Actor, Case
from services_api.exchange.connectors.models import ExternalCall, Switch
from services_api.exchange.connectors.registry import ConnectorDown, ConnectorRefused, Register, register

Result = ExternalCall.Result


class NotAsked(Exception):
    """The register is not asked here: switched off by the community, or the installation has no connector for it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a question. `facts` are the register's words, {} when it knows nobody or did not answer."""

    result: str
    facts: Mapping[str, Any]


def ask(
    code: str,
    question: Mapping[str, str],
    *,
    purpose: str,
    legal_basis: str,
    actor: Actor,
    case: Case | None = None,
) -> Answer:
    """Ask a register once, with its own number of attempts while it does not answer. Always logged.

    Not inside a transaction that holds a case: it takes seconds. Raises NotAsked, ValueError (no purpose or ground).
    """
    if not purpose.strip() or not legal_basis.strip():
        raise ValueError("A register is asked for a purpose and on a legal basis.")
    known = register(code)
    connector = known.connector()
    if connector is None or Switch.objects.filter(connector=code, is_off=True).exists():
        raise NotAsked(code)
    begun, attempts, facts, result = time.monotonic(), 0, None, Result.DOWN
    while attempts < known.attempts and result == Result.DOWN:
        attempts += 1
        left = known.timeout * known.attempts - (time.monotonic() - begun)
        if left <= 0:
            break
        try:
            facts = connector.ask(question, min(known.timeout, left))
            result = Result.FOUND if facts is not None else Result.NOT_FOUND
        except (ConnectorDown, OSError):
            continue
        except ConnectorRefused:
            result = Result.REFUSED
    ExternalCall.objects.create(
        connector=code, case=case, actor_id=actor.user_id, actor_label=actor.label[:300], purpose=purpose.strip()[:200],
        legal_basis=legal_basis.strip()[:300], request_hash=digest(known, question), result=result, attempts=attempts,
        milliseconds=int((time.monotonic() - begun) * 1000),
    )  # fmt: skip
    return Answer(result, dict(facts or {}))


def digest(known: Register, question: Mapping[str, str]) -> str:
    """The same question has the same digest; from the digest nobody learns the question."""
    content = f"{known.code}:{sorted(question.items())}"
    return salted_hmac("services_api.exchange.connectors", content, algorithm="sha256").hexdigest()


def is_on(code: str) -> bool:
    """Whether this community asks the register."""
    return register(code).connector() is not None and not Switch.objects.filter(connector=code, is_off=True).exists()


def switch(code: str, is_off: bool, by: str) -> None:
    """Ask a register from now on, or do not."""
    register(code)
    Switch.objects.update_or_create(
        connector=code, defaults={"is_off": is_off, "changed_at": timezone.now(), "changed_by": by[:300]}
    )
