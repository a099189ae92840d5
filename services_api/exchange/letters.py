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
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services_api.cases.public import Case, Letter, case_and_officers, co_applicant, facts_for_letter, grouped
from services_api.exchange import quiet
from services_api.exchange.registry import Item, NotNeeded, Postponed, SendingRefused, handles
from services_api.exchange.texts import gaps, sample
from services_api.exchange.texts.models import Channel
from services_api.exchange.texts.services import words_for
from tenants import hosts
from tenants.context import current_community
from tenants.models import Community

TO_OFFICER = {"assigned", "reply", "message_in", "reminder", "escalation", "task", "task_finished", "file_infected"}
TO_APPLICANT = {
    "received", "progress", "answered", "refused", "asked", "extended", "forwarded", "merged", "message",
    "file_removed",
}  # fmt: skip
# To somebody named as applying, too; neither applicant nor officer of the case.
TO_OTHERS = {"co_applicant"}
MESSAGES = TO_APPLICANT | TO_OFFICER | TO_OTHERS
# What nobody has asked for just now.
REMINDERS = {"reminder", "escalation"}
# What each letter is called on screens.
NAMES = {
    "received": gettext_lazy("confirmation of receipt"),
    "progress": gettext_lazy("progress of the case"),
    "asked": gettext_lazy("question to the applicant"),
    "message": gettext_lazy("letter to the applicant"),
    "extended": gettext_lazy("extension of the term"),
    "forwarded": gettext_lazy("sent to the competent body"),
    "merged": gettext_lazy("joined with another case"),
    "answered": gettext_lazy("the answer"),
    "refused": gettext_lazy("the refusal"),
    "assigned": gettext_lazy("a case was assigned"),
    "reply": gettext_lazy("the applicant has answered"),
    "message_in": gettext_lazy("letter of the applicant"),
    "reminder": gettext_lazy("the term comes to its end"),
    "escalation": gettext_lazy("the term is over"),
    "task": gettext_lazy("a task was given"),
    "task_finished": gettext_lazy("a task was finished"),
    "file_removed": gettext_lazy("a file of the applicant was removed"),
    "co_applicant": gettext_lazy("question to a co-applicant"),
    "file_infected": gettext_lazy("a file with a virus was removed"),
}


@dataclass(frozen=True, slots=True)
class Written:
    """A letter ready to be sent."""

    to: str
    subject: str
    body: str


@handles("mail", forget=("code",), label=gettext_lazy("Letter about a case"))
def send_letter(item: Item) -> Postponed | None:
    """Send the letter of an announcement; to somebody who left no address there is nothing to send.

    The Message-ID is made of the outbox row: a repeated sending is the same letter.
    """
    message = str(item.payload.get("message", ""))
    if settings.QUIET_MAIL and message in REMINDERS:
        morning = quiet.end_of_rest(timezone.now())
        if morning is not None:
            return Postponed(morning)
    if message in TO_OFFICER and not wants_letter(message, item.payload):
        raise NotNeeded("The officer reads the notices instead of letters.")
    letter = write(item.payload)
    if letter is None:
        raise NotNeeded("There is no address to write to.")
    EmailMessage(
        letter.subject,
        letter.body,
        to=[letter.to],
        headers={"Message-ID": item.identity, "Auto-Submitted": "auto-generated"},
    ).send()
    return None


def wants_letter(message: str, payload: Any) -> bool:
    """Whether the officer whom it goes to wants a letter at once (their own wish; see the screen of notices)."""
    from services_api.exchange.notices.services import wants_letter_at_once

    try:
        _case, people = case_and_officers(UUID(payload["case"]), payload.get("to"))
    except Case.DoesNotExist:
        return True  # the letter itself is refused for it
    return all(wants_letter_at_once(person) for person in people)


def write(payload: Any) -> Written | None:
    """Subject and body, None when there is no address. Raises SendingRefused for what can never be written."""
    message = str(payload.get("message", ""))
    if message not in MESSAGES:
        raise SendingRefused(f"There is no letter called {message!r}.")
    facts = facts_for_letter(UUID(payload["case"]), int(payload["event"]), payload.get("to"))
    if facts is None:
        raise SendingRefused("The case does not exist.")
    if message == "co_applicant":
        return _write_to_co_applicant(payload, facts)
    to = facts.to_officer if message in TO_OFFICER else facts.to_applicant
    if not to:
        return None
    community = current_community()
    if community is None:
        raise SendingRefused("No community is chosen.")
    # Staff are written to in Armenian, the language of the office.
    language = settings.LANGUAGE_CODE if message in TO_OFFICER else facts.language
    own = words_for(facts.own_words, Channel.MAIL, message, language) if message in TO_APPLICANT else None
    with translation.override(language):
        subject, body = _words(
            community,
            facts,
            message,
            own=own,
            code=grouped(str(payload.get("code", ""))),
            mark=str(payload.get("mark", "")),
        )
    return Written(to, subject, body + "\n")


def _write_to_co_applicant(payload: Any, facts: Letter) -> Written | None:
    """To somebody named as applying, too, in a language of their own; the link is forgotten once it was sent."""
    invited, community = co_applicant(int(payload["mark"])), current_community()
    if invited is None or community is None or not payload.get("code"):
        raise SendingRefused("Nobody is to be asked.")
    with translation.override(invited.language):
        link = reverse("cases:together", kwargs={"token": payload["code"]})
        context = {
            "signature": _signature(community, invited.language),
            "letter": facts,
            "name": invited.party.display_name,
            "applicant": invited.case.applicant.display_name,
            "until": invited.expires_at,
            "link": hosts.address(community.primary_host()) + link,
        }
        subject = render_to_string("exchange/letters/co_applicant.subject.txt", context)
        body = render_to_string("exchange/letters/co_applicant.txt", context)
    return Written(invited.party.email, " ".join(subject.split()), body.strip() + "\n") if invited.party.email else None


def sample_text(message: str, language: str, own: tuple[str, str] | None) -> tuple[str, str]:
    """Subject and body of a letter about a case that does not exist: the own text, or the shipped one for None."""
    community = current_community()
    assert community is not None
    with translation.override(language):
        return _words(community, sample.letter(language), message, own=own, code=sample.CODE)


def _words(
    community: Community,
    facts: Letter,
    message: str,
    *,
    own: tuple[str, str] | None,
    code: str,
    mark: str = "",
) -> tuple[str, str]:
    """Subject and body in the active language."""
    signature, link = _signature(community, translation.get_language()), _link(community, facts, message)
    if own is not None:
        known = gaps.values(facts, code=code, link=link, name=signature)
        subject, body = (gaps.fill(each, known) for each in own)
    else:
        context = {"signature": signature, "letter": facts, "code": code, "link": link, "mark": mark}
        subject = render_to_string(f"exchange/letters/{message}.subject.txt", context)
        body = render_to_string(f"exchange/letters/{message}.txt", context)
    return " ".join(subject.split()), body.strip()


def _signature(community: Community, language: str | None) -> str:
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
