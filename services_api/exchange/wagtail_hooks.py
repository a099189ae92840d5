"""What the exchange adds to the workplace."""

from __future__ import annotations

from typing import Any

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from services_api.exchange.connectors.workspace.screens import may_open
from services_api.exchange.notices.workspace.screens import NoticesMenuEntry
from services_api.exchange.workspace.rights import administers
from tenants.workplace import MenuEntry


@hooks.register("register_admin_urls")
def exchange_urls() -> list[Any]:
    return [
        path("exchange/", include("services_api.exchange.workspace.urls")),
        path("exchange/registers/", include("services_api.exchange.connectors.workspace.urls")),
        path("exchange/texts/", include("services_api.exchange.texts.workspace.urls")),
        path("notices/", include("services_api.exchange.notices.workspace.urls")),
        path("exchange/programs/", include("services_api.exchange.webhooks.workspace.urls")),
    ]


@hooks.register("register_admin_menu_item")
def outbox_menu_item() -> MenuItem:
    return MenuEntry(
        _("Outgoing items"),
        reverse_lazy("exchange_workspace:outbox"),
        to=administers,
        name="outgoing",
        icon_name="mail",
        order=420,
    )


@hooks.register("register_admin_menu_item")
def programs_menu_item() -> MenuItem:
    return MenuEntry(
        _("Programs that are told"),
        reverse_lazy("webhooks_workspace:index"),
        to=administers,
        name="programs",
        icon_name="link",
        order=430,
    )


@hooks.register("register_admin_menu_item")
def texts_menu_item() -> MenuItem:
    return MenuEntry(
        _("Texts of letters"),
        reverse_lazy("texts_workspace:index"),
        to=administers,
        name="letter-texts",
        icon_name="edit",
        order=415,
    )


@hooks.register("register_admin_menu_item")
def notices_menu_item() -> MenuItem:
    return NoticesMenuEntry()


@hooks.register("register_icons")
def bell_icon(icons: list[str]) -> list[str]:
    return [*icons, "notices/icons/bell.svg"]


@hooks.register("register_admin_menu_item")
def registers_menu_item() -> MenuItem:
    return MenuEntry(
        _("Outside registers"),
        reverse_lazy("connectors_workspace:index"),
        to=may_open,
        name="registers",
        icon_name="resubmit",
        order=60,
    )
