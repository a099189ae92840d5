"""Forms of the organisation: settlements and what is covered are chosen, not written."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from services_api.org.scopes import scopes
from tenants.context import current_community


def settlement_choices(kept: list[str]) -> list[tuple[str, str]]:
    """Settlements of the community; one that has left the register stays until somebody takes it out."""
    community = current_community()
    names = list(community.settlements.order_by("name_hy").values_list("name_hy", flat=True)) if community else []
    names += [each for each in kept if each not in names]
    return [(each, each) for each in names]


class JurisdictionForm(WagtailAdminModelForm):
    """With the settlements of the community to tick."""

    settlements = forms.MultipleChoiceField(label=_("settlements"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["settlements"]
        field.choices = settlement_choices(self.instance.settlements)
        field.help_text = self.instance._meta.get_field("settlements").help_text


class PeopleForm(WagtailAdminModelForm):
    """People of the municipality by name; those who have left are not offered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = get_user_model().objects.order_by("last_name", "first_name", "email")
        for name in ("user", "absent"):
            if name in self.fields:
                kept: int = getattr(self.instance, f"{name}_id", None) or 0
                field: Any = self.fields[name]
                field.queryset = people.filter(is_active=True) | people.filter(pk=kept)


class SubstitutionForm(PeopleForm):
    """With the procedures and families that can be covered alone."""

    covers = forms.MultipleChoiceField(label=_("covers"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = scopes()
        known = {token for token, _label in offered}
        field: Any = self.fields["covers"]
        field.choices = [*offered, *((each, each) for each in self.instance.covers if each not in known)]
        field.help_text = _("Only when it does not cover everything.")
