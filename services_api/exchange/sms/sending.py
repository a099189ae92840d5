"""What applicants are told by short message, when they have asked for it with their application."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from services_api.cases.public import Announcement, Case, Letter, facts_for_letter, grouped, listen
from services_api.exchange import quiet
from services_api.exchange.notices.models import SmsWish
from services_api.exchange.registry import Item, NotNeeded, Postponed, SendingRefused, handles
from services_api.exchange.services import enqueue
from services_api.exchange.sms.gateways import gateway
from services_api.exchange.texts import gaps, sample
from services_api.exchange.texts.models import Channel
from services_api.exchange.texts.services import words_for
from services_api.parties.public import armenian_mobile
from tenants import hosts
from tenants.context import current_community

KIND = "sms"
LONGEST = gaps.LONGEST[Channel.SMS, "body"]
# What cannot wait until somebody opens their mail.
MESSAGES = {"received", "asked", "answered", "refused", "message", "extended", "forwarded"}


@listen
def enqueue_message(announcement: Announcement) -> None:
    """A row for an applicant who wants short messages, beside the letter and with a key of its own."""
    if announcement.message not in MESSAGES or gateway() is None:
        return
    if announcement.tell_by_sms:
        SmsWish.objects.get_or_create(case=Case.objects.only("pk").get(uuid=announcement.case))
    elif not SmsWish.objects.filter(case__uuid=announcement.case).exists():
        return
    payload = {"case": str(announcement.case), "event": announcement.sequence, "message": announcement.message}
    if announcement.code:
        payload["code"] = announcement.code
    key = f"{KIND}:{announcement.case}:{announcement.sequence}:{announcement.message}"
    if announcement.mark:
        key += f":{announcement.mark}"
    enqueue(KIND, payload, key, stream=f"{KIND}:{announcement.case}:applicant")


@handles(KIND, forget=("code",), label=gettext_lazy("Short message to the applicant"))
def send(item: Item) -> Postponed | None:
    """Send it, in the morning when it is night and nobody has asked for it just now."""
    used = gateway()
    if used is None:
        raise NotNeeded("No gateway of short messages is set.")
    if item.payload["message"] not in quiet.ASKED_FOR:
        morning = quiet.end_of_rest(timezone.now())
        if morning is not None:
            return Postponed(morning)
    to, text = write(item.payload)
    if not to:
        raise NotNeeded("There is no mobile number to send to.")
    used.send(to, text, item.identity)
    return None


def write(payload: Mapping[str, Any]) -> tuple[str, str]:
    """Number ("" for none that may be sent to) and text, in the applicant's language. Raises SendingRefused."""
    message = str(payload["message"])
    facts = facts_for_letter(UUID(payload["case"]), int(payload["event"]))
    if message not in MESSAGES or facts is None:
        raise SendingRefused("The case does not exist, or there is no such message.")
    own = words_for(facts.own_words, Channel.SMS, message, facts.language)
    with translation.override(facts.language):
        text = _words(message, facts, own[1] if own else None, grouped(str(payload.get("code", ""))))
    return armenian_mobile(facts.to_phone), text


def sample_text(message: str, language: str, own: tuple[str, str] | None) -> tuple[str, str]:
    """ "" and a message about a case that does not exist: the own text, or the shipped one for None."""
    with translation.override(language):
        return "", _words(message, sample.letter(language), own[1] if own else None, sample.CODE)


def _words(message: str, facts: Letter, own: str | None, code: str) -> str:
    """One line in the active language."""
    community = current_community()
    assert community is not None
    name = community.name(translation.get_language())
    link = f"{hosts.address(community.primary_host())}{reverse('cases:lookup')}"
    if own is not None:
        text = gaps.fill(own, gaps.values(facts, code=code, link=link, name=name))
    else:
        context = {
            "number": facts.number, "code": code, "due_at": facts.due_at, "reply_by": facts.reply_by,
            "name": name, "link": link,
        }  # fmt: skip
        text = render_to_string(f"exchange/sms/{message}.txt", context)
    return " ".join(text.split())[:LONGEST]
