"""What stands around every public page: the `site` object of themes/README.md.

Computed once for a tenant, a language and a stamp of its pages; a request adds only what differs between pages.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page

from cms import footer, look, menu, share_card
from cms import hours as opening
from cms.addresses import in_language, place_address, prefix, root_url
from cms.languages import current_language, is_honest, language_of
from cms.naming import name_in, region, site_name
from cms.page_cache import holds_until, stamp
from cms.phones import phone_href
from tenants.context import current_community
from tenants.models import Community
from themes import accent

# Paths that have no public chrome; their templates would only pay for it.
WITHOUT_CHROME = ("/admin/", "/api/", "/static/", "/media/", "/health/")
MAX_REMEMBERED = 600
HOME_DEPTH = 2


@dataclass
class _Known:
    stamp: str
    site: dict[str, Any]
    openings: list[opening.Opening] = field(default_factory=list)
    homes: dict[str, str] = field(default_factory=dict)
    # Published alerts that had not ended when this was computed; the clock says which of them are shown.
    alerts: list[Any] = field(default_factory=list)


_known: dict[tuple[str, str], _Known] = {}


def site_chrome(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `site` and `feedback_url`, computed when a template asks for them; nothing in the admin and
    outside a tenant."""
    if getattr(request, "tenant", None) is None or request.path_info.startswith(WITHOUT_CHROME):
        return {}
    return {
        "site": SimpleLazyObject(lambda: _site(request)),
        "feedback_url": SimpleLazyObject(lambda: _feedback_url(request)),
    }


def _feedback_url(request: HttpRequest) -> str:
    """Where «Օգտակա՞ր էր այս էջը» is sent. A view that shows a record names it in `request.shown_title`."""
    from cms.outreach import feedback

    page = getattr(request, "current_page", None)
    title = getattr(request, "shown_title", "") or (page.title if page is not None else "")
    return feedback.address_for(request.path_info, title or request.path_info, current_language())


def hours(request: HttpRequest) -> list[dict[str, Any]]:
    """The table of reception hours, in the active language."""
    known = _for_request(request)
    if known is None:
        return []
    now = timezone.localtime()
    holds_until(request, opening.open_now(known.openings, now)[1].timestamp())
    return opening.as_rows(known.openings, now)


def forget() -> None:
    """For tests: nothing is remembered."""
    _known.clear()


def announced_alerts(request: HttpRequest) -> list[Any]:
    """Alerts for the home page: those in force and those that begin within three days."""
    from cms.outreach import alerts

    known = _for_request(request)
    return alerts.announced(known.alerts, timezone.now()) if known else []


def _alerts_in_force(request: HttpRequest, known: _Known) -> list[Any]:
    """Alerts for the line above the page, which holds until the next one begins or ends."""
    from cms.outreach import alerts

    now = timezone.now()
    change = alerts.next_change(known.alerts, now)
    if change is not None:
        holds_until(request, change.timestamp())
    return alerts.in_force(known.alerts, now)


def _for_request(request: HttpRequest) -> _Known | None:
    community = current_community()
    if community is None:
        return None
    language = current_language()
    key = (community.schema_name, language)
    now_stamp = stamp(community.schema_name)
    if look.is_preview():
        return _compute(community, language, now_stamp)
    known = _known.get(key)
    if known is None or known.stamp != now_stamp:
        if len(_known) >= MAX_REMEMBERED:
            _known.clear()
        known = _known[key] = _compute(community, language, now_stamp)
    return known


def _site(request: HttpRequest) -> dict[str, Any] | None:
    known = _for_request(request)
    if known is None:
        return None
    site = copy.copy(known.site)
    now = timezone.localtime()
    site["open_now"], until = opening.open_now(known.openings, now)
    holds_until(request, until.timestamp())
    site["alerts"] = _alerts_in_force(request, known)
    page = getattr(request, "current_page", None)
    here = page.url if page is not None and page.pk else request.path_info
    site["menu"] = menu.marked(known.site["menu"], here or "")
    site["languages"] = _languages(request, known, page)
    site["year"] = now.year
    site["canonical_url"] = _canonical(request, site["root_url"], here)
    return site


def _canonical(request: HttpRequest, root: str, here: str | None) -> str:
    """The one address of this page: on the primary host, with the number of a list's page and nothing else."""
    path = (here or request.path_info) + getattr(request, "current_subpath", "")
    number = request.GET.get("p", "")
    return f"{root}{path}" + (f"?p={number}" if number.isascii() and number.isdecimal() and int(number) > 1 else "")


def _languages(request: HttpRequest, known: _Known, page: Any) -> list[dict[str, Any]]:
    """Languages that have a home page; each leads to this page in it, or to its home."""
    active = current_language()
    translations: dict[str, str] = {}
    if page is not None and page.pk and page.depth > HOME_DEPTH:
        subpath = getattr(request, "current_subpath", "")
        for other in _translations(page):
            translations[language_of(other)] = (other.url or "") + subpath
    elif page is None:
        match = getattr(request, "resolver_match", None)
        if match is not None and match.url_name not in {"wagtail_serve", "media"}:
            translations = {code: in_language(request.get_full_path(), code) for code in known.homes}
    return [
        {
            "code": code,
            "name": name,
            "is_current": code == active,
            "url": translations.get(code) or known.homes[code],
        }
        for code, name in settings.LANGUAGES
        if code in known.homes
    ]


def _translations(page: Any) -> list[Any]:
    live = Page.objects.filter(translation_key=page.translation_key, live=True).specific()
    return [other for other in live if is_honest(other)]


def _compute(community: Community, language: str, now_stamp: str) -> _Known:
    from cms.models import HomePage
    from cms.outreach import alerts

    homes = {language_of(home): home for home in HomePage.objects.live()}
    homes = {code: home for code, home in homes.items() if is_honest(home)}
    home = homes.get(language)
    profile = look.profile()
    openings = [
        opening.Opening(row.first_day, row.last_day, row.opens, row.closes, row.break_from, row.break_to)
        for row in (profile.hours.all() if profile else [])
    ]
    children, grandchildren = menu.pages_below(home) if home else ([], [])
    phone = profile.phone if profile else ""
    site = {
        "name": site_name(community, language),
        "genitive": community.genitive if language == "hy" else name_in(community, language),
        "region": region(community, language),
        "arms_url": _arms_url(profile),
        "home_url": home.url if home else prefix(language),
        "root_url": root_url(community),
        "share_url": share_card.address(community, profile, language),
        "search_url": place_address("search", language),
        "case_url": place_address("case", language),
        "theme_url": theme_url(profile.accent if profile else ""),
        "theme": profile.theme if profile else "",
        "fonts": profile.fonts if profile else "",
        "layout": profile.layout if profile else "",
        "hero_image": profile.hero if profile else None,
        "social": [{"title": link.title, "url": link.url} for link in profile.social_links.all()] if profile else [],
        "staff_login_url": "/admin/",
        "menu": menu.sections(children, grandchildren, language),
        "alerts_url": place_address("alerts", language),
        "subscribe_url": place_address("subscribe", language),
        "contact": {
            "address": profile.address(language) if profile else "",
            "phone": phone,
            "phone_href": phone_href(phone),
            "email": profile.email if profile else "",
            "hours_text": opening.as_line(openings),
        },
        "footer_columns": footer.columns(home, children, grandchildren, language),
        "opening_spans": opening.as_spans(openings),
        "is_demo": settings.DEMO,
    }
    addresses = {code: other.url for code, other in homes.items() if other.url}
    return _Known(now_stamp, site, openings, addresses, alerts.upcoming(language))


def _arms_url(profile: Any) -> str:
    if profile is None or profile.arms is None:
        return ""
    # Twice the size of the header's place, for fine screens.
    return profile.arms.get_rendition("max-144x144|format-png").url


def theme_url(colour: str) -> str:
    """Address of the community's style sheet, with a stamp of its content; empty while the colour is the default."""
    from cms.models.profile import DEFAULT_ACCENT
    from cms.views.theme import css_stamp

    if not colour or colour == DEFAULT_ACCENT or not accent.check(colour).accepted:
        return ""
    if look.is_preview():
        return f"/theme.css?preview={colour.removeprefix('#')}"
    return f"/theme.css?v={css_stamp(colour)}"
