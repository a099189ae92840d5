"""Every write and read of own texts."""

from __future__ import annotations

from django.utils import timezone

from services_api.exchange.texts import gaps
from services_api.exchange.texts.models import Channel, LetterText
from services_api.procedures.public import LetterMessages, words_in


class TextRefused(Exception):
    """The text was not kept; `problems` says why, in words."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def own_text(channel: str, message: str, language: str) -> LetterText | None:
    """The community's own text, None where the shipped one is used."""
    return LetterText.objects.filter(channel=channel, message=message, language=language).first()


def words_for(messages: LetterMessages, channel: str, message: str, language: str) -> tuple[str, str] | None:
    """Subject and text of a letter: those of the case's version (`messages`), otherwise the community's own; None
    where the shipped ones are used. The more particular words count (ADR 0037)."""
    found = words_in(messages, channel, message, language)
    if found is not None:
        return found
    own = own_text(channel, message, language)
    return (own.subject, own.body) if own else None


def keep(channel: str, message: str, language: str, *, subject: str, body: str, by: str) -> LetterText:
    """Keep an own text. Raises TextRefused."""
    subject = " ".join(subject.split()) if channel == Channel.MAIL else ""
    body = body.replace("\r\n", "\n").strip()
    told = gaps.problems(channel, message, subject, body)
    if told:
        raise TextRefused(told)
    found, _created = LetterText.objects.update_or_create(
        channel=channel, message=message, language=language,
        defaults={"subject": subject, "body": body, "changed_at": timezone.now(), "changed_by": by[:300]},
    )  # fmt: skip
    return found


def reset(channel: str, message: str, language: str) -> None:
    """Back to the shipped text."""
    LetterText.objects.filter(channel=channel, message=message, language=language).delete()
