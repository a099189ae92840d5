"""Which tenant the code runs for. Other rooms ask here and never touch a schema themselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django_tenants.postgresql_backend.base import FakeTenant
from django_tenants.utils import get_public_schema_name

from tenants.database import connection

if TYPE_CHECKING:
    from tenants.models import Community

__all__ = ["current_community", "current_schema", "in_register", "operator", "register", "tenant"]


def current_schema() -> str:
    """Schema of the current tenant; `public` means the register, where no tenant is chosen."""
    return connection.schema_name or get_public_schema_name()


def current_community() -> Community | None:
    """The community that the code runs for, None in the register and while the template is built."""
    from tenants.models import Community

    chosen = connection.tenant
    return chosen if isinstance(chosen, Community) else None


def in_register() -> bool:
    """True where no tenant is chosen."""
    return current_schema() == get_public_schema_name()


@contextmanager
def _chosen(chosen: Community | FakeTenant, *, as_operator: bool) -> Iterator[None]:
    before, depth = connection.tenant, connection.operator_depth
    connection.operator_depth = depth + 1 if as_operator else 0
    connection.set_tenant(chosen)
    try:
        yield
    finally:
        connection.operator_depth = depth
        connection.set_tenant(before)


@contextmanager
def tenant(community: Community) -> Iterator[Community]:
    """Run the block for this community, with its rights only."""
    with _chosen(community, as_operator=False):
        yield community


@contextmanager
def register() -> Iterator[None]:
    """Run the block in the register (schema `public`) with the application's own rights."""
    with _chosen(FakeTenant(get_public_schema_name()), as_operator=True):
        yield


@contextmanager
def operator(schema: str, community: Community | None = None) -> Iterator[None]:
    """Run the block in a schema as its owner. For the kernel only: provisioning, upgrades, backups."""
    with _chosen(community or FakeTenant(schema), as_operator=True):
        yield
