"""The list of an officer's own notices, with the wish about letters; opening one reads it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from services_api.cases.public import PERMISSION
from services_api.exchange.letters import NAMES
from services_api.exchange.notices import services
from services_api.exchange.notices.models import Notice, Wish
from tenants.workplace import ListPage, MenuEntry, with_right

PAGE_SIZE = 30
MOST_PAGES = 100
URGENT = {"reminder", "escalation"}
works_on_cases = with_right(PERMISSION)


class NoticesMenuEntry(MenuEntry):
    """The bell: the entry of the menu says how many are unread."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("Notices"),
            reverse_lazy("notices_workspace:index"),
            to=works_on_cases,
            name="notices",
            icon_name="bell",
            order=12,
        )

    def render_component(self, request: HttpRequest) -> Any:
        count = services.unread(request.user)
        if not count:
            return super().render_component(request)
        counted = MenuItem(
            _("Notices (%(count)s)") % {"count": count if count < 100 else "99+"},
            self.url, name=self.name, icon_name=self.icon_name, order=self.order, attrs={**self.attrs},
        )  # fmt: skip
        return counted.render_component(request)


class OwnNotices:
    """For whoever may work on cases; each sees their own."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not works_on_cases(request):
            raise Http404
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        response["Cache-Control"] = "no-store, private"
        return response


class NoticesView(OwnNotices, WagtailAdminTemplateMixin, TemplateView):
    template_name = "notices/list.html"
    page_title = gettext_lazy("Notices")
    header_icon = "bell"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("mail") in Wish.Mail.values:
            services.set_wish(request.user, request.POST["mail"])
            messages.success(request, _("Saved."))
        elif "read_all" in request.POST:
            services.read_all(request.user)
            messages.success(request, _("Everything is read."))
        return redirect("notices_workspace:index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = ListPage(services.notices_of(self.request.user), self.request.GET.get("p", ""), PAGE_SIZE, MOST_PAGES)
        return super().get_context_data(
            **kwargs,
            notices=[
                {"row": each, "what": NAMES.get(each.kind, each.kind), "is_urgent": each.kind in URGENT}
                for each in page.rows
            ],
            unread=services.unread(self.request.user),
            wish=services.wish_of(self.request.user),
            wishes=Wish.Mail.choices,
            page=page,
        )


class OpenView(OwnNotices, View):
    """To the case, with the notice read."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            notice = services.read(request.user, pk)
        except Notice.DoesNotExist as error:
            raise Http404 from error
        return redirect("cases_workspace:case", uuid=notice.case.uuid)
