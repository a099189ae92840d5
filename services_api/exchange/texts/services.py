"""Every write and read of own texts."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from services_api.exchange.texts import gaps
from services_api.exchange.texts.models import Channel, LetterText


class TextRefused(Exception):
    """The text was not kept; `problems` says why, in words."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def own_text(channel: str, message: str, language: str) -> LetterText | None:
    """The community's own text, None where the shipped one is used."""
    return LetterText.objects.filter(channel=channel, message=message, language=language).first()


def keep(channel: str, message: str, language: str, *, subject: str, body: str, by: str) -> LetterText:
    """Keep an own text. Raises TextRefused."""
    subject = " ".join(subject.split()) if channel == Channel.MAIL else ""
    body = body.replace("\r\n", "\n").strip()
    told = gaps.problems(channel, message, subject, body)
    if not body or (channel == Channel.MAIL and not subject):
        told = [_("Subject and text are needed.")]
    if len(subject) > 200 or len(body) > (5_000 if channel == Channel.MAIL else 268):
        told = [_("The text is too long.")]
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
