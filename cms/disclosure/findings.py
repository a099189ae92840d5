"""What an evaluator answers, and what age makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from cms.disclosure.dates import later
from cms.disclosure.models import PublicationDuty, Verdict

# The worse one counts where two sources look at the same duty.
ORDER = (Verdict.FAIL, Verdict.TOLERATED, Verdict.PASS, Verdict.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict with its proof. `message` is a code of messages.py, so that it can be read in three languages.

    `since` is known where a date decides; otherwise the day on which the verdict was first seen counts.
    """

    verdict: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)
    evidence_url: str = ""
    newest_on: date | None = None
    since: date | None = None


def worse(one: Finding, other: Finding) -> Finding:
    """The worse of two findings; the first one when they are equally bad."""
    return min(one, other, key=lambda finding: ORDER.index(Verdict(finding.verdict)))


def missing(message: str, *, url: str = "", **params: Any) -> Finding:
    """The duty is not kept."""
    return Finding(Verdict.FAIL, message, params, url)


def published(duty: PublicationDuty, newest_on: date | None, today: date, *, url: str = "") -> Finding:
    """Something is there; its age says whether that is enough: kept, tolerated for the days of grace, not kept."""
    if duty.freshness is None or newest_on is None:
        return Finding(Verdict.PASS, "there", {}, url, newest_on)
    due = later(newest_on, duty.freshness, duty.freshness_unit)
    return dated(newest_on, due, duty.grace_days, today, url=url)


def dated(newest_on: date, due: date, grace_days: int, today: date, *, url: str = "") -> Finding:
    """What holds until a day: kept up to it, tolerated for the days of grace, not kept afterwards."""
    words = {"date": newest_on.isoformat(), "due": due.isoformat()}
    if today <= due:
        return Finding(Verdict.PASS, "fresh", words, url, newest_on)
    last = due + timedelta(days=grace_days)
    if today <= last:
        return Finding(Verdict.TOLERATED, "ageing", words, url, newest_on, since=due + timedelta(days=1))
    return Finding(Verdict.FAIL, "stale", words, url, newest_on, since=last + timedelta(days=1))


def at(finding: Finding, url: str) -> Finding:
    """The same finding with the address of its place, where it has none yet."""
    return finding if finding.evidence_url or not url else replace(finding, evidence_url=url)
