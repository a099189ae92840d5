"""What happens to cases, as programs hear of it: CloudEvents 1.0 without anything personal in them.

An event says that something happened and to which case; who wants to know more asks the API with a token of its own
and with the rights of its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from services_api.cases.public import CaseFacts, Happening, case_facts, observe
from services_api.exchange.services import enqueue
from services_api.exchange.webhooks.models import Subscription
from tenants import hosts
from tenants.context import current_community

KIND = "webhook"
CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"
TEST = "test"


@observe
def enqueue_events(happening: Happening) -> None:
    """A row of the outbox for each program that wants to hear of it, in the transaction of the change."""
    for subscription in Subscription.objects.listening_to(list(happening.kinds)):
        for kind in happening.kinds:
            if kind in subscription.events:
                payload = {
                    "subscription": subscription.pk, "type": kind, "case": str(happening.case),
                    "sequence": happening.sequence, "phase": happening.phase, "state": happening.state,
                    "at": happening.at.isoformat(),
                }  # fmt: skip
                key = f"{KIND}:{subscription.pk}:{happening.case}:{happening.sequence}:{kind}"
                enqueue(KIND, payload, key, stream=f"{KIND}:{subscription.pk}:{happening.case}")


def enqueue_test(subscription: Subscription) -> None:
    """An event that happened to nobody, for the button of the screen."""
    now = timezone.now()
    payload = {"subscription": subscription.pk, "type": TEST, "sequence": 0, "at": now.isoformat()}
    enqueue(KIND, payload, f"{KIND}:{subscription.pk}:{TEST}:{uuid4()}")


def event_id(payload: Mapping[str, Any]) -> str:
    """The same at every attempt, and for every program that hears of the event."""
    case = UUID(payload["case"]).hex if "case" in payload else datetime.fromisoformat(payload["at"]).strftime("%s%f")
    return f"evt_{case}_{payload['sequence']}_{payload['type']}"


def body_of(payload: Mapping[str, Any]) -> bytes | None:
    """The event in structured JSON; None when there is no such case any more.

    Phase and state are those after the event; dates are those of the moment of sending.
    """
    community = current_community()
    host = hosts.address(community.primary_host()) if community else ""
    event: dict[str, Any] = {
        "specversion": "1.0",
        "id": event_id(payload),
        "source": f"{host}/api/v1/",
        "type": f"am.hamaynk.case.{payload['type']}.v1" if payload["type"] != TEST else "am.hamaynk.test.v1",
        "time": payload["at"],
        "datacontenttype": "application/json",
    }
    if payload["type"] == TEST:
        event["data"] = {}
    else:
        facts = case_facts(UUID(payload["case"]))
        if facts is None:
            return None
        event["subject"] = f"cases/{payload['case']}"
        event["data"] = _data(facts, payload, host)
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _data(facts: CaseFacts, payload: Mapping[str, Any], host: str) -> dict[str, Any]:
    def moment(at: datetime | None) -> str | None:
        return at.isoformat() if at else None

    return {
        "case": payload["case"],
        "number": facts.number,
        "procedure": facts.procedure,
        "sequence": payload["sequence"],
        "phase": payload["phase"],
        "state": payload["state"],
        "submitted_at": moment(facts.submitted_at),
        "registered_at": moment(facts.registered_at),
        "due_at": moment(facts.due_at),
        "decided_at": moment(facts.decided_at),
        "closed_at": moment(facts.closed_at),
        "url": f"{host}/api/v1/cases/{payload['case']}/",
    }
