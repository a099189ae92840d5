"""Shared content in the menus: «Shared content» at the ministry, «From the ministry» in a community."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms.models import ContentPage, NewsPage, SyndicatedPage
from cms.syndication import access
from cms.syndication.views import community, ministry
from tenants.workplace import MenuEntry


def _ministry_shares(request: HttpRequest) -> bool:
    return access.on_ministry() and access.may_publish(request.user)


def _community_decides(request: HttpRequest) -> bool:
    return access.on_community() and access.may_publish(request.user)


@hooks.register("register_admin_menu_item")
def shared_menu_item() -> MenuItem:
    return MenuEntry(
        _("Shared content"),
        reverse_lazy("shared_items"),
        to=_ministry_shares,
        name="shared",
        icon_name="share",
        order=180,
    )


@hooks.register("register_admin_menu_item")
def offers_menu_item() -> MenuItem:
    return MenuEntry(
        _("From the ministry"),
        reverse_lazy("from_ministry"),
        to=_community_decides,
        name="from-ministry",
        icon_name="share",
        order=180,
    )


@hooks.register("register_admin_urls")
def shared_urls() -> list[URLPattern]:
    return [
        path("shared/", access.ministry_only(ministry.ItemsView.as_view()), name="shared_items"),
        path("shared/alert/", access.ministry_only(ministry.AlertView.as_view()), name="share_alert"),
        path("shared/page/<int:page_id>/", access.ministry_only(ministry.SharePageView.as_view()), name="share_page"),
        path("shared/<uuid:uuid>/", access.ministry_only(ministry.ItemView.as_view()), name="shared_item"),
        path("shared/<uuid:uuid>/alert/", access.ministry_only(ministry.AlertView.as_view()), name="shared_alert_edit"),
        path("from-ministry/", access.community_only(community.OffersView.as_view()), name="from_ministry"),
        path("from-ministry/<uuid:uuid>/", access.community_only(community.OfferView.as_view()), name="offer"),
    ]


@hooks.register("register_page_header_buttons")
def share_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """«Share with communities» on published news and pages of the ministry."""
    is_ours = issubclass(page.specific_class or Page, NewsPage | ContentPage)
    is_copy = issubclass(page.specific_class or Page, SyndicatedPage)
    if access.on_ministry() and is_ours and not is_copy and page.live and access.may_publish(user):
        yield Button(
            _("Share with communities"), url=reverse("share_page", args=[page.pk]), icon_name="share", priority=15
        )


@hooks.register("register_icons")
def share_icon(icons: list[str]) -> list[str]:
    return [*icons, "syndication/share.svg"]
