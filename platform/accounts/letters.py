"""Letters to staff. A row of the outbox names the person only; the link with its token is made when it is sent."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import (
    INVITATION_LIFETIME,
    RESET_LIFETIME,
    TenantTokenGenerator,
    User,
    invitation_tokens,
    password_reset_tokens,
)
from services_api.exchange.public import Item, NotNeeded, SendingRefused, handles
from tenants import hosts
from tenants.context import current_community
from tenants.models import Community

INVITATION = "accounts.invitation"
PASSWORD_RESET = "accounts.password-reset"  # noqa: S105 - a kind of letter, no password


def invitation_link(user: User) -> str:
    """A fresh link to the invitation page on the current tenant's host."""
    return _link("invitation", user, invitation_tokens)


def password_reset_link(user: User) -> str:
    """A fresh link to the page of a new password on the current tenant's host."""
    return _link("wagtailadmin_password_reset_confirm", user, password_reset_tokens)


@handles(INVITATION, label=gettext_lazy("Invitation to a colleague"))
def send_invitation_letter(item: Item) -> None:
    """The invitation; not sent any more when the person has chosen a password meanwhile."""
    user = _addressee(item)
    if user.has_usable_password():
        raise NotNeeded("The person has a password already.")
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Invitation to the website of %(name)s") % {"name": _owner()}
        _send(item, user, subject, "accounts/mail/invitation.txt", invitation_link(user), INVITATION_LIFETIME)


@handles(PASSWORD_RESET, label=gettext_lazy("Letter with a new password"))
def send_password_reset_letter(item: Item) -> None:
    """The letter with the link to a new password."""
    user = _addressee(item)
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("New password for the website of %(name)s") % {"name": _owner()}
        _send(item, user, subject, "accounts/mail/password_reset.txt", password_reset_link(user), RESET_LIFETIME)


def _community() -> Community:
    community = current_community()
    if community is None:
        raise RuntimeError("Letters to staff are written inside a tenant.")
    return community


def _owner() -> str:
    """The community as Armenian needs it in «Գորիսի պաշտոնական կայք»: the genitive; the name in other languages."""
    is_armenian = (translation.get_language() or "").startswith("hy")
    return _community().genitive if is_armenian else _community().name()


def _addressee(item: Item) -> User:
    user = User.objects.filter(pk=item.payload["user"], is_active=True).first()
    if user is None:
        raise SendingRefused("The person does not work here any more.")
    return user


def _link(view: str, user: User, tokens: TenantTokenGenerator) -> str:
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    with translation.override(settings.LANGUAGE_CODE):
        path = reverse(view, args=[uid, tokens.make_token(user)])
    return hosts.address(_community().primary_host()) + path


def _send(item: Item, user: User, subject: str, template: str, link: str, lifetime: timedelta) -> None:
    body = render_to_string(
        template,
        {"user": user, "owner": _owner(), "link": link, "valid_until": timezone.now() + lifetime},
    )
    EmailMessage(subject, body, to=[user.email], headers={"Message-ID": item.identity}).send()
