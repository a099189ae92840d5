"""The full address of the community that is being served, where there is no request: letters, share cards."""

from __future__ import annotations

from urllib.parse import urlsplit


def own_address() -> str:
    """`http://meghri.localhost:8000`; outside a tenant the address of the platform. From Wagtail's cached sites."""
    from django.conf import settings
    from wagtail.models import Site

    from tenants.context import in_register
    from tenants.hosts import address

    if in_register():
        return address(settings.BASE_DOMAIN)
    roots = Site.get_site_root_paths()
    host = urlsplit(roots[0].root_url).hostname if roots else None
    return address(host or settings.BASE_DOMAIN)
