"""The officer's screens of alerts: one form, begun from a ready wording."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_time
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from cms.outreach import alerts, wording
from cms.outreach.models import Alert
from cms.outreach.places import places

# What makes a second letter worth while.
MATERIAL = ("kind", "starts_at", "ends_at", "is_whole_community", "settlements")


class AlertForm(WagtailAdminModelForm):
    """Settlements are chosen from the register, not written."""

    settlements = forms.MultipleChoiceField(label=_("settlements"), required=False, widget=forms.CheckboxSelectMultiple)

    tell_again = forms.BooleanField(
        label=_("Write to the subscribers that it has changed"),
        required=False,
        help_text=_(
            "One more letter, «Changed», to those who are concerned now and to those who were told before. "
            "For another kind, time or place; a corrected word is no reason for a letter."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.published_at is None:
            del self.fields["tell_again"]  # the first publication tells by itself
        keys = [place.key for place in places(settings.LANGUAGE_CODE)]
        # A settlement that has left the register stays in the alert until somebody takes it out.
        keys += [key for key in self.instance.settlements if key not in keys]
        self.fields["settlements"].choices = [(key, key) for key in keys]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("tell_again") and not self.errors:
            ends_at = cleaned.get("ends_at")
            # Not `changed_data`: a field with a default that is computed always counts as changed.
            before = Alert.objects.get(pk=self.instance.pk)
            if all(getattr(before, name) == cleaned.get(name) for name in MATERIAL):
                self.add_error("tell_again", _("Kind, time and place are as they were: there is nothing to write of."))
            elif not cleaned.get("is_published") or (ends_at and ends_at <= timezone.now()):
                self.add_error("tell_again", _("Nobody is written to about an alert that is over or taken away."))
        return cleaned


class QuickStart(forms.Form):
    """What, where, when: the rest is written by the wording."""

    kind = forms.ChoiceField(label=_("What"), choices=Alert.Kind.choices)
    place = forms.ChoiceField(label=_("Where"), required=False)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    since = forms.TimeField(
        label=pgettext_lazy("time", "From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    until = forms.TimeField(
        label=pgettext_lazy("time", "Until"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(place.key, place.name) for place in places(settings.LANGUAGE_CODE)]
        self.fields["place"].choices = [("", _("The whole community")), *names]  # type: ignore[attr-defined]


def begun(values: dict[str, Any]) -> Alert | None:
    """An unsaved alert from the answers of the quick start; None when they make no sense."""
    day, since, until = (
        parse_date(values.get("day", "")),
        parse_time(values.get("since", "")),
        parse_time(values.get("until", "")),
    )
    if values.get("kind") not in Alert.Kind.values or not (day and since and until):
        return None
    starts_at = timezone.make_aware(datetime.combine(day, since))
    ends_at = timezone.make_aware(datetime.combine(day, until))
    if ends_at <= starts_at:  # over midnight
        ends_at += timedelta(days=1)
    place = values.get("place", "")
    return Alert(
        kind=values["kind"],
        starts_at=starts_at,
        ends_at=ends_at,
        is_whole_community=not place,
        settlements=[place] if place else [],
        is_dismissible=values["kind"] != Alert.Kind.EMERGENCY,
        **wording.draft(values["kind"], starts_at, ends_at).fields,
    )


class Publishing:
    """Saving tells the subscribers at the first publication, and of a change when that is ticked."""

    def save_instance(self) -> Alert:
        form = self.form  # type: ignore[attr-defined]
        with alerts.publishing(form.instance, tell_again=bool(form.cleaned_data.get("tell_again"))):
            return super().save_instance()  # type: ignore[misc]


class AlertCreateView(Publishing, generic.CreateView):
    def get_initial_form_instance(self) -> Alert | None:
        given = self.request.GET.dict()
        try:
            return begun(given) if "kind" in given else None
        except ValueError:
            return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        given = self.request.GET
        context["quick"] = QuickStart(
            initial={
                "kind": given.get("kind", Alert.Kind.WATER),
                "place": given.get("place", ""),
                "day": given.get("day") or timezone.localdate(),
                "since": given.get("since") or time(10),
                "until": given.get("until") or time(14),
            }
        )
        return context


class AlertEditView(Publishing, generic.EditView):
    pass


class StateColumn(Column):
    """Where the alert stands today, in a word."""

    def get_value(self, instance: Any) -> Any:
        now = timezone.now()
        if not instance.is_published:
            return _("draft")
        if instance.starts_at > now:
            return _("planned")
        return _("in force") if instance.ends_at > now else _("past")


class PlaceColumn(Column):
    """Names as the row keeps them: they are the Armenian ones."""

    def get_value(self, instance: Any) -> Any:
        return _("The whole community") if instance.is_whole_community else ", ".join(instance.settlements)


class AlertViewSet(ModelViewSet):
    """«Ահազանգեր»."""

    model = Alert
    name = "outreach_alerts"
    url_prefix = "outreach/alerts"
    icon = "warning"
    menu_label = _("Alerts")
    menu_order = 10
    add_view_class = AlertCreateView
    edit_view_class = AlertEditView
    copy_view_enabled = False
    create_template_name = "outreach/workspace/alert_create.html"
    list_display = [
        "title_hy",
        PlaceColumn("place", label=_("Where")),
        Column("starts_at", label=pgettext_lazy("time", "From"), sort_key="starts_at"),
        Column("ends_at", label=pgettext_lazy("time", "Until"), sort_key="ends_at"),
        StateColumn("state", label=_("State")),
        BooleanColumn("title_en", label=_("in English"), accessor=lambda alert: bool(alert.title_en)),
    ]
    list_filter = ["kind", "is_published"]
    search_fields = ["title_hy", "title_en", "title_ru"]
    ordering = ["-starts_at"]
    edit_handler = ObjectList(
        [
            FieldPanel("kind"),
            FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
            MultiFieldPanel([FieldPanel("is_whole_community"), FieldPanel("settlements")], heading=_("Where")),
            MultiFieldPanel([FieldPanel("title_hy"), FieldPanel("text_hy")], heading=_("In Armenian")),
            MultiFieldPanel([FieldPanel("title_en"), FieldPanel("text_en")], heading=_("In English")),
            MultiFieldPanel([FieldPanel("title_ru"), FieldPanel("text_ru")], heading=_("In Russian")),
            MultiFieldPanel([FieldPanel("source"), FieldPanel("page")], heading=_("More")),
            FieldRowPanel([FieldPanel("is_published"), FieldPanel("is_dismissible")]),
            FieldPanel("tell_again"),
        ],
        base_form_class=AlertForm,
    )
