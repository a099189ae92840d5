"""Forms of the invitation page and of Wagtail's screens for staff."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm, PasswordResetForm
from wagtail.users.forms import UserCreationForm, UserEditForm

from accounts.models import User
from accounts.services import send_invitation, send_password_reset


class InvitationForm(forms.Form):
    """Who I am, and the password I choose."""

    last_name = forms.CharField(label=_("Surname"), max_length=150)
    first_name = forms.CharField(label=_("First name"), max_length=150)
    job_title = forms.CharField(
        label=_("Position"), max_length=150, required=False, help_text=_("For example: press officer.")
    )
    password1 = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput,
        help_text=_("At least 10 characters; not digits only, not a word that everybody uses, not your name."),
    )
    password2 = forms.CharField(label=_("The same password again"), strip=False, widget=forms.PasswordInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        kwargs.setdefault(
            "initial", {"first_name": user.first_name, "last_name": user.last_name, "job_title": user.job_title}
        )
        super().__init__(*args, **kwargs)
        self.fields["first_name"].error_messages["required"] = _("Enter your first name.")
        self.fields["last_name"].error_messages["required"] = _("Enter your surname.")
        self.fields["password1"].error_messages["required"] = _("Choose a password.")
        self.fields["password2"].error_messages["required"] = _("Enter the password a second time.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, second = data.get("password1"), data.get("password2")
        if first:
            self.user.first_name = data.get("first_name", "")
            self.user.last_name = data.get("last_name", "")
            try:
                validate_password(first, user=self.user)
            except ValidationError as error:
                self.add_error("password1", error)
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ. Enter the same one twice."))
        return data


class StaffLoginForm(LoginForm):
    """Wagtail's sign-in form with words of ours: its field is called `username`, our login is the e-mail address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["username"], self.fields["password"]
        login.label, password.label = _("E-mail address"), _("Password")
        login.widget.attrs.update({"placeholder": "", "autocomplete": "username", "inputmode": "email"})
        password.widget.attrs.update({"placeholder": "", "autocomplete": "current-password"})


class StaffPasswordResetForm(PasswordResetForm):
    """Wagtail's form, with our letters: tokens of this tenant, a link to this host, sent through the outbox.

    Somebody who has never accepted the invitation gets a fresh invitation instead: an expired one is no dead end.
    """

    def save(self, **options: Any) -> None:
        email = self.cleaned_data["email"]
        for user in User.objects.filter(email__iexact=email, is_active=True):
            if user.has_usable_password():
                send_password_reset(user)
            else:
                send_invitation(user)


class _StaffFields:
    """What both staff forms share: the login is the e-mail address, passwords are chosen by their owners."""

    password_enabled = False
    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def _name_fields(self) -> None:
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].help_text = User._meta.get_field("email").help_text
        self.fields["first_name"].label = _("First name")
        self.fields["last_name"].label = _("Surname")
        self.fields["groups"].label = _("What this person does here")
        # A superuser passes over every right of a group; within a tenant nobody hands that out on a screen.
        self.fields.pop("is_superuser", None)

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()


class StaffCreationForm(_StaffFields, UserCreationForm):
    """A new colleague; the invitation letter is sent when the form is saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._name_fields()

    def save(self, commit: bool = True) -> User:
        self.instance.username = self.cleaned_data["email"]
        self.instance.set_unusable_password()
        return super().save(commit)

    class Meta(UserCreationForm.Meta):
        fields = ["email", "last_name", "first_name", "patronymic", "job_title", "groups"]


class StaffEditForm(_StaffFields, UserEditForm):
    """A colleague who works here already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._name_fields()

    def save(self, commit: bool = True) -> User:
        self.instance.username = self.cleaned_data["email"]
        return super().save(commit)

    class Meta(UserEditForm.Meta):
        fields = ["email", "last_name", "first_name", "patronymic", "job_title", "is_active", "groups"]
