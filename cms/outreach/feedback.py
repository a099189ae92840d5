"""«Օգտակա՞ր էր այս էջը»: counting answers and keeping what people wrote, without anything about the people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import Count, F, Sum
from django.urls import reverse
from django.utils import timezone

from cms.outreach.models import FeedbackComment, PageFeedback
from cms.outreach.models.feedback import MAX_COMMENT
from tenants.signing import BadSignature, tenant_salt

_SALT = "outreach.feedback"
# More in a month says nothing new, and nobody fills the table.
MAX_COMMENTS = 100
KEPT_MONTHS = 24
# Two-sided 90 %: how sure one is that a page with few answers is really bad.
_Z = 1.645
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
# Five digits and more, however they are spaced: telephones, passports, numbers of social cards.
_NUMBER = re.compile(r"(?<!\w)\+?\d(?:[\s().\-–]*\d){5,}(?!\w)")
STRUCK = "[…]"


@dataclass(frozen=True, slots=True)
class Asked:
    """The page that somebody is asked about."""

    path: str
    title: str
    language: str


def _signer() -> signing.Signer:
    return signing.Signer(salt=tenant_salt(_SALT))


def address_for(path: str, title: str, language: str) -> str:
    """Where the form of a page sends its answer. The address is signed: only pages that were shown can be answered
    for. It is the same every time, so that a kept page stays equal to itself."""
    token = _signer().sign_object([path[:300], title[:255], language], compress=True)
    return reverse("feedback", args=[token])


def asked(token: str) -> Asked:
    """The page of a token. Raises tenants.signing.BadSignature for one that we did not make for this community."""
    try:
        path, title, language = _signer().unsign_object(token)
    except (ValueError, TypeError) as error:
        raise BadSignature("not ours") from error
    return Asked(path, title, language)


def without_personal_data(text: str) -> str:
    """The text without e-mail addresses and long numbers; people are asked not to write them and do it all the same."""
    return _NUMBER.sub(STRUCK, _EMAIL.sub(STRUCK, " ".join(text.split())))[:MAX_COMMENT]


def _sums_of(page: Asked, on: date) -> PageFeedback:
    row, _is_new = PageFeedback.objects.get_or_create(
        path=page.path, month=on.replace(day=1), defaults={"title": page.title, "language": page.language}
    )
    return row


@transaction.atomic
def count(page: Asked, is_useful: bool) -> None:
    """One more answer."""
    row = _sums_of(page, timezone.localdate())
    field = "useful" if is_useful else "useless"
    PageFeedback.objects.filter(pk=row.pk).update(**{field: F(field) + 1, "title": page.title})


@transaction.atomic
def comment(page: Asked, was_useful: bool, text: str) -> bool:
    """Keep why. False when there is nothing to keep, or this page has had its share this month."""
    cleaned = without_personal_data(text)
    if not cleaned.replace(STRUCK, "").strip():
        return False
    row = _sums_of(page, timezone.localdate())
    if row.comments.count() >= MAX_COMMENTS:
        return False
    FeedbackComment.objects.create(feedback=row, was_useful=was_useful, text=cleaned)
    return True


def badness(useful: int, useless: int) -> float:
    """Lower bound of the share of «no» (Wilson), 0..1: one «no» of one answer is less bad than 40 of 50."""
    total = useful + useless
    if not total:
        return 0.0
    share = useless / total
    spread = _Z * sqrt((share * (1 - share) + _Z**2 / (4 * total)) / total)
    return (share + _Z**2 / (2 * total) - spread) / (1 + _Z**2 / total)


def report(months: int = 12) -> list[dict[str, Any]]:
    """Pages with their sums of the last months, the worst first. Two queries."""
    since = (timezone.localdate().replace(day=1) - timedelta(days=31 * (months - 1))).replace(day=1)
    rows = PageFeedback.objects.filter(month__gte=since)
    sums = rows.values("path").annotate(yes=Sum("useful"), no=Sum("useless")).order_by()
    comments = dict(
        rows.filter(comments__isnull=False).values_list("path").annotate(total=Count("comments")).order_by()
    )
    titles = dict(rows.order_by("month").values_list("path", "title"))
    listed = [
        {
            "path": row["path"],
            "title": titles[row["path"]],
            "useful": row["yes"],
            "useless": row["no"],
            "share": round(100 * row["yes"] / (row["yes"] + row["no"])) if row["yes"] + row["no"] else None,
            "comments": comments.get(row["path"], 0),
            "badness": badness(row["yes"], row["no"]),
        }
        for row in sums
    ]
    return sorted(listed, key=lambda row: (-row["badness"], row["path"]))


def comments_on(path: str, limit: int = 200) -> list[FeedbackComment]:
    """What people wrote about a page, the newest first."""
    return list(FeedbackComment.objects.filter(feedback__path=path).select_related("feedback")[:limit])


def forget_old() -> int:
    """Delete sums and comments older than two years. Returns how many rows."""
    edge = timezone.localdate().replace(day=1) - timedelta(days=31 * KEPT_MONTHS)
    return PageFeedback.objects.filter(month__lt=edge.replace(day=1)).delete()[0]


def recent_comments(limit: int = 5000) -> list[FeedbackComment]:
    """What people wrote about all pages, the newest first."""
    return list(FeedbackComment.objects.select_related("feedback")[:limit])
