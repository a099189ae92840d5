"""What may stand in braces in an own text, and how it is filled in. No language of templates: only these words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services_api.cases.public import Letter
from services_api.exchange.texts.models import Channel
from services_api.workdays.public import local

GAP = re.compile(r"\{([a-z_]+)\}")
# What each gap is filled with.
MEANINGS = {
    "number": gettext_lazy("number of the application"),
    "subject": gettext_lazy("its subject"),
    "procedure": gettext_lazy("name of the procedure"),
    "name": gettext_lazy("the municipality, as it signs"),
    "link": gettext_lazy("link to the page of the case"),
    "code": gettext_lazy("tracking code"),
    "submitted": gettext_lazy("day of submission"),
    "registered": gettext_lazy("day of registration"),
    "due": gettext_lazy("day of the answer"),
    "step": gettext_lazy("what happened, in words"),
    "text": gettext_lazy("what the officer has written"),
    "missing": gettext_lazy("what is missing, a line each"),
    "reply_by": gettext_lazy("day until which the applicant answers"),
    "ground": gettext_lazy("ground of the extension"),
    "body": gettext_lazy("body that it was sent to"),
    "reason": gettext_lazy("reasons"),
    "original": gettext_lazy("number of the case that goes on"),
}
_COMMON = ("number", "subject", "procedure", "name", "link", "due")
_MORE = {
    "received": ("code", "submitted", "registered"),
    "progress": ("step",),
    "asked": ("text", "missing", "reply_by"),
    "message": ("text",),
    "extended": ("ground",),
    "forwarded": ("body", "reason"),
    "merged": ("original",),
}
# Without these the letter would not do what it is sent for.
_NEEDED = {"received": {"number", "code"}, "asked": {"text", "link"}, "message": {"text", "link"}}
# A short message has four segments of 67 signs outside GSM's alphabet: the longest that is still read as one.
LONGEST: dict[tuple[str, str], int] = {
    (Channel.MAIL, "subject"): 200,
    (Channel.MAIL, "body"): 5_000,
    (Channel.SMS, "body"): 268,
}
_SMS_MORE = {"received": ("code",), "asked": ("reply_by",)}


def allowed(channel: str, message: str) -> tuple[str, ...]:
    """The gaps that a message may have."""
    if channel == Channel.SMS:
        return ("number", "name", "link", "due", *_SMS_MORE.get(message, ()))
    return (*_COMMON, *_MORE.get(message, ()))


def findings(channel: str, message: str, subject: str, body: str) -> list[tuple[str, str]]:
    """What is wrong with an own text: (subject or body, in words); [] when it may be sent. The same for everybody who
    writes one: a community, and a version of a procedure."""
    parts = {"subject": subject, "body": body} if channel == Channel.MAIL else {"body": body}
    if not all(each.strip() for each in parts.values()):
        return [
            (name, _("Subject and text are needed.") if channel == Channel.MAIL else _("The text is needed."))
            for name, each in parts.items()
            if not each.strip()
        ]
    known, told, found = set(allowed(channel, message)), [], set()
    for name, text in parts.items():
        gaps = set(GAP.findall(text))
        found |= gaps
        told += [
            (name, _("There is no gap {%(name)s} in this letter.") % {"name": gap}) for gap in sorted(gaps - known)
        ]
        if re.search(r"[{}]", GAP.sub("", text)):
            told.append((name, _("A brace stands alone. Gaps are written as {number}.")))
        if len(text) > LONGEST[channel, name]:
            told.append((name, _("The text is too long.")))
    needed = _NEEDED.get(message, {"number"}) if channel == Channel.MAIL else {"number"}
    told += [("body", _("The gap {%(name)s} must not be missing.") % {"name": gap}) for gap in sorted(needed - found)]
    if "\n" in subject or "\r" in subject:
        told.append(("subject", _("The subject is one line.")))
    return told


def problems(channel: str, message: str, subject: str, body: str) -> list[str]:
    """What is wrong with an own text, in words; [] when it may be kept."""
    return list(dict.fromkeys(told for _part, told in findings(channel, message, subject, body)))


def values(letter: Letter, *, code: str, link: str, name: str) -> dict[str, str]:
    """What the gaps are filled with, in the active language; "" for what this case does not have."""

    def day(moment: datetime | None) -> str:
        return date_format(local(moment), "DATE_FORMAT") if moment else ""

    return {
        "number": letter.number,
        "subject": letter.subject,
        "procedure": letter.procedure,
        "name": name,
        "link": link,
        "code": code,
        "submitted": day(letter.submitted_at),
        "registered": day(letter.registered_at),
        "due": day(letter.due_at),
        "step": letter.event_text,
        "text": letter.message_text,
        "missing": "\n".join(f"- {each}" for each in letter.missing),
        "reply_by": day(letter.reply_by),
        "ground": letter.ground,
        "body": letter.body,
        "reason": letter.reason,
        "original": letter.original,
    }


def fill(text: str, known: Mapping[str, str]) -> str:
    """The text with its gaps filled. A line that has gaps, all of them empty, is left out.

    What is filled in is never looked at again: a brace in somebody's words is a brace.
    """
    lines = []
    for line in text.splitlines():
        gaps = GAP.findall(line)
        if gaps and not any(known.get(name) for name in gaps):
            continue
        lines.append(GAP.sub(lambda found: known.get(found[1], ""), line))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
