"""The invitation page, letters about passwords, and the answer to too many wrong passwords."""

from __future__ import annotations

import math
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlsafe_base64_decode
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin import messages
from wagtail.admin.auth import permission_required, require_admin_access
from wagtail.admin.views import account

from accounts.forms import InvitationForm
from accounts.models import User, invitation_tokens, password_reset_tokens
from accounts.services import accept_invitation, send_invitation

AUTOCOMPLETE = {
    "first_name": "given-name",
    "last_name": "family-name",
    "job_title": "organization-title",
    "password1": "new-password",
    "password2": "new-password",
}


def invited_user(uid: str, token: str) -> User | None:
    """Who may use this link: None for a used, expired, changed or foreign one (all are the same to the reader)."""
    try:
        key = int(urlsafe_base64_decode(uid).decode("ascii"))
        user = User.objects.get(pk=key, is_active=True)
    except (ValueError, OverflowError, User.DoesNotExist):
        return None
    return user if invitation_tokens.check_token(user, token) else None


@method_decorator([never_cache, sensitive_post_parameters("password1", "password2")], name="dispatch")
class InvitationView(View):
    """An invited person says who they are, chooses a password and is signed in."""

    def get(self, request: HttpRequest, uid: str, token: str) -> HttpResponse:
        user = invited_user(uid, token)
        if user is None:
            return self.not_valid(request)
        return self.show(request, InvitationForm(user=user))

    def post(self, request: HttpRequest, uid: str, token: str) -> HttpResponse:
        with transaction.atomic():
            user = invited_user(uid, token)
            if user is None:
                return self.not_valid(request)
            # Two browsers with one link: the second finds the token used up.
            user = User.objects.select_for_update().get(pk=user.pk)
            if not invitation_tokens.check_token(user, token):
                return self.not_valid(request)
            form = InvitationForm(request.POST, user=user)
            if not form.is_valid():
                return self.show(request, form, status=422)
            accept_invitation(
                user,
                password=form.cleaned_data["password1"],
                first_name=form.cleaned_data["first_name"],
                last_name=form.cleaned_data["last_name"],
                job_title=form.cleaned_data["job_title"],
            )
            login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        messages.success(request, _("Welcome, %(name)s. This is your workplace.") % {"name": user})
        return redirect("wagtailadmin_home")

    @staticmethod
    def show(request: HttpRequest, form: InvitationForm, status: int = 200) -> HttpResponse:
        context = {
            "invited": form.user.email,
            "form": {
                "action": request.path,
                "fields": component_fields(form),
                "errors": [
                    {"id": form[name].id_for_label, "message": message}
                    for name, found in form.errors.items()
                    for message in found
                ],
                "submit_label": _("Save and sign in"),
            },
        }
        return render(request, "accounts/invitation.html", context, status=status)

    @staticmethod
    def not_valid(request: HttpRequest) -> HttpResponse:
        return render(
            request,
            "accounts/invitation_not_valid.html",
            {"reset_url": reverse("wagtailadmin_password_reset")},
            status=404,
        )


def component_fields(form: InvitationForm) -> list[dict[str, Any]]:
    """The form's fields as the theme's form components take them (themes/README.md). Passwords are never echoed."""
    fields = []
    for bound in form:
        secret = bound.name.startswith("password")
        fields.append(
            {
                "id": bound.id_for_label,
                "name": bound.html_name,
                "label": bound.label,
                "hint": bound.help_text,
                "kind": "password" if secret else "text",
                "value": "" if secret else bound.value(),
                "error": " ".join(str(error) for error in bound.errors),
                "required": bound.field.required,
                "maxlength": getattr(bound.field, "max_length", None),
                "autocomplete": AUTOCOMPLETE[bound.name],
            }
        )
    return fields


class StaffPasswordResetView(account.PasswordResetView):
    """Wagtail's page; the letter is written by accounts.forms.StaffPasswordResetForm."""

    token_generator = password_reset_tokens


class StaffPasswordResetConfirmView(account.PasswordResetConfirmView):
    """Wagtail's page, with tokens that are worth nothing in another tenant."""

    token_generator = password_reset_tokens


@require_admin_access
@permission_required("accounts.change_user")
def staff_invite_again(request: HttpRequest, pk: int) -> HttpResponse:
    """A fresh letter to somebody who was invited and never came. GET asks, POST sends."""
    user = get_object_or_404(User, pk=pk, is_active=True)
    back = reverse("wagtailusers_users:index")
    if user.has_usable_password():
        messages.warning(request, _("%(name)s has already accepted the invitation.") % {"name": user})
        return redirect(back)
    if request.method != "POST":
        return render(request, "accounts/staff/invite_again.html", {"invited": user, "back_url": back})
    send_invitation(user)
    messages.success(request, _("%(name)s is invited: the letter is on its way.") % {"name": user})
    return redirect(back)


def locked_out(request: HttpRequest, response: HttpResponse | None = None, credentials: Any = None) -> HttpResponse:
    """The answer of the sign-in page after too many wrong passwords (django-axes), until the pause is over."""
    minutes = math.ceil(float(settings.AXES_COOLOFF_TIME) * 60)
    return render(
        request,
        "accounts/locked_out.html",
        {
            "minutes": minutes,
            "login_url": reverse("wagtailadmin_login"),
            "reset_url": reverse("wagtailadmin_password_reset"),
        },
        status=429,
    )
