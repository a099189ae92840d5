"""Every write about staff: inviting, accepting an invitation, asking for a new password."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.auth.models import Group
from django.db import transaction

from accounts.letters import INVITATION, PASSWORD_RESET
from accounts.models import User
from services_api.exchange.public import enqueue


def invite_first_administrator(*, email: str, first_name: str = "", last_name: str = "") -> User:
    """The first administrator of a new community, in all its groups, and the letter that invites. Idempotent.

    Runs inside the tenant. Somebody who exists already is left alone and gets no second letter.
    """
    with transaction.atomic():
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            user = User.objects.create_staff(email, first_name=first_name, last_name=last_name)
            user.groups.set(Group.objects.all())
            send_invitation(user)
    return user


def send_invitation(user: User) -> None:
    """Put the letter with the link to the invitation page into the outbox. The link itself is made when it is sent."""
    with transaction.atomic():
        enqueue(INVITATION, {"user": user.pk}, dedupe_key=f"{INVITATION}:{uuid4()}")


def send_password_reset(user: User) -> None:
    """Put the letter with the link to a new password into the outbox. The link itself is made when it is sent."""
    with transaction.atomic():
        enqueue(PASSWORD_RESET, {"user": user.pk}, dedupe_key=f"{PASSWORD_RESET}:{uuid4()}")


def accept_invitation(user: User, *, password: str, first_name: str, last_name: str, job_title: str = "") -> User:
    """Set the name and the password; the invitation is used up by it."""
    with transaction.atomic():
        user.first_name, user.last_name, user.job_title = first_name, last_name, job_title
        user.set_password(password)
        user.save()
    return user
