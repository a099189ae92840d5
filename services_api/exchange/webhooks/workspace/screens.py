"""Programs that are told of cases: their list, one of them with its last answers, and the form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from services_api.exchange.webhooks import events, services
from services_api.exchange.webhooks.addresses import AddressRefused, read
from services_api.exchange.webhooks.models import EventType, Subscription
from services_api.exchange.workspace.rights import Administration

REFUSALS = {
    "scheme": gettext_lazy("The address must begin with https://."),
    "host": gettext_lazy("This address cannot be called."),
    "local": gettext_lazy("This address lies in a network of our own. Give one that is reached from the internet."),
}


class SubscriptionForm(forms.ModelForm):
    """What the administrator decides; the secret is not a matter of the form."""

    url = forms.URLField(
        label=gettext_lazy("address"),
        max_length=500,
        assume_scheme="https",
        help_text=Subscription._meta.get_field("url").help_text,
    )
    events = forms.MultipleChoiceField(
        label=gettext_lazy("What it hears of"), choices=EventType.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Subscription
        fields = ["name", "url", "events"]

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        try:
            read(url)
        except AddressRefused as error:
            raise forms.ValidationError(REFUSALS[error.why]) from error
        return url


class Screen(Administration, TemplateView):
    """What the screens share: who may see them, and the way back."""

    header_icon = "link"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        listed = {"url": reverse("webhooks_workspace:index"), "label": _("Programs that are told")}
        return [*self.breadcrumbs_items, listed, {"url": "", "label": self.get_page_title()}]

    @property
    def subscription(self) -> Subscription:
        return get_object_or_404(Subscription, uuid=self.kwargs["uuid"])


class ListView(Screen):
    template_name = "webhooks/list.html"
    page_title = gettext_lazy("Programs that are told")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, subscriptions=Subscription.objects.all())


class AddView(Screen):
    template_name = "webhooks/form.html"
    page_title = gettext_lazy("New program")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", SubscriptionForm())
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SubscriptionForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        given = form.cleaned_data
        made, secret = services.subscribe(given["name"], given["url"], given["events"], request.user)
        return _tell_once(request, made, secret)


class EditView(Screen):
    template_name = "webhooks/form.html"
    page_title = gettext_lazy("Change the program")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        subscription = self.subscription
        kwargs.setdefault("form", SubscriptionForm(instance=subscription))
        return super().get_context_data(**kwargs, subscription=subscription)

    def post(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        form = SubscriptionForm(request.POST, instance=self.subscription)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        form.save()
        messages.success(request, _("Saved."))
        return redirect("webhooks_workspace:detail", uuid=uuid)


class DetailView(Screen):
    template_name = "webhooks/detail.html"

    def get_page_title(self) -> str:
        return self.subscription.name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        subscription = self.subscription
        labels = {**dict(EventType.choices), events.TEST: _("a test")}
        deliveries = [
            {"row": each, "label": labels.get(each.event_type, each.event_type)}
            for each in subscription.deliveries.all()[:50]
        ]
        return super().get_context_data(
            **kwargs,
            subscription=subscription,
            deliveries=deliveries,
        )

    def post(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        subscription = self.subscription
        deed = request.POST.get("deed", "")
        if deed == "rotate":
            return _tell_once(request, subscription, services.rotate(subscription))
        if deed == "test":
            events.enqueue_test(subscription)
            messages.success(request, _("A test is on its way. Its answer will stand in the list in a few seconds."))
        elif deed == "pause":
            services.pause(subscription)
            messages.success(request, _("Paused: the program is told nothing."))
        elif deed == "resume":
            services.resume(subscription)
            messages.success(request, _("The program is told again, from now on."))
        elif deed == "remove":
            subscription.delete()
            messages.success(request, _("Removed."))
            return redirect("webhooks_workspace:index")
        return redirect("webhooks_workspace:detail", uuid=uuid)


def _tell_once(request: HttpRequest, subscription: Subscription, secret: str) -> HttpResponse:
    """The page with the secret is an answer to the form itself: it is neither kept nor found again by its address."""
    view = DetailView()
    view.setup(request, uuid=subscription.uuid)
    return view.render_to_response(view.get_context_data(secret=secret), headers={"Cache-Control": "no-store, private"})
