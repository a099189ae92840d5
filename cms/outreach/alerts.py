"""Reading and writing alerts: what stands above the pages now, and what is said about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from cms.addresses import prefix
from cms.languages import translation_of
from cms.outreach.models import Alert
from cms.outreach.periods import period
from cms.outreach.places import Place, named, places
from cms.syndication.models import SharedItem
from cms.syndication.selectors import alerts as shared_alerts

# A planned interruption is announced on the home page so long before it begins.
ANNOUNCED_BEFORE = timedelta(days=3)
# An alert of the ministry that has no end stays so long.
LONGEST = timedelta(days=30)
# Above every page there is room for one; the others wait until it is hidden or ended.
MAX_IN_BAR = 5


def address(alert: Alert, language: str) -> str:
    """Address of an alert's own page."""
    return f"{prefix(language)}alerts/{alert.uuid}/"


@dataclass(frozen=True, slots=True)
class Shown:
    """An alert as readers of one language see it. `lang` is "" unless the words are in another language."""

    id: str
    kind: str
    kind_text: str
    title: str
    text: str
    lang: str
    text_lang: str
    place: str
    place_slugs: str
    starts_at: datetime
    ends_at: datetime
    source: str
    url: str
    is_dismissible: bool

    def is_current(self, at: datetime) -> bool:
        return self.starts_at <= at < self.ends_at

    @property
    def period(self) -> str:
        return period(self.starts_at, self.ends_at)


def show(alert: Alert, language: str, known: Sequence[Place]) -> Shown:
    """What a reader of a language is told. An alert without a translation is told in Armenian, and says so: somebody
    who cannot read it can still ask; somebody who is told nothing cannot."""
    title, lang = alert.said("title", language)
    text, text_lang = alert.said("text", language)
    return Shown(
        id=alert.uuid.hex,
        kind=alert.kind,
        kind_text=str(alert.get_kind_display()),
        title=title,
        text=text,
        lang=lang,
        text_lang=text_lang,
        place="" if alert.is_whole_community else named(alert.settlements, known),
        place_slugs=" ".join(place.slug for place in known if place.key in alert.settlements),
        starts_at=alert.starts_at,
        ends_at=alert.ends_at,
        source=alert.source,
        url=address(alert, language),
        is_dismissible=alert.is_dismissible,
    )


def show_shared(item: SharedItem, language: str) -> Shown:
    """An alert that the ministry has put on the community's pages; one that cannot be hidden is an emergency."""
    title, original = item.text("title", language), item.text("title")
    is_locked = item.mode == SharedItem.Mode.LOCKED
    kind = Alert.Kind.EMERGENCY if is_locked else Alert.Kind.OTHER
    lang = "" if title or language == settings.LANGUAGE_CODE else settings.LANGUAGE_CODE
    return Shown(
        id=item.uuid.hex,
        kind=kind,
        kind_text=str(kind.label),
        title=title or original,
        text=item.text("lede", settings.LANGUAGE_CODE if lang else language),
        lang=lang,
        text_lang=lang,
        place="",
        place_slugs="",
        starts_at=item.starts_at or item.shared_at,
        ends_at=item.ends_at or item.shared_at + LONGEST,
        source="",
        url=item.text("url", language) or item.text("url"),
        is_dismissible=not is_locked,
    )


def upcoming(language: str) -> list[Shown]:
    """Alerts that have not ended, of the community and of the ministry, in the order of the bar. Three queries at
    most, two when there is none."""
    now = timezone.now()
    rows = list(Alert.objects.published().filter(ends_at__gt=now).order_by("-starts_at", "-pk"))
    known = places(language) if rows else []
    shown = [show_shared(item, language) for item in shared_alerts()]
    shown += [show(alert, language, known) for alert in rows]
    return sorted(shown, key=lambda alert: alert.kind != Alert.Kind.EMERGENCY)


def next_change(shown: Iterable[Shown], now: datetime) -> datetime | None:
    """The next moment at which a page that shows these alerts becomes untrue; None when it stays true."""
    moments = [
        moment
        for alert in shown
        for moment in (alert.starts_at - ANNOUNCED_BEFORE, alert.starts_at, alert.ends_at)
        if moment > now
    ]
    return min(moments, default=None)


def in_force(shown: Iterable[Shown], now: datetime) -> list[Shown]:
    """Those for the bar above every page."""
    return [alert for alert in shown if alert.is_current(now)][:MAX_IN_BAR]


def announced(shown: Iterable[Shown], now: datetime) -> list[Shown]:
    """Those for the home page: in force, then what begins within three days, the nearest first."""
    listed = list(shown)
    soon = [alert for alert in listed if now < alert.starts_at <= now + ANNOUNCED_BEFORE]
    return [
        *(alert for alert in listed if alert.is_current(now)),
        *sorted(soon, key=lambda alert: alert.starts_at),
    ]


def page_with_more(alert: Alert, language: str) -> Page | None:
    """The page that says more, in this language; none when it is not published in it."""
    if alert.page_id is None:
        return None
    page = Page.objects.filter(pk=alert.page_id, live=True).first()
    return translation_of(page, language) if page else None


@contextmanager
def publishing(alert: Alert, *, tell_again: bool = False) -> Iterator[None]:
    """Around the saving of an alert: its first publication gets its moment, and tells the subscribers, once.

    `tell_again`: they are told of a change, because whoever made it has asked for that.
    """
    is_first = alert.is_published and alert.published_at is None
    if is_first:
        alert.published_at = timezone.now()
    elif tell_again and alert.is_published:
        alert.edition += 1
    with transaction.atomic():
        yield
        if is_first or (tell_again and alert.is_published):
            from cms.outreach.mailing import announce

            announce(alert)


def save(alert: Alert, *, tell_again: bool = False) -> Alert:
    """Check and store an alert. Raises django.core.exceptions.ValidationError for what `full_clean` refuses."""
    with publishing(alert, tell_again=tell_again):
        alert.full_clean()
        alert.save()
    return alert


__all__ = [
    "Shown",
    "address",
    "announced",
    "in_force",
    "next_change",
    "page_with_more",
    "publishing",
    "save",
    "show",
    "upcoming",
]
