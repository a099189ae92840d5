"""What national figures add to the ministry's workplace."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from services_api.oversight import board
from tenants.workplace import MenuEntry


@hooks.register("register_admin_urls")
def national_urls() -> list[URLPattern]:
    return [
        path("national/", board.NationalView.as_view(), name="oversight_board"),
        path("national/data.csv", board.national_csv, name="oversight_csv"),
    ]


@hooks.register("register_admin_menu_item")
def national_menu_item() -> MenuItem:
    """Shown to the ministry's staff who manage communities."""
    return MenuEntry(
        pgettext_lazy("figures", "How communities answer"),
        reverse_lazy("oversight_board"),
        to=board.may_see,
        name="national",
        icon_name="table",
        order=70,
    )
