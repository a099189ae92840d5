"""What one can subscribe to, and what is new in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.languages import has_honest_title
from cms.models import AnnouncementPage, ConsultationPage, EventPage, NewsPage
from cms.models.base import BasePage
from cms.records.models import Vacancy
from cms.seeds.tree import translation_key

if TYPE_CHECKING:
    from cms.outreach.models import Alert

ALERTS = "alerts"
# More of one topic in a day is a matter for the list on the site.
MAX_OF_A_TOPIC = 20


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a letter. `key` is the same in all languages, so that nobody gets a translation as something new."""

    key: str
    topic: str
    title: str
    text: str
    path: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Topic:
    """`since` gives what was published after a moment in a language; `of` gives items by their keys."""

    code: str
    label: Any
    since: Callable[[str, datetime], list[Item]] | None = None
    of: Callable[[str, Sequence[str]], list[Item]] | None = None


_LABELS = {
    "news": _("News"),
    "announcements": _("Announcements"),
    "events": _("Events and public discussions"),
    "vacancies": _("Vacancies"),
    ALERTS: _("Emergencies and interruptions of water, electricity, gas, roads"),
}


def _pages(topic: str, *models: type[BasePage]) -> Topic:
    def items(rows: Callable[[Any], Any], language: str) -> list[Item]:
        found: list[Item] = []
        for model in models:
            live = model.objects.live().public().filter(locale__language_code=language)
            for page in rows(live.select_related("alias_of")).order_by("-first_published_at")[:MAX_OF_A_TOPIC]:
                if has_honest_title(page) and page.url:
                    key = f"{topic}:{page.translation_key.hex}"
                    found.append(Item(key, topic, page.title, page.lede, page.url, page.first_published_at))
        return found

    return Topic(
        topic,
        _LABELS[topic],
        since=lambda language, moment: items(lambda pages: pages.filter(first_published_at__gt=moment), language),
        of=lambda language, keys: items(
            lambda pages: pages.filter(translation_key__in=[key.partition(":")[2] for key in keys]), language
        ),
    )


def _vacancies() -> Topic:
    """Vacant posts of the register; each line leads to its post."""

    def items(rows: Callable[[Any], Any], language: str) -> list[Item]:
        page = Page.objects.live().filter(
            translation_key=translation_key("vacancies"), locale__language_code=language
        ).first()  # fmt: skip
        if page is None or not page.url or not has_honest_title(page):
            return []
        published = Vacancy.objects.published().exclude(**{f"title_{language}": ""})
        return [
            Item(
                f"vacancies:{row.uuid.hex}",
                "vacancies",
                getattr(row, f"title_{language}"),
                "",
                f"{page.url}{row.address}/",
                moment,
            )
            for row in rows(published).order_by("-published_at")[:MAX_OF_A_TOPIC]
            if (moment := row.published_at) is not None
        ]

    return Topic(
        "vacancies",
        _LABELS["vacancies"],
        since=lambda language, moment: items(lambda rows: rows.filter(published_at__gt=moment), language),
        of=lambda language, keys: items(
            lambda rows: rows.filter(uuid__in=[key.partition(":")[2] for key in keys]), language
        ),
    )


TOPICS: dict[str, Topic] = {
    topic.code: topic
    for topic in (
        Topic(ALERTS, _LABELS[ALERTS]),
        _pages("news", NewsPage),
        _pages("announcements", AnnouncementPage),
        _pages("events", EventPage, ConsultationPage),
        _vacancies(),
    )
}


def known(codes: Iterable[str]) -> list[str]:
    """Those of the codes that are topics, in the order of the list."""
    wanted = set(codes)
    return [code for code in TOPICS if code in wanted]


def new_items(language: str, since: datetime) -> dict[str, list[Item]]:
    """What is new in each topic of the daily letters, the newest first."""
    return {code: topic.since(language, since) for code, topic in TOPICS.items() if topic.since is not None}


def items_of(language: str, keys: Sequence[str]) -> list[Item]:
    """Items by their keys, in a language; what is not published any more is left out."""
    found: list[Item] = []
    for code, topic in TOPICS.items():
        wanted = [key for key in keys if key.startswith(f"{code}:")]
        if wanted and topic.of is not None:
            found += topic.of(language, wanted)
        elif wanted and code == ALERTS:
            found += _alerts(language, wanted)
    return found


def alert_key(alert: Alert) -> str:
    """What a letter about an alert is remembered by; a change that is told of is another item."""
    first = f"{ALERTS}:{alert.uuid.hex}"
    return first if alert.edition == 1 else f"{first}:{alert.edition}"


def _alerts(language: str, keys: Sequence[str]) -> list[Item]:
    """Alerts that are still worth a letter. An untranslated one is sent in Armenian: it is not withheld."""
    from cms.outreach import alerts
    from cms.outreach.models import Alert
    from cms.outreach.places import places

    rows = Alert.objects.published().filter(uuid__in=[key.split(":")[1] for key in keys], ends_at__gt=timezone.now())
    places_known = places(language)
    found = []
    for alert in rows:
        shown = alerts.show(alert, language, places_known)
        key = alert_key(alert)
        if key not in keys:  # a change has been told of since: the letter about that says all of this
            continue
        title = f"{shown.place}{_COLON.get(language, ':')} {shown.title}" if shown.place else shown.title
        if alert.edition > 1:
            title = gettext("Changed: %(title)s") % {"title": title}
        text = "\n".join(part for part in (shown.period, shown.text, shown.source) if part)
        found.append(Item(key, ALERTS, title, text, shown.url, alert.created_at))
    return found


_COLON = {settings.LANGUAGE_CODE: "։"}

__all__ = ["ALERTS", "TOPICS", "Item", "Topic", "alert_key", "items_of", "known", "new_items"]
