"""A year of a demonstration community: who governs, what is spent, bought, sold, discussed and celebrated."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from cms.public import authoring
from console.demo import pictures
from tenants.models import Community

DATA = Path(__file__).parent / "year"
HALL = ("Մշակույթի տուն", "House of culture", "Дом культуры")
# Nothing of a demonstration is on another site: recordings lead to a page that explains it.
VIDEO_LINK = "https://example.am/video"
# When the texts of the tree were published last, in days ago; within every duty's freshness.
TEXT_AGE = 20


@cache
def data(name: str) -> dict[str, Any]:
    """The rows of a community, or of the budget that all share."""
    rows: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def write(community: Community, accent: str) -> None:
    """Records and pages of the year. Runs inside the community; idempotent."""
    rows, year = data(community.slug), authoring.year
    bodies = year.add_government(rows["bodies"], rows["people"], rows["seats"])
    year.describe_settlements(rows["settlements"])
    year.add_organisations(rows["organisations"])
    _budgets(rows)
    year.add_plans(rows["programmes"], rows["reports"])
    year.add_procurement(rows["procurement"])
    year.add_property(rows["properties"], rows["auctions"])
    year.add_vacancies(rows["vacancies"], bodies)
    year.add_videos(rows["videos"], VIDEO_LINK)
    for key, texts in rows["pages"].items():
        year.set_text(key, texts, ago=TEXT_AGE)
    year.add_announcements(rows["announcements"])
    year.add_events(rows["events"])
    year.add_consultations(rows["consultations"], HALL)
    year.add_alerts(rows["alerts"])
    year.add_polls(rows["polls"])
    _album(community, accent)


def news(slug: str) -> list[dict[str, Any]]:
    """The year's news, the newest first, in the form of content.json."""
    rows: list[dict[str, Any]] = data(slug)["news"]
    return rows


def _budgets(rows: dict[str, Any]) -> None:
    """Last year's budget whole, this year's to the last quarter that is over and reported (a month later)."""
    today, shared = timezone.localdate(), data("budget")
    reported = max(0, (today.month - 2) // 3)
    last, this = shared["quarters"]
    earlier = round(rows["total"] * 0.93 / 1_000_000) * 1_000_000
    authoring.year.add_budget(today.year - 1, earlier, shared["lines"], "96-Ն", last)
    authoring.year.add_budget(today.year, rows["total"], shared["lines"], rows["decision"], this[:reported])


def _album(community: Community, accent: str) -> None:
    """A photo album of drawings, marked as such."""
    subjects = (("garden", "Այգիներ"), ("village", "Գյուղեր"), ("water", "Գետեր"))
    drawn = [
        authoring.add_picture(
            f"{title} ({community.name_hy})",
            f"Գծանկար՝ {title.lower()} և լեռներ",
            pictures.landscape(f"{community.slug}/album/{subject}", accent, subject),
            is_drawing=True,
        )
        for subject, title in subjects
    ]
    authoring.year.add_album("year", ("Տարին նկարներով", "The year in pictures", "Год в картинках"), drawn)
