"""Names in PostgreSQL that follow from a community's slug."""

from __future__ import annotations

from hashlib import sha256

from django.conf import settings

SCHEMA_PREFIX = "t_"
TEMPLATE_SCHEMA = "template_tenant"
POSTGRES_NAME_LIMIT = 63


def schema_name(slug: str) -> str:
    """The schema of a community: `meghri` -> `t_meghri`, `nor-hachn` -> `t_nor_hachn`."""
    return SCHEMA_PREFIX + slug.replace("-", "_")


def role_name(schema: str) -> str:
    """The PostgreSQL role of a schema. Roles belong to the whole server, hence the prefix of the installation.

    A name over PostgreSQL's 63 bytes is cut and made unique by a digest.
    """
    name = settings.TENANT_ROLE_PREFIX + schema
    if len(name) <= POSTGRES_NAME_LIMIT:
        return name
    return name[: POSTGRES_NAME_LIMIT - 13] + "_" + sha256(name.encode()).hexdigest()[:12]
