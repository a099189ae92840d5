"""Forms of the ministry: relieving a community of a duty, and editing a duty."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from cms.disclosure.evaluators import check_options
from cms.disclosure.models import PublicationDuty, Waiver


class WaiverForm(forms.ModelForm):
    """Reason, order and days; the community and who grants it are given by the screen."""

    class Meta:
        model = Waiver
        fields = ("duty", "reason", "order_number", "starts_on", "ends_on")
        widgets = {
            "reason": forms.Textarea(attrs={"rows": 3}),
            "starts_on": AdminDateInput,
            "ends_on": AdminDateInput,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duty"].queryset = PublicationDuty.objects.in_force()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            raise ValidationError({"ends_on": _("The waiver ends before it begins.")})
        return cleaned


class DutyForm(forms.ModelForm):
    """What the ministry may change about a duty; where its evidence stands is a matter of the release."""

    class Meta:
        model = PublicationDuty
        fields = (
            *(
                f"{name}_{language}"
                for name in ("title", "explanation", "legal_basis")
                for language in ("hy", "en", "ru")
            ),
            "severity",
            "certainty",
            "applies_to",
            "min_population",
            "freshness",
            "freshness_unit",
            "grace_days",
            "valid_from",
            "valid_to",
        )
        widgets = {
            **{f"explanation_{language}": forms.Textarea(attrs={"rows": 3}) for language in ("hy", "en", "ru")},
            "valid_from": AdminDateInput,
            "valid_to": AdminDateInput,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("valid_to") and cleaned.get("valid_from") and cleaned["valid_to"] < cleaned["valid_from"]:
            raise ValidationError({"valid_to": _("The duty ends before it begins.")})
        if cleaned.get("freshness") == 0:
            raise ValidationError({"freshness": _("Leave it empty when age does not matter.")})
        check_options(self.instance)
        return cleaned
