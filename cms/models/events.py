"""Events: a calendar, and the events themselves."""

from __future__ import annotations

import calendar
import datetime
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Prefetch, Q
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import PageManager, PageQuerySet
from wagtail.search import index

from cms.addresses import event_address, place_address
from cms.blocks import PageBodyBlock
from cms.dates import Month, holds_today, month_of, start_of, today
from cms.models.archived import ArchivedListPage
from cms.models.base import BasePage
from cms.models.media import SiteImage
from cms.models.news import LIST_RENDITIONS
from cms.models.panels import page_screen
from cms.models.tags import PageTag
from cms.stream import BodyField

EVENTS_A_PAGE = 20
DAYS_A_WEEK = 7


class EventQuerySet(PageQuerySet):
    """Events by the day on which they end."""

    def with_end(self) -> EventQuerySet:
        return self.annotate(last_moment=Coalesce("ends_at", "starts_at"))

    def upcoming(self) -> EventQuerySet:
        """Not over before today, the next first."""
        return self.with_end().filter(last_moment__gte=start_of(today())).order_by("starts_at", "pk")

    def past(self) -> EventQuerySet:
        """Over before today, the latest first."""
        return self.with_end().filter(last_moment__lt=start_of(today())).order_by("-starts_at", "-pk")

    def within(self, first: datetime.date, end: datetime.date) -> EventQuerySet:
        """Those that touch the days from `first` to before `end`."""
        rows = self.with_end().filter(starts_at__lt=start_of(end), last_moment__gte=start_of(first))
        return rows.order_by("starts_at", "pk")


class EventIndexPage(ArchivedListPage):
    """The calendar: what is coming, each month, and what has been."""

    template = "cms/event_index_page.html"
    parent_page_types = ["cms.SectionPage"]
    subpage_types = ["cms.EventPage"]
    rows_a_page = EVENTS_A_PAGE
    feed = "events_feed"
    below = {**ArchivedListPage.below, "month": r"(?P<year>\d{4})/(?P<month>\d{2})"}
    edit_handler = page_screen(FieldPanel("lede"), review=False)

    class Meta:
        verbose_name = _("calendar of events")
        verbose_name_plural = _("calendars of events")

    def current(self) -> EventQuerySet:
        return events_of(self).upcoming()

    def over(self) -> EventQuerySet:
        return events_of(self).past()

    def below_month(self, request: HttpRequest, year: str, month: str) -> HttpResponse:
        try:
            asked = Month(int(year), int(month))
        except ValueError as error:
            raise Http404 from error
        rows = events_of(self).within(asked.first, asked.end)
        return self.answer(request, self.list_context(request, rows, month=asked))

    def month_url(self, month: Month | None) -> str:
        """Address of a month, empty for none."""
        return f"{self.url or ''}{month.year}/{month.month:02}/" if month else ""

    def list_context(
        self, request: HttpRequest, rows: EventQuerySet, *, is_archive: bool = False, month: Month | None = None
    ) -> dict[str, Any]:
        context = super().list_context(request, rows, is_archive=is_archive)
        shown = "archive" if is_archive else "month" if month else "upcoming"
        month = month or month_of(today())
        context.update(
            shown=shown,
            weekdays=[{"name": WEEKDAYS[day], "short": WEEKDAYS_ABBR[day]} for day in range(DAYS_A_WEEK)],
            month={
                "first": month.first,
                "weeks": self._weeks(month),
                "url": self.month_url(month),
                "previous_url": self.month_url(month.previous),
                "previous": month.previous.first if month.previous else None,
                "next_url": self.month_url(month.next),
                "next": month.next.first if month.next else None,
            },
            upcoming_url=self.url,
            calendar_url=place_address("calendar", self.language),
        )
        return context

    def _weeks(self, month: Month) -> list[list[dict[str, Any] | None]]:
        """The days of a month, Monday first; a day carries its events, None stands for a day of another month."""
        busy: dict[datetime.date, list[EventPage]] = {}
        for event in events_of(self).within(month.first, month.end):
            for day in event.days():
                if month.first <= day < month.end:
                    busy.setdefault(day, []).append(event)
        weeks = calendar.Calendar().monthdatescalendar(month.year, month.month)
        return [
            [
                {"date": day, "events": busy.get(day, []), "is_today": day == today()}
                if day.month == month.month
                else None
                for day in week
            ]
            for week in weeks
        ]


class EventPage(BasePage):
    """Something that takes place: when, where, and how to take part."""

    starts_at = models.DateTimeField(_("begins"), db_index=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    is_all_day = models.BooleanField(_("the whole day"), default=False, help_text=_("Only the dates are shown."))
    place = models.CharField(_("place"), max_length=200, blank=True, help_text=_("House, hall, square; with address."))
    settlement = models.CharField(_("settlement"), max_length=100, blank=True)
    online_url = models.URLField(_("address of the broadcast"), blank=True)
    image = models.ForeignKey(
        "cms.SiteImage", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    body = BodyField(PageBodyBlock(), verbose_name=_("text"), blank=True)
    tags = ClusterTaggableManager(through=PageTag, blank=True, verbose_name=_("topics"))

    objects = PageManager.from_queryset(EventQuerySet)()  # type: ignore[misc]

    search_kind = "event"
    template = "cms/event_page.html"
    parent_page_types = ["cms.EventIndexPage"]
    subpage_types: list[str] = []
    search_fields = [*BasePage.search_fields, index.FilterField("starts_at")]
    edit_handler = page_screen(
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]), FieldPanel("is_all_day")],
            heading=_("When"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("place"), FieldPanel("settlement")]), FieldPanel("online_url")],
            heading=_("Where"),
        ),
        FieldPanel("lede"),
        FieldPanel("image"),
        FieldPanel("body"),
        FieldPanel("tags"),
    )

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")), name="event_ends_after_it_begins"
            )
        ]

    def clean(self) -> None:
        super().clean()
        if self.ends_at and self.starts_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("The event ends before it begins.")})

    @property
    def date(self) -> datetime.date:
        """The first day, in Yerevan."""
        return timezone.localtime(self.starts_at).date()

    @property
    def last_date(self) -> datetime.date:
        """The last day, in Yerevan."""
        return timezone.localtime(self.ends_at or self.starts_at).date()

    @property
    def is_past(self) -> bool:
        return self.last_date < today()

    def days(self) -> list[datetime.date]:
        """All days of the event."""
        return [self.date + timedelta(days=number) for number in range((self.last_date - self.date).days + 1)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        holds_today(request)
        context = super().get_context(request, *args, **kwargs)
        others = events_of(self.get_parent()).upcoming().exclude(pk=self.pk)[:3]
        context.update(
            calendar_url=event_address(self.slug, self.language),
            related=[{"title": other.title, "url": other.url} for other in others],
        )
        return context


def events_of(parent: Any) -> EventQuerySet:
    """Published events of a calendar, with what the list draws."""
    images = SiteImage.objects.prefetch_renditions(*LIST_RENDITIONS)
    rows: EventQuerySet = EventPage.objects.child_of(parent).live()
    return rows.defer("body").prefetch_related(Prefetch("image", queryset=images))
