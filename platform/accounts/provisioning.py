"""The last thing before a new community opens: somebody is invited to run its website."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from accounts.services import invite_first_administrator
from tenants import provisioning
from tenants.context import register
from tenants.models import Community, Onboarding


@provisioning.register_step("invitation", order=900, label=_("Invitation of the first administrator"))
def invite(community: Community, report: Callable[[str], None]) -> None:
    """Create the first administrator and write the letter, both in one transaction; once, however often it runs."""
    with register():
        asked = Onboarding.objects.get(community=community)
    invite_first_administrator(
        email=asked.admin_email, first_name=asked.admin_first_name, last_name=asked.admin_last_name
    )
