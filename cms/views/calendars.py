"""Events as files for calendars: one, or all that are coming."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from cms.calendars import as_calendar
from cms.languages import current_language
from cms.models import EventPage
from cms.naming import site_name
from cms.page_cache import allow_caching
from tenants.context import current_community

MAX_EVENTS = 500
# What has just been stays in a subscribed calendar for a while.
PAST_DAYS = 60


@require_safe
def events_ics(request: HttpRequest) -> HttpResponse:
    """`/events.ics`: coming events of the language of the address, and those of the last weeks."""
    since = timezone.now() - timedelta(days=PAST_DAYS)
    locale = Locale.objects.filter(language_code=current_language()).first()
    events = (
        EventPage.objects.live().filter(locale=locale, starts_at__gte=since).order_by("starts_at", "pk").defer("body")
    )
    return _answer(request, list(events[:MAX_EVENTS]), "events.ics")


@require_safe
def event_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """`/events/<slug>.ics`: one event."""
    locale = Locale.objects.filter(language_code=current_language()).first()
    event = EventPage.objects.live().filter(locale=locale, slug=slug).order_by("-starts_at").first()
    if event is None:
        raise Http404
    return _answer(request, [event], f"{slug}.ics")


def _answer(request: HttpRequest, events: list[EventPage], filename: str) -> HttpResponse:
    community = current_community()
    name = site_name(community, current_language()) if community else ""
    text = as_calendar(
        events, host=f"{request.scheme}://{request.get_host()}", name=_("%(site)s: events") % {"site": name}
    )
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    return allow_caching(response)
