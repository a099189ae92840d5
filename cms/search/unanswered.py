"""What visitors look for and do not find: counted by words, without anything about who asked, and bounded."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from cms.search.folding import words_of
from cms.search.models import UnansweredQuery

MAX_ROWS = 500
MAX_WORDS = 5
MAX_LENGTH = 80
# What nobody has looked for since is no wish of today.
KEPT = timedelta(days=365)


def remember(text: str, language: str) -> None:
    """Count a question that found nothing. What may name a person is not kept: digits, addresses, long sentences."""
    words = [word.form for word in words_of(text, language)]
    folded = " ".join(words)
    if not 1 <= len(words) <= MAX_WORDS or not 3 <= len(folded) <= MAX_LENGTH or "@" in text:
        return
    if any(letter.isdigit() for letter in folded):
        return
    today = timezone.localdate()
    rows = UnansweredQuery.objects.filter(language=language, words=folded)
    if rows.update(times=F("times") + 1, last_day=today):
        return
    if UnansweredQuery.objects.count() >= MAX_ROWS:
        rarest = UnansweredQuery.objects.order_by("times", "last_day").values("pk")[:20]
        UnansweredQuery.objects.filter(pk__in=rarest).delete()
    UnansweredQuery.objects.bulk_create(
        [UnansweredQuery(language=language, words=folded, last_day=today)], ignore_conflicts=True
    )


def forget_old() -> int:
    """Delete words that nobody has looked for in a year. Returns how many."""
    return UnansweredQuery.objects.filter(last_day__lt=timezone.localdate() - KEPT).delete()[0]


__all__ = ["KEPT", "forget_old", "remember"]
