"""`/alerts/`: what is, what will be and what was; one page an alert; RSS and JSON, for all settlements or for one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.languages import current_language
from cms.naming import site_name
from cms.outreach import alerts
from cms.outreach.models import Alert
from cms.outreach.places import Place, places
from cms.page_cache import allow_caching, holds_until
from tenants.context import current_community

PAST_A_PAGE = 20
FEED_ITEMS = 50
# What ended longer ago is history for the archive, not for the list.
SHOWN_AFTER_END = timedelta(days=365)


def _place(slug: str, known: list[Place]) -> Place | None:
    """The settlement of an address; None for the whole list. Raises Http404 for an unknown one."""
    if not slug:
        return None
    found = next((place for place in known if place.slug == slug), None)
    if found is None:
        raise Http404
    return found


def _rows(place: Place | None) -> Any:
    rows = Alert.objects.published()
    return rows.for_place(place.key) if place else rows


def _keep_true(request: HttpRequest) -> None:
    """The page in the cache ends when the next alert begins or ends."""
    now = timezone.now()
    edges = [
        Alert.objects.planned(now).values_list("starts_at", flat=True).first(),
        Alert.objects.published().filter(ends_at__gt=now).order_by("ends_at").values_list("ends_at", flat=True).first(),
    ]
    moments = [edge for edge in edges if edge is not None]
    if moments:
        holds_until(request, min(moments).timestamp())


@require_safe
def alert_list(request: HttpRequest, place: str = "") -> HttpResponse:
    """Current, planned and past alerts; `place` is the settlement's word in the address."""
    language, now = current_language(), timezone.now()
    known = places(language)
    chosen = _place(place, known)
    rows = _rows(chosen)
    past = Paginator(rows.past(now).filter(ends_at__gt=now - SHOWN_AFTER_END), PAST_A_PAGE).get_page(
        request.GET.get("p")
    )
    past.object_list = [alerts.show(alert, language, known) for alert in past.object_list]
    _keep_true(request)
    context = {
        "title": _("Alerts in %(place)s") % {"place": chosen.name} if chosen else _("Alerts and interruptions"),
        "place": chosen,
        "places": [
            {"name": each.name, "url": reverse("alerts_of_place", args=[each.slug]), "is_current": each == chosen}
            for each in known
        ],
        "all_url": reverse("alerts"),
        "current": [alerts.show(alert, language, known) for alert in rows.current(now)],
        "planned": [alerts.show(alert, language, known) for alert in rows.planned(now)],
        "page_obj": past,
        "feed_url": reverse("alerts_feed_of_place", args=[chosen.slug]) if chosen else reverse("alerts_feed"),
        "json_url": reverse("alerts_json_of_place", args=[chosen.slug]) if chosen else reverse("alerts_json"),
    }
    return allow_caching(render(request, "outreach/alerts.html", context))


@require_safe
def alert_detail(request: HttpRequest, uuid: Any) -> HttpResponse:
    """One alert; it stays readable under its address after it has ended, and says so."""
    language, now = current_language(), timezone.now()
    alert = get_object_or_404(Alert.objects.published(), uuid=uuid)
    shown = alerts.show(alert, language, places(language))
    edges = [moment for moment in (alert.starts_at, alert.ends_at) if moment > now]
    if edges:
        holds_until(request, min(edges).timestamp())
    more = alerts.page_with_more(alert, language)
    context = {
        "alert": shown,
        "state": "planned" if alert.starts_at > now else "current" if alert.ends_at > now else "past",
        "more": {"title": more.title, "url": more.url} if more else None,
        "updated_at": alert.updated_at,
        "crumbs": [{"title": _("Alerts and interruptions"), "url": reverse("alerts")}],
    }
    return allow_caching(render(request, "outreach/alert.html", context))


@require_safe
def alerts_json(request: HttpRequest, place: str = "") -> HttpResponse:
    """The same list as data: current and planned ones, times in ISO 8601 with the zone."""
    language, now = current_language(), timezone.now()
    known = places(language)
    rows = _rows(_place(place, known)).filter(ends_at__gt=now).order_by("starts_at", "pk")
    host = f"{request.scheme}://{request.get_host()}"
    _keep_true(request)
    items = []
    for alert in rows:
        shown = alerts.show(alert, language, known)
        items.append(
            {
                "id": str(alert.uuid),
                "kind": alert.kind,
                "title": shown.title,
                "text": shown.text,
                "language": shown.lang or language,
                "whole_community": alert.is_whole_community,
                "settlements": [each.name for each in known if each.key in alert.settlements],
                "starts_at": timezone.localtime(alert.starts_at).isoformat(),
                "ends_at": timezone.localtime(alert.ends_at).isoformat(),
                "source": alert.source,
                "url": host + shown.url,
            }
        )
    return allow_caching(JsonResponse({"alerts": items}, json_dumps_params={"ensure_ascii": False, "indent": 1}))


class AlertFeed(Feed):
    """Alerts as RSS 2.0, the newest first, with those that have ended in the last month."""

    feed_type = Rss201rev2Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.host = f"{request.scheme}://{request.get_host()}"
        self.language: str = current_language()
        self.known = places(self.language)
        return allow_caching(super().__call__(request, *args, **kwargs))

    def get_object(self, request: HttpRequest, place: str = "") -> Any:
        return _place(place, self.known) or ""

    def title(self, chosen: Any) -> str:
        community = current_community()
        name = site_name(community, self.language) if community else ""
        what = _("Alerts in %(place)s") % {"place": chosen.name} if chosen else _("Alerts and interruptions")
        return f"{name}: {what}"

    def link(self, chosen: Any) -> str:
        return self.host + (reverse("alerts_of_place", args=[chosen.slug]) if chosen else reverse("alerts"))

    def description(self, chosen: Any) -> str:
        return _("Emergencies, interruptions of water, electricity and gas, roads.")

    def items(self, chosen: Any) -> list[alerts.Shown]:
        rows = _rows(chosen or None).filter(ends_at__gt=timezone.now() - timedelta(days=30))
        return [alerts.show(alert, self.language, self.known) for alert in rows.order_by("-published_at")[:FEED_ITEMS]]

    def item_title(self, item: alerts.Shown) -> str:
        return f"{item.place}: {item.title}" if item.place else item.title

    def item_description(self, item: alerts.Shown) -> str:
        return "\n".join(part for part in (item.period, item.text, item.source) if part)

    def item_link(self, item: alerts.Shown) -> str:
        return self.host + item.url

    def item_guid(self, item: alerts.Shown) -> str:
        return item.id

    item_guid_is_permalink = False


def alert_feed(request: HttpRequest, place: str = "") -> HttpResponse:
    """A feed object for each request: it carries the language and the host."""
    return AlertFeed()(request, place=place)
