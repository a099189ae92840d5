"""Further hosts of a community: add, prove, remove."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from console import domains
from console.access import officer
from console.domains import Result
from console.forms import AddHostForm
from console.views.pages import CommunityPage
from tenants.models import Community, Domain

CONNECTED = (Community.Status.ACTIVE, Community.Status.SUSPENDED)


class AddHostView(CommunityPage):
    """An alias or an own domain."""

    template_name = "console/confirm.html"
    page_title = gettext_lazy("Add a host")
    header_icon = "plus"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        found = Community.objects.filter(slug=self.slug, status__in=CONNECTED).exists()
        if not found:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=AddHostForm()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = AddHostForm(request.POST)
        if form.is_valid():
            try:
                domain = domains.add_host(
                    self.community, officer(request), form.cleaned_data["host"], form.cleaned_data["kind"]
                )
            except ValidationError as error:
                form.add_error(None, error)
            else:
                if domain.kind == Domain.Kind.OWN:
                    text = _("%(host)s is added. It opens when the record below is found in its DNS.")
                else:
                    text = _("%(host)s is added and leads to the primary host.")
                messages.success(request, text % {"host": domain.domain})
                return redirect("console:community", slug=self.community.slug)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            submit_label=_("Add the host"),
            back_url=reverse("console:community", args=[self.community.slug]),
            **kwargs,
        )


class HostPage(CommunityPage):
    """A page about one further host of a community."""

    domain: Domain

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        found = Domain.objects.select_related("tenant").filter(
            pk=self.kwargs["pk"], tenant__slug=self.slug, is_primary=False
        )
        domain = found.first()
        if domain is None:
            raise Http404
        self.domain = domain
        return super().dispatch(request, *args, **kwargs)


class ProveHostView(HostPage):
    """Ask the DNS now."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.domain.kind != Domain.Kind.OWN:
            raise Http404
        check = domains.verify_domain(self.domain, officer(request))
        host = {"host": self.domain.domain, "record": domains.record_name(self.domain)}
        if check.result is Result.PROVED:
            messages.success(request, _("%(host)s is proved and leads to the website.") % host)
        elif check.result is Result.NO_RECORD:
            messages.warning(
                request,
                _("There is no TXT record %(record)s yet. A new record can take some hours to be seen everywhere.")
                % host,
            )
        elif check.result is Result.OTHER_VALUE:
            messages.error(
                request,
                _("The TXT record %(record)s has another value: %(found)s. Compare it with the one below.")
                % {**host, "found": ", ".join(check.found)[:200]},
            )
        else:
            messages.error(request, _("The DNS of %(host)s does not answer. Try again later.") % host)
        return redirect("console:community", slug=self.community.slug)


class RemoveHostView(HostPage):
    """Remove an alias or an own domain. GET asks, POST does it."""

    template_name = "console/confirm.html"
    page_title = gettext_lazy("Remove a host")
    header_icon = "bin"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        domains.remove_host(self.domain, officer(request))
        messages.success(request, _("%(host)s is removed.") % {"host": self.domain.domain})
        return redirect("console:community", slug=self.community.slug)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            question=_("%(host)s will lead nowhere any more.") % {"host": self.domain.domain},
            submit_label=_("Remove the host"),
            is_serious=True,
            back_url=reverse("console:community", args=[self.community.slug]),
            **kwargs,
        )
