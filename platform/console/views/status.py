"""Suspend, resume, archive, invite again: each asks first and does it by POST."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from console import selectors, services
from console.access import officer
from console.forms import ArchiveForm, ReasonForm
from console.views.pages import CommunityPage
from tenants.models import Community


class ConfirmPage(CommunityPage):
    """A question, a form if more must be known, and one button. `possible_in`: the statuses in which it makes sense."""

    template_name = "console/confirm.html"
    possible_in: tuple[str, ...] = ()
    question: Any = ""
    submit_label: Any = ""
    done: Any = ""
    is_serious = False

    def form(self, data: Any = None) -> forms.Form:
        return forms.Form(data)

    def act(self, form: forms.Form) -> None:
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.community.status not in self.possible_in:
            messages.warning(
                request,
                _("%(name)s is “%(status)s”; this cannot be done now.")
                % {"name": self.community.name(), "status": self.community.get_status_display()},
            )
            return self.leave()
        return self.render_to_response(self.get_context_data(form=self.form()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        try:
            self.act(form)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, self.done % {"name": self.community.name()})
        return self.leave()

    def leave(self) -> HttpResponse:
        return redirect("console:community", slug=self.community.slug)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            question=self.question % {"name": self.community.name()},
            submit_label=self.submit_label,
            is_serious=self.is_serious,
            back_url=reverse("console:community", args=[self.community.slug]),
            **kwargs,
        )


class SuspendView(ConfirmPage):
    page_title = gettext_lazy("Suspend")
    header_icon = "lock"
    possible_in = (Community.Status.ACTIVE,)
    question = gettext_lazy(
        "Visitors of %(name)s will see that the website is away, and the reason. Its staff can still sign in and work."
    )
    submit_label = gettext_lazy("Suspend the website")
    done = gettext_lazy("%(name)s is suspended.")
    is_serious = True

    def form(self, data: Any = None) -> forms.Form:
        return ReasonForm(data)

    def act(self, form: forms.Form) -> None:
        services.suspend(self.community, officer(self.request), form.cleaned_data["reason"])


class ResumeView(ConfirmPage):
    page_title = gettext_lazy("Resume")
    header_icon = "lock-open"
    possible_in = (Community.Status.SUSPENDED, Community.Status.ARCHIVED)
    question = gettext_lazy("The website of %(name)s will answer everybody again.")
    submit_label = gettext_lazy("Resume the website")
    done = gettext_lazy("%(name)s is active again.")

    def act(self, form: forms.Form) -> None:
        services.resume(self.community, officer(self.request))


class ArchiveView(ConfirmPage):
    page_title = gettext_lazy("Archive")
    header_icon = "folder-inverse"
    possible_in = (Community.Status.ACTIVE, Community.Status.SUSPENDED)
    question = gettext_lazy(
        "%(name)s is closed for good, for example after a merger: its website answers “gone” and nobody can sign in. "
        "Its data is kept."
    )
    submit_label = gettext_lazy("Archive the community")
    done = gettext_lazy("%(name)s is archived.")
    is_serious = True

    def form(self, data: Any = None) -> forms.Form:
        return ArchiveForm(data, community=self.community)

    def act(self, form: forms.Form) -> None:
        services.archive(self.community, officer(self.request), form.cleaned_data["reason"])


class InviteAgainView(ConfirmPage):
    page_title = gettext_lazy("Send the invitation again")
    header_icon = "mail"
    possible_in = (Community.Status.ACTIVE, Community.Status.SUSPENDED)
    question = gettext_lazy("The first administrator of %(name)s gets a new letter; its link is valid for seven days.")
    submit_label = gettext_lazy("Send the letter")
    done = gettext_lazy("The letter to the first administrator of %(name)s is on its way.")

    def act(self, form: forms.Form) -> None:
        onboarding = selectors.onboarding_of(self.community)
        if onboarding is None or not services.invite_again(
            self.community, officer(self.request), onboarding.admin_email
        ):
            raise ValidationError(_("The first administrator has already accepted the invitation."))
