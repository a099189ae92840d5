"""Lists and forms of public records."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button

from cms.records.admin.preview import preview_links
from cms.records.models import Body, BudgetYear, Mandate, Person

# What a link may say beforehand about a new record, and who usually holds an office in a body of which kind.
PREFILLED = ("kind", "stage", "status", "year", "budget", "quarter")
USUAL_POSTS = {
    Body.Kind.HEAD: Mandate.Post.HEAD,
    Body.Kind.COUNCIL: Mandate.Post.MEMBER,
    Body.Kind.UNIT: Mandate.Post.UNIT_HEAD,
}


class RecordFilterSet(WagtailFilterSet):
    """Filters of a list of records; whether visitors see it is asked in words, not as True and False."""

    is_published = django_filters.ChoiceFilter(
        label=capfirst(_("shown to visitors")),
        choices=[("True", _("Yes")), ("False", _("No"))],
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )


class RecordIndexView(generic.IndexView):
    """The list of a register."""

    base_filterset_class = RecordFilterSet


class RecordCreateView(generic.CreateView):
    """The form of a new record, begun with what the link knows: `?kind=annual`; for a person `?body=council`."""

    def get_initial(self) -> dict[str, Any]:
        """Values of the link that fit the field; what does not fit is left out without a word."""
        initial: dict[str, Any] = super().get_initial()
        fields = {field.name: field for field in self.model._meta.get_fields()}
        for name in PREFILLED:
            value = self.request.GET.get(name, "")
            if not value or name not in fields:
                continue
            try:
                initial[name] = fields[name].formfield().clean(value)  # type: ignore[union-attr]
            except ValidationError:
                continue
        return initial

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()
        kind = self.request.GET.get("body", "")
        if self.model is Person and self.request.method == "GET" and kind:
            body = Body.objects.filter(kind=kind).first()
            if body is not None:
                post = USUAL_POSTS.get(Body.Kind(body.kind), Mandate.Post.MEMBER)
                person = Person()
                person.mandates.add(Mandate(body=body, post=post))
                kwargs["instance"] = person
        return kwargs


class _OwnDraft:
    """A published record is opened for change only by those who may publish."""

    permission_required: str

    def get_object(self, queryset: Any = None) -> Any:
        found = super().get_object(queryset)  # type: ignore[misc]
        if not self.user_has_permission_for_instance(self.permission_required, found):  # type: ignore[attr-defined]
            raise PermissionDenied
        return found


class RecordEditView(_OwnDraft, generic.EditView):
    """The form of a record, with a way to the public page."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        names = dict(settings.LANGUAGES)
        for number, (code, address) in enumerate(preview_links(self.object)):
            label = say("Preview: %(language)s") % {"language": names[code]}
            attrs = {"target": "_blank", "rel": "noopener"}
            buttons.append(Button(label, url=address, icon_name="view", priority=2 + number, attrs=attrs))
        url = self._public_url()
        if url:
            buttons.append(Button(_("See on the website"), url=url, icon_name="link-external", priority=9))
        if isinstance(self.object, BudgetYear):
            table = reverse("records_budget_table", args=[self.object.pk])
            buttons.append(Button(_("Lines and execution as a table"), url=table, icon_name="table", priority=1))
        return buttons

    def _public_url(self) -> str:
        from cms.records.registers import register_of

        try:
            return register_of(self.object).record_url(self.object, "hy")
        except LookupError:
            return ""


class RecordDeleteView(_OwnDraft, generic.DeleteView):
    """Only drafts are deleted by those who may not publish."""
