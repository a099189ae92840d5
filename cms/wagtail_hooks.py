"""The workplace: the community's name and colour, the menu in the order of the day, nothing from outside."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import page_permission_policy

from cms.views import workplace
from cms.views.legacy_table import legacy_addresses
from cms.views.moderation import consultation_comments
from cms.views.theme import may_change_look

# Work comes first (services_api, 10-90), then the site, then the rest.
MENU_ORDER = {
    "explorer": 110,
    "news": 120,
    "images": 130,
    "documents": 140,
    "snippets": 150,
    "reports": 9000,
    "settings": 10000,
}
# Wagtail's help leads to its makers' site, in English.
HIDDEN = {"help"}


@hooks.register("construct_main_menu")
def order_menu(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    menu_items[:] = [item for item in menu_items if item.name not in HIDDEN]
    for item in menu_items:
        item.order = MENU_ORDER.get(item.name, item.order)


class NewsMenuItem(MenuItem):
    """One click to the Armenian news list, where an editor spends the day."""

    def is_shown(self, request: HttpRequest) -> bool:
        return page_permission_policy.user_has_any_permission(request.user, {"add", "change", "publish"})


@hooks.register("register_admin_menu_item")
def news_menu_item() -> MenuItem:
    return NewsMenuItem(_("News"), reverse("cms_news"), name="news", icon_name="calendar-alt", order=120)


class StyleGuideMenuItem(MenuItem):
    """For those who may change the look."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_change_look(request)


@hooks.register("register_settings_menu_item")
def styleguide_menu_item() -> MenuItem:
    return StyleGuideMenuItem(
        _("Components of the site"), reverse("styleguide"), name="styleguide", icon_name="view", order=20
    )


@hooks.register("register_admin_urls")
def workplace_urls() -> list[URLPattern]:
    return [
        path("news/", workplace.go_to_news, name="cms_news"),
    ]


@hooks.register("insert_global_admin_css")
def community_colour() -> SafeString:
    """The community's colour on buttons and links of the admin, from a file of its own."""
    return format_html('<link rel="stylesheet" href="{}">', reverse("cms_admin_css"))


@hooks.register("register_admin_viewset")
def website_tables() -> list[ModelViewSet]:
    return [legacy_addresses, consultation_comments]
