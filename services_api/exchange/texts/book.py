"""The letters that can have own words, told to the catalogue: versions of procedures have theirs (ADR 0037)."""

from __future__ import annotations

from services_api.exchange.letters import NAMES, TO_APPLICANT
from services_api.exchange.letters import sample_text as mail_sample
from services_api.exchange.sms.sending import MESSAGES as SMS_MESSAGES
from services_api.exchange.sms.sending import sample_text as sms_sample
from services_api.exchange.texts import gaps
from services_api.exchange.texts.models import Channel
from services_api.exchange.texts.services import own_text
from services_api.procedures.public import LetterBook, LetterKind, letters_by

# In the order of a case's life.
MESSAGES = [each for each in NAMES if each in TO_APPLICANT]


def channels() -> dict[str, list[str]]:
    """The messages that each channel has."""
    return {Channel.MAIL: MESSAGES, Channel.SMS: [each for each in MESSAGES if each in SMS_MESSAGES]}


def gap_rows(channel: str, message: str) -> list[tuple[str, str]]:
    """The gaps of a letter as they are typed, each with what it is filled with."""
    return [("{" + name + "}", str(gaps.MEANINGS[name])) for name in gaps.allowed(channel, message)]


def look(channel: str, message: str, language: str, words: tuple[str, str] | None) -> tuple[str, str]:
    """Subject and text for a sample case: with these words, for None with the community's own or the shipped ones."""
    if words is None:
        own = own_text(channel, message, language)
        words = (own.subject, own.body) if own else None
    return (mail_sample if channel == Channel.MAIL else sms_sample)(message, language, words)


def _kinds() -> list[LetterKind]:
    return [
        LetterKind(
            channel=str(channel),
            message=message,
            channel_label=str(Channel(channel).label),
            label=str(NAMES[message]),
            has_subject=channel == Channel.MAIL,
            gaps=tuple(gap_rows(channel, message)),
        )
        for channel, listed in channels().items()
        for message in listed
    ]


letters_by(LetterBook(kinds=_kinds, findings=gaps.findings, look=look))
