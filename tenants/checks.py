"""What must be so for the isolation of tenants; `manage.py check` refuses otherwise."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

KEY_FUNCTION = "django_tenants.cache.make_key"


@register(Tags.caches)
def every_cache_keys_by_schema(**options: Any) -> list[CheckMessage]:
    """A cache alias without the tenant in its keys gives tenant B the answers of tenant A."""
    return [
        Error(
            f"CACHES[{alias!r}] has no KEY_FUNCTION by tenant.",
            hint=f"Set KEY_FUNCTION to {KEY_FUNCTION!r}.",
            id="tenants.E001",
        )
        for alias, cache in settings.CACHES.items()
        if cache.get("KEY_FUNCTION") != KEY_FUNCTION
    ]


@register(Tags.models)
def register_and_tenants_share_no_table(**options: Any) -> list[CheckMessage]:
    """search_path falls through to `public`: a table name in both would silently be read from the register."""
    shared = {m._meta.db_table for m in _models_of(settings.SHARED_APPS)}
    own = {m._meta.db_table for m in _models_of(settings.TENANT_APPS)}
    return [
        Error(f"Table {table} belongs to the register and to tenants.", id="tenants.E002")
        for table in sorted(shared & own)
    ]


@register(Tags.security)
def isolation_is_switched_on(**options: Any) -> list[CheckMessage]:
    """The backend with roles, the salted sessions and signatures, and storage by tenant."""
    wanted = {
        "SESSION_ENGINE": "tenants.sessions",
        "SIGNING_BACKEND": "tenants.signing.TenantTimestampSigner",
    }
    found: list[CheckMessage] = [
        Error(f"{name} must be {value!r}.", id="tenants.E003")
        for name, value in wanted.items()
        if getattr(settings, name, None) != value
    ]
    if settings.DATABASES["default"].get("ENGINE") != "tenants.backend":
        found.append(Error("The database engine must be 'tenants.backend'.", id="tenants.E004"))
    stores: dict[str, Any] = settings.STORAGES
    for alias in ("default", "private"):
        if not stores[alias]["BACKEND"].startswith("tenants.storage."):
            found.append(Error(f"STORAGES[{alias!r}] must keep tenants apart.", id="tenants.E005"))
    if settings.MIDDLEWARE[0] != "tenants.middleware.TenantMiddleware":
        found.append(Error("tenants.middleware.TenantMiddleware must come first.", id="tenants.E006"))
    return found


def _models_of(names: list[str]) -> list[Any]:
    return [
        model
        for config in apps.get_app_configs()
        if config.name in names
        for model in config.get_models(include_auto_created=True)
    ]
