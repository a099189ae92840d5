"""A community that is connected later gets what is shared with all."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.syndication import services
from tenants.models import Community
from tenants.provisioning import Report, register_step


@register_step("shared", order=70, label=_("What the ministry shares"))
def receive_shared(community: Community, report: Report) -> None:
    """Only rows are written here; the pages come by the worker, once the site is open."""
    if not community.is_ministry:
        services.join(community)
