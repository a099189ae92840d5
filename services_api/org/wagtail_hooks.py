"""The organisation's place in the workplace."""

from __future__ import annotations

from wagtail import hooks

from services_api.org.workspace.viewsets import OrganisationGroup


@hooks.register("register_admin_viewset", order=100)
def organisation_group() -> OrganisationGroup:
    return OrganisationGroup()
