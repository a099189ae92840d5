"""What the ministry is asked when it shares something."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.widgets import AdminDateTimeInput

from cms.syndication.models import SharedItem
from tenants.context import register
from tenants.models import Community, Marz

TITLE_LENGTH, TEXT_LENGTH = 120, 400


class TargetsForm(forms.Form):
    """To whom: all, or some provinces and some communities."""

    EVERYBODY, SOME = "all", "some"

    to = forms.ChoiceField(
        label=_("To whom"),
        choices=[(EVERYBODY, _("All communities, also those connected later")), (SOME, _("Some of them"))],
        widget=forms.RadioSelect,
        initial=EVERYBODY,
    )
    marzes = forms.MultipleChoiceField(label=_("Provinces"), required=False, widget=forms.CheckboxSelectMultiple)
    communities = forms.MultipleChoiceField(label=_("Communities"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with register():
            marzes = [(marz.code, marz.name()) for marz in Marz.objects.all()]
            connected = Community.objects.municipalities().with_schema()
            communities = [(community.slug, community.name()) for community in connected]
        self.field("marzes").choices = marzes
        self.field("communities").choices = communities

    def field(self, name: str) -> forms.MultipleChoiceField:
        found = self.fields[name]
        assert isinstance(found, forms.MultipleChoiceField)
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = cleaned.get("marzes") or cleaned.get("communities")
        if cleaned.get("to") == self.SOME and not chosen:
            self.add_error("communities", _("Choose at least one province or community."))
        if cleaned.get("to") == self.EVERYBODY:
            cleaned["marzes"], cleaned["communities"] = [], []
        return cleaned

    def targets(self) -> dict[str, list[str]]:
        """Arguments of the services."""
        return {"marzes": self.cleaned_data["marzes"], "slugs": self.cleaned_data["communities"]}


class SharePageForm(TargetsForm):
    """How a page of the ministry is shared."""

    NEWS_MODES = [
        (SharedItem.Mode.DISMISSIBLE, _("Shown among the news; a community may hide it")),
        (SharedItem.Mode.LOCKED, _("Shown among the news; nobody can hide it")),
        (SharedItem.Mode.ADAPT, _("Offered as a draft that a community rewrites for itself")),
    ]
    mode = forms.ChoiceField(label=_("What communities may do"), choices=NEWS_MODES, widget=forms.RadioSelect)
    field_order = ["mode", "to", "marzes", "communities"]

    def __init__(self, *args: Any, is_template: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_template:
            del self.fields["mode"]


class AlertForm(TargetsForm):
    """An alert of the ministry, in three languages."""

    mode = forms.ChoiceField(
        label=_("What communities may do"),
        choices=[
            (SharedItem.Mode.LOCKED, _("Nobody can hide it: an emergency")),
            (SharedItem.Mode.DISMISSIBLE, _("A community may hide it")),
        ],
        widget=forms.RadioSelect,
        initial=SharedItem.Mode.LOCKED,
    )
    title_hy = forms.CharField(label=_("Title in Armenian"), max_length=TITLE_LENGTH)
    text_hy = forms.CharField(
        label=_("Text in Armenian"), max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )
    title_en = forms.CharField(label=_("Title in English"), max_length=TITLE_LENGTH, required=False)
    text_en = forms.CharField(
        label=_("Text in English"), max_length=TEXT_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=TITLE_LENGTH, required=False)
    text_ru = forms.CharField(
        label=_("Text in Russian"), max_length=TEXT_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    url = forms.URLField(
        label=_("Address with more"), required=False, assume_scheme="https", help_text=_("A page that tells more.")
    )
    starts_at = forms.DateTimeField(
        label=pgettext_lazy("moment", "From"), required=False, widget=AdminDateTimeInput, help_text=_("Empty: at once.")
    )
    ends_at = forms.DateTimeField(
        label=_("Until"),
        widget=AdminDateTimeInput,
        help_text=_("Then it goes away by itself. Local time of Armenia."),
    )
    field_order = [
        "title_hy", "text_hy", "title_en", "text_en", "title_ru", "text_ru", "url",
        "starts_at", "ends_at", "mode", "to", "marzes", "communities",
    ]  # fmt: skip

    def clean_ends_at(self) -> datetime:
        ends = self.cleaned_data["ends_at"]
        if ends <= timezone.now():
            raise ValidationError(_("This moment is over already."))
        return ends

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("It ends before it begins."))
        for code in ("en", "ru"):
            if bool(cleaned.get(f"title_{code}")) != bool(cleaned.get(f"text_{code}")):
                empty = f"text_{code}" if cleaned.get(f"title_{code}") else f"title_{code}"
                self.add_error(empty, _("Give both title and text in this language, or neither."))
        return cleaned

    def texts(self) -> dict[str, dict[str, str]]:
        """Content by language, of those that are written."""
        data = self.cleaned_data
        return {
            code: {"title": data[f"title_{code}"], "lede": data[f"text_{code}"], "url": data["url"]}
            for code, _name in settings.LANGUAGES
            if data.get(f"title_{code}")
        }

    @staticmethod
    def initial_of(item: SharedItem) -> dict[str, Any]:
        """The form's values for an alert that is changed."""
        initial: dict[str, Any] = {
            "mode": item.mode,
            "starts_at": item.starts_at,
            "ends_at": item.ends_at,
            "url": item.text("url"),
        }
        for code, _name in settings.LANGUAGES:
            initial[f"title_{code}"], initial[f"text_{code}"] = item.text("title", code), item.text("lede", code)
        with register():
            slugs = list(item.deliveries.values_list("community__slug", flat=True))
        initial["to"] = TargetsForm.EVERYBODY if item.to_all else TargetsForm.SOME
        initial["communities"] = [] if item.to_all else slugs
        return initial
