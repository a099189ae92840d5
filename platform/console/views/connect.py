"""The wizard: which community, which host, who is invited, check, go. Each screen is a plain form."""

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
from console.connection import NEW_FIELDS, SCREEN_OF_FIELD, Draft
from console.forms import AdministratorForm, ChooseForm, HostForm, NewCommunityForm
from console.views.pages import ConsolePage
from tenants import hosts
from tenants.models import Marz

STEPS = [
    (gettext_lazy("Community"), "connect"),
    (gettext_lazy("Host"), "connect_host"),
    (gettext_lazy("First administrator"), "connect_administrator"),
    (gettext_lazy("Check"), "connect_check"),
]


class WizardPage(ConsolePage):
    """A screen of the wizard. POST keeps what was entered, even wrong or on the way back, and then goes on."""

    page_title = gettext_lazy("Connect a community")
    step = 1
    back = ""
    onward = ""
    form_class: type[forms.Form]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.draft = Draft(request.session)
        if self.step > 1 and self.draft.community() is None:
            return redirect("console:connect")
        return super().dispatch(request, *args, **kwargs)

    def form(self, data: Any = None) -> forms.Form:
        """The form, bound to `data` or showing what the draft holds."""
        return self.form_class(data, initial=self.initial())

    def initial(self) -> dict[str, Any]:
        return {name: self.draft.data[name] for name in self.form_class.base_fields if name in self.draft.data}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # `?check` comes from the last screen: show at the field what is wrong with it.
        form = self.form(self.initial()) if "check" in request.GET else self.form()
        if form.is_bound:
            for field, found in self.draft.problems().items():
                if field in form.fields and not form.errors.get(field):
                    form.add_error(field, found)
        return self.render_to_response(self.get_context_data(form=form))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        valid = form.is_valid()
        entered = {name: form.data.get(name, "").strip() for name in form.fields}
        self.keep({**entered, **(form.cleaned_data if valid else {})})
        if "back" in request.POST:
            return redirect(f"console:{self.back}")
        if not valid:
            return self.render_to_response(self.get_context_data(form=form), status=422)
        return redirect(f"console:{self.onward}")

    def keep(self, values: dict[str, str]) -> None:
        self.draft.update(**values)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            steps=[
                {
                    "number": number,
                    "label": label,
                    "url": reverse(f"console:{view}") if number < self.step else "",
                    "is_current": number == self.step,
                }
                for number, (label, view) in enumerate(STEPS, start=1)
            ],
            step=self.step,
            steps_total=len(STEPS),
            step_title=STEPS[self.step - 1][0],
            community=self.draft.community(),
            has_back=bool(self.back),
            cancel_url=reverse("console:communities"),
            **kwargs,
        )


class ChooseView(WizardPage):
    """Step 1: one of the catalogue's communities; a search that works without script."""

    template_name = "console/connect/choose.html"
    onward = "connect_host"
    form_class = ChooseForm

    def form(self, data: Any = None) -> ChooseForm:
        # A choice made before the search was narrowed must stay possible.
        search = "" if data is not None else self.request.GET.get("q", "")
        return ChooseForm(data, search=search, chosen=self.draft.data.get("code", ""))

    def keep(self, values: dict[str, str]) -> None:
        if values.get("code"):
            self.draft.choose(values["code"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            query=self.request.GET.get("q", ""),
            found=kwargs["form"].number,
            new_url=reverse("console:connect_new"),
            **kwargs,
        )


class NewCommunityView(WizardPage):
    """Step 1, otherwise: the names of a new community."""

    template_name = "console/connect/form.html"
    back = "connect"
    onward = "connect_host"
    form_class = NewCommunityForm

    def keep(self, values: dict[str, str]) -> None:
        self.draft.describe_new(**{name: values.get(name, "") for name in NEW_FIELDS})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(heading=_("A community that is not in the catalogue"), **kwargs)


class HostView(WizardPage):
    """Step 2: the host of the website."""

    template_name = "console/connect/form.html"
    step = 2
    back = "connect"
    onward = "connect_administrator"
    form_class = HostForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if Draft(request.session).data.get("slug"):
            self.back = "connect_new"
        return super().dispatch(request, *args, **kwargs)

    def form(self, data: Any = None) -> HostForm:
        return HostForm(data, initial={"host": self.draft.host()}, community=self.draft.community())

    def initial(self) -> dict[str, Any]:
        return {"host": self.draft.host()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(heading=_("Where will the website be?"), **kwargs)


class AdministratorView(WizardPage):
    """Step 3: the first administrator."""

    template_name = "console/connect/form.html"
    step = 3
    back = "connect_host"
    onward = "connect_check"
    form_class = AdministratorForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            heading=_("Who runs the website first?"),
            intro=_("This person gets a letter with a link, chooses a password and can then invite colleagues."),
            **kwargs,
        )


class CheckView(WizardPage):
    """Step 4: everything that will be done, in plain words, and the button."""

    template_name = "console/connect/check.html"
    step = 4
    back = "connect_administrator"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(problems=self.draft.problems()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            community = services.connect(self.draft.request(), officer(request))
        except ValidationError as error:
            found = {field: [str(message) for message in found] for field, found in error.message_dict.items()}
            return self.render_to_response(self.get_context_data(problems=found), status=422)
        self.draft.clear()
        messages.success(request, _("The connection of %(name)s has started.") % {"name": community.name()})
        return redirect("console:progress", slug=community.slug)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, list[str]] = kwargs.pop("problems")
        data = self.draft.data
        marz_code = data.get("marz", "")
        community = self.draft.community()
        marz = community.marz if community and community.marz_id else Marz.objects.filter(code=marz_code).first()
        return super().get_context_data(
            problems=[
                {"message": message, "url": reverse(f"console:{SCREEN_OF_FIELD.get(field, 'connect')}") + "?check"}
                for field, messages_found in found.items()
                for message in messages_found
            ],
            marz=marz,
            host=self.draft.host(),
            address=hosts.address(self.draft.host()),
            administrator={
                "email": data.get("admin_email", ""),
                "name": f"{data.get('admin_first_name', '')} {data.get('admin_last_name', '')}".strip(),
            },
            change={
                "community": reverse("console:connect_new" if data.get("slug") else "console:connect"),
                "host": reverse("console:connect_host"),
                "administrator": reverse("console:connect_administrator"),
            },
            settlements=community.settlements.count() if community and community.pk else 0,
            provisioning_steps=selectors.planned_steps(),
            **kwargs,
        )


__all__ = ["AdministratorView", "CheckView", "ChooseView", "HostView", "NewCommunityView"]
