"""Letters about cases: written when they are sent, in the language of whoever gets them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from services_api.cases.public import Letter, facts_for_letter, grouped
from services_api.exchange.registry import Item, SendingRefused, handles
from tenants import hosts
from tenants.context import current_community
from tenants.models import Community

TO_OFFICER = {"assigned", "reply", "message_in", "reminder", "escalation", "task", "task_finished"}
TO_APPLICANT = {
    "received", "progress", "answered", "refused", "asked", "extended", "forwarded", "merged", "message",
}  # fmt: skip
MESSAGES = TO_APPLICANT | TO_OFFICER


@dataclass(frozen=True, slots=True)
class Written:
    """A letter ready to be sent."""

    to: str
    subject: str
    body: str


@handles("mail", forget=("code",))
def send_letter(item: Item) -> None:
    """Send the letter of an announcement; nothing is sent to somebody who left no address.

    The Message-ID is made of the outbox row: a repeated sending is the same letter.
    """
    letter = write(item.payload)
    if letter is None:
        return
    EmailMessage(
        letter.subject,
        letter.body,
        to=[letter.to],
        headers={"Message-ID": item.identity, "Auto-Submitted": "auto-generated"},
    ).send()


def write(payload: Any) -> Written | None:
    """Subject and body, None when there is no address. Raises SendingRefused for what can never be written."""
    message = str(payload.get("message", ""))
    if message not in MESSAGES:
        raise SendingRefused(f"There is no letter called {message!r}.")
    facts = facts_for_letter(UUID(payload["case"]), int(payload["event"]), payload.get("to"))
    if facts is None:
        raise SendingRefused("The case does not exist.")
    to = facts.to_officer if message in TO_OFFICER else facts.to_applicant
    if not to:
        return None
    community = current_community()
    if community is None:
        raise SendingRefused("No community is chosen.")
    # Staff are written to in Armenian, the language of the office.
    language = settings.LANGUAGE_CODE if message in TO_OFFICER else facts.language
    with translation.override(language):
        context = {
            "signature": _signature(community, language),
            "letter": facts,
            "code": grouped(str(payload.get("code", ""))),
            "link": _link(community, facts, message),
            "mark": str(payload.get("mark", "")),
        }
        subject = render_to_string(f"exchange/letters/{message}.subject.txt", context)
        body = render_to_string(f"exchange/letters/{message}.txt", context)
    return Written(to, " ".join(subject.split()), body.strip() + "\n")


def _signature(community: Community, language: str) -> str:
    """Who writes: «Մեղրու համայնքապետարան»."""
    name = community.genitive if language == "hy" else community.name(language)
    return _("Municipality of %(name)s") % {"name": name}


def _link(community: Community, facts: Letter, message: str) -> str:
    """Where the case is read: the officer's page, or the resident's page of number and code with the number in it.

    The code is not in the link: links are forwarded, kept in histories and logs.
    """
    host = hosts.address(community.primary_host())
    if message in TO_OFFICER:
        return host + reverse("cases_workspace:case", args=[facts.uuid])
    return f"{host}{reverse('cases:lookup')}?{urlencode({'number': facts.number})}"
