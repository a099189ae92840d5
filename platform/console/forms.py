"""Forms of the console. What may become a community is decided by the kernel; the forms put its answer to the field."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from console import selectors
from tenants import provisioning
from tenants.context import register
from tenants.models import Community, Domain, Marz
from tenants.validation import clean_email, clean_host, clean_slug


@contextmanager
def at_this_field() -> Iterator[None]:
    """The kernel names the field in its error; inside a field's own `clean_...` Django wants the words only."""
    try:
        yield
    except ValidationError as error:
        raise ValidationError(error.messages) from error


class CommunityRadio(forms.RadioSelect):
    """Radio buttons in groups, one per province, without Wagtail's script."""

    template_name = "console/widgets/communities.html"

    class Media:
        css = {"all": ["console/console.css"]}


class ChooseForm(forms.Form):
    """Step 1: one of the communities of the catalogue that are not connected."""

    code = forms.ChoiceField(label=_("Community"), widget=CommunityRadio)

    def __init__(self, *args: Any, search: str = "", chosen: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[str, str]]] = {}
        found = list(selectors.not_connected(search))
        self.number = len(found)
        for community in found:
            title = community.marz.name() if community.marz else ""
            groups.setdefault(title, []).append((community.code or "", community.name()))
        code = self.fields["code"]
        assert isinstance(code, forms.ChoiceField)
        code.choices = list(groups.items())
        self.fields["code"].error_messages["required"] = _("Choose a community.")
        self.fields["code"].error_messages["invalid_choice"] = _(
            "This community is not in the list any more; perhaps it is connected already."
        )
        self.initial.setdefault("code", chosen)


class NewCommunityForm(forms.Form):
    """Step 1, otherwise: a community that the catalogue does not know."""

    name_hy = forms.CharField(label=_("Name in Armenian"), max_length=100, help_text=_("For example: Գորիս."))
    name_hy_genitive = forms.CharField(
        label=_("Armenian genitive"), max_length=100, help_text=_("As in «Գորիսի համայնքապետարան»: Գորիսի.")
    )
    name_en = forms.CharField(label=_("Name in English"), max_length=100, help_text=_("For example: Goris."))
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=100, required=False)
    marz = forms.ChoiceField(label=_("Province"))
    slug = forms.CharField(
        label=_("Short name in addresses"),
        max_length=100,
        help_text=_("Latin letters, digits and hyphens; it becomes the host, for example goris."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        marz = self.fields["marz"]
        assert isinstance(marz, forms.ChoiceField)
        marz.choices = [("", "—"), *((found.code, found.name()) for found in Marz.objects.all())]
        for name, message in {
            "name_hy": _("Enter the name in Armenian."),
            "name_hy_genitive": _("Enter the genitive, for example Գորիսի."),
            "name_en": _("Enter the name in English."),
            "marz": _("Choose the province."),
            "slug": _("Enter a short name, for example goris."),
        }.items():
            self.fields[name].error_messages["required"] = message

    def clean_slug(self) -> str:
        with at_this_field():
            slug = clean_slug(self.cleaned_data["slug"])
        if Community.objects.filter(slug=slug).exists():
            raise ValidationError(_("The short name %(slug)s is already taken.") % {"slug": slug}, code="taken")
        return slug


class HostForm(forms.Form):
    """Step 2: where the website will be."""

    host = forms.CharField(
        label=_("Host of the website"),
        max_length=300,
        help_text=_("Without http:// and port. An own domain can be added later."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, community: Community | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.community = community
        self.fields["host"].error_messages["required"] = _("Enter the host of the website.")

    def clean_host(self) -> str:
        with at_this_field(), register():
            return clean_host(self.cleaned_data["host"], community=self.community)


class AdministratorForm(forms.Form):
    """Step 3: who is invited."""

    admin_last_name = forms.CharField(label=_("Surname"), max_length=60, required=False)
    admin_first_name = forms.CharField(label=_("First name"), max_length=60, required=False)
    admin_email = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The invitation goes there; later the person signs in with it."),
        widget=forms.EmailInput,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["admin_email"].error_messages["required"] = _(
            "Enter the e-mail address of the first administrator."
        )

    def clean_admin_email(self) -> str:
        with at_this_field():
            return clean_email(self.cleaned_data["admin_email"])


class ReasonForm(forms.Form):
    """Why a community is suspended."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Visitors of the website read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].error_messages["required"] = _("Enter the reason.")


class ArchiveForm(ReasonForm):
    """Closing for good: the reason, and the short name typed by hand."""

    slug = forms.CharField(
        label=_("Short name of the community"),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.community = community
        self.fields["slug"].help_text = _("To be sure that it is the right one, type %(slug)s.") % {
            "slug": community.slug
        }
        self.fields["slug"].error_messages["required"] = _("Type the short name of the community.")

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"].strip()
        if slug != self.community.slug:
            raise ValidationError(
                _("This is not the short name of this community. Type %(slug)s.") % {"slug": self.community.slug}
            )
        return slug


class AddHostForm(forms.Form):
    """A further host."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        widget=forms.RadioSelect,
        initial=Domain.Kind.ALIAS,
        choices=[
            (Domain.Kind.ALIAS, _("Alias: an address of ours that leads to the primary one")),
            (Domain.Kind.OWN, _("Own domain of the community; it is proved by a record in its DNS")),
        ],
    )
    host = forms.CharField(
        label=_("Host"),
        max_length=300,
        help_text=_("Only the host, for example goris.am."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].error_messages["required"] = _("Enter the host.")


def problems(request: provisioning.Request) -> dict[str, list[str]]:
    """What the kernel has against a request, by field; empty when it can be accepted."""
    try:
        provisioning.check(request)
    except ValidationError as error:
        return {field: [str(message) for message in messages] for field, messages in error.message_dict.items()}
    return {}
