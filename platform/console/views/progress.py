"""The connection of a community while it runs: a page that moves by itself, with or without script."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from console import selectors, services
from console.access import officer
from console.views.pages import CommunityPage
from tenants import hosts
from tenants.models import Community


class ProgressView(CommunityPage):
    """Steps, bar, reason of a failure, and what can be done about it."""

    template_name = "console/progress.html"
    page_title = gettext_lazy("Connection")

    def panel(self) -> dict[str, Any]:
        """What the moving part of the page shows."""
        host = self.community.primary_host()
        return {
            "community": self.community,
            "progress": selectors.progress(self.community),
            "address": hosts.address(host) if host else "",
            "onboarding": selectors.onboarding_of(self.community),
            "retry_url": reverse("console:retry", args=[self.community.slug]),
            "undo_url": reverse("console:undo", args=[self.community.slug]),
            "detail_url": reverse("console:community", args=[self.community.slug]),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **self.panel(), poll_url=reverse("console:progress_json", args=[self.community.slug]), **kwargs
        )


class ProgressJsonView(ProgressView):
    """The same as data: `{state, percent, active, html}`; `html` is the moving part of the page."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        panel = self.panel()
        progress = panel["progress"]
        response = JsonResponse(
            {
                "state": progress.state,
                "percent": progress.percent,
                "active": progress.is_active,
                "html": render_to_string("console/includes/progress_panel.html", panel, request=request),
            }
        )
        response["Cache-Control"] = "no-store"
        return response


class RetryView(CommunityPage):
    """Hand an unfinished connection to the worker again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            reached = services.retry(self.community, officer(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            if reached:
                messages.success(request, _("The connection goes on where it stopped."))
            else:
                messages.error(request, _("The queue of the worker does not answer. Try again in a minute."))
        return redirect("console:progress", slug=self.community.slug)


class UndoView(CommunityPage):
    """Take back a connection that was never opened. GET asks, POST does it."""

    template_name = "console/confirm.html"
    page_title = gettext_lazy("Undo the connection")
    header_icon = "bin"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.community.status != Community.Status.PROVISIONING:
            messages.warning(request, _("%(name)s is not being connected.") % {"name": self.community.name()})
            return redirect("console:community", slug=self.community.slug)
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            services.undo(self.community, officer(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("console:progress", slug=self.community.slug)
        messages.success(request, _("The connection of %(name)s is undone.") % {"name": self.community.name()})
        return redirect("console:communities")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            question=_(
                "What was prepared for %(name)s is removed: its schema, its host, the invitation. Nothing was visible "
                "to residents. The community can be connected again later."
            )
            % {"name": self.community.name()},
            submit_label=_("Yes, undo the connection"),
            is_serious=True,
            back_url=reverse("console:progress", args=[self.community.slug]),
            **kwargs,
        )
