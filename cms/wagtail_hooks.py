"""The workplace: the community's name and colour, the menu in the order of the day, nothing from outside."""

from __future__ import annotations

from django.http import HttpRequest
from django.templatetags.static import static
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
from cms.workplace_menu import arranged
from tenants.workplace import MenuEntry


def may_write(request: HttpRequest) -> bool:
    """Whoever may write a page somewhere."""
    return bool(page_permission_policy.user_has_any_permission(request.user, {"add", "change", "publish"}))


@hooks.register("construct_main_menu", order=1000)
def order_menu(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    menu_items[:] = arranged(menu_items)


@hooks.register("register_admin_menu_item")
def news_menu_item() -> MenuItem:
    """One click to the Armenian news list, where an editor spends the day."""
    return MenuEntry(_("News"), reverse("cms_news"), to=may_write, name="news", icon_name="calendar-alt", order=120)


@hooks.register("register_settings_menu_item")
def styleguide_menu_item() -> MenuItem:
    return MenuEntry(
        _("Components of the site"),
        reverse("styleguide"),
        to=may_change_look,
        name="styleguide",
        icon_name="view",
        order=20,
    )


@hooks.register("register_admin_urls")
def workplace_urls() -> list[URLPattern]:
    return [
        path("news/", workplace.go_to_news, name="cms_news"),
    ]


@hooks.register("insert_global_admin_css")
def community_colour() -> SafeString:
    """The community's colour on buttons and links of the admin, its menu, and what keeps it within a narrow screen."""
    return format_html(
        '<link rel="stylesheet" href="{}"><link rel="stylesheet" href="{}"><link rel="stylesheet" href="{}">',
        reverse("cms_admin_css"),
        static("cms/css/menu.css"),
        static("cms/css/narrow.css"),
    )


@hooks.register("register_admin_viewset")
def website_tables() -> list[ModelViewSet]:
    return [legacy_addresses, consultation_comments]
