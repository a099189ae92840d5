"""Every write of the console: it changes the register through the kernel and keeps a record of who did what."""

from __future__ import annotations

import logging
from dataclasses import replace

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from accounts import public as accounts
from console.models import Action
from tenants import hosts, provisioning
from tenants.context import register, tenant
from tenants.models import Community

logger = logging.getLogger(__name__)


def record(kind: str, community: Community, user: AbstractUser, detail: str = "") -> None:
    """Write down what was done to a community and by whom."""
    Action.objects.create(
        kind=kind,
        actor=f"{user.get_full_name()} <{user.email}>".strip()[:200],
        community_slug=community.slug,
        community_name=community.name_hy,
        detail=detail[:300],
    )


def connect(request: provisioning.Request, user: AbstractUser) -> Community:
    """Accept a connection and hand the work to the worker. Raises ValidationError with the field's name."""
    community = provisioning.accept(replace(request, requested_by=user.email))
    record(Action.Kind.CONNECT, community, user, community.primary_host())
    hand_over(community)
    return community


def retry(community: Community, user: AbstractUser) -> bool:
    """Hand an unfinished connection to the worker again. False when the worker's queue was not reached."""
    if community.status != Community.Status.PROVISIONING:
        raise ValidationError(_("%(name)s is not being connected.") % {"name": community.name()})
    record(Action.Kind.RETRY, community, user)
    return hand_over(community)


def hand_over(community: Community) -> bool:
    """Put the connection into the worker's queue; its steps are in the register, so a lost message loses nothing."""
    from console.tasks import connect_community

    try:
        connect_community.delay(community.slug)
    except (OperationalError, OSError) as error:
        logger.warning("The broker is not reached (%s): the connection of %s waits for a retry.", error, community.slug)
        return False
    return True


def undo(community: Community, user: AbstractUser) -> None:
    """Take back a connection that was never opened. A community that the catalogue does not know goes altogether."""
    provisioning.discard(community)
    if not community.code:
        with register():
            Community.objects.filter(pk=community.pk, status=Community.Status.DRAFT).delete()
        hosts.forget()
    record(Action.Kind.UNDO, community, user)


def suspend(community: Community, user: AbstractUser, reason: str) -> None:
    """Visitors see that the site is away and why; staff may still work."""
    provisioning.suspend(community, reason)
    record(Action.Kind.SUSPEND, community, user, reason)


def resume(community: Community, user: AbstractUser) -> None:
    """The site answers again."""
    provisioning.resume(community)
    record(Action.Kind.RESUME, community, user)


def archive(community: Community, user: AbstractUser, reason: str) -> None:
    """Close a community for good; its data is kept."""
    provisioning.archive(community, reason)
    record(Action.Kind.ARCHIVE, community, user, reason)


def invite_again(community: Community, user: AbstractUser, email: str) -> bool:
    """A fresh letter to the first administrator; False when the invitation was accepted meanwhile."""
    with tenant(community), transaction.atomic():
        sent = accounts.invite_again(email)
    if sent:
        record(Action.Kind.INVITE, community, user, email)
    return sent
