"""How many are subscribed to what. Addresses are shown to nobody: the letters find them by themselves."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.viewsets.base import ViewSet

from cms.outreach import subscriptions
from tenants.workplace import MenuEntry, staff_only, with_right

may_see = with_right("outreach.view_subscriber")


@staff_only(may_see)
def figures(request: HttpRequest) -> HttpResponse:
    """Sums by topic and language."""
    names = dict(settings.LANGUAGES)
    sums = subscriptions.figures()
    context = {
        "page_title": _("Subscriptions"),
        "header_icon": "mail",
        **sums,
        "languages": [{"label": names[row["language"]], "total": row["total"]} for row in sums["languages"]],
    }
    return render(request, "outreach/workspace/subscribers.html", context)


class SubscribersViewSet(ViewSet):
    """The figures of the subscriptions."""

    name = "outreach_subscribers"
    url_prefix = "outreach/subscribers"
    icon = "mail"
    menu_label = gettext_lazy("Subscriptions")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", figures, name="index")]

    def get_menu_item(self, order: int | None = None) -> Any:
        return MenuEntry(
            self.menu_label,
            reverse("outreach_subscribers:index"),
            to=may_see,
            name="subscribers",
            icon_name=self.icon,
            order=order,
        )
