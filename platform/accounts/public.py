"""What other rooms may ask of the accounts of the current tenant."""

from __future__ import annotations

from accounts.models import User
from accounts.services import send_invitation

__all__ = ["invitation_is_open", "invite_again"]


def invitation_is_open(email: str) -> bool:
    """True while the person of this address was invited to the current tenant and has chosen no password yet."""
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    return user is not None and not user.has_usable_password()


def invite_again(email: str) -> bool:
    """A fresh invitation letter; False when there is nobody to invite any more."""
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None or user.has_usable_password():
        return False
    send_invitation(user)
    return True
