"""The same pages in plain Wagtail without tenancy: one community, one schema, Django's own database backend.

No role, no search path, no host looked up, no tenant in keys, sessions and signatures; and no full-page cache.
"""

from config.settings import *  # noqa: F403

INSTALLED_APPS = [name for name in INSTALLED_APPS if name != "django_tenants"]  # noqa: F405
MIDDLEWARE = [
    {"tenants.middleware.TenantMiddleware": "infra.bench.plain.OneCommunityMiddleware"}.get(name, name)
    for name in MIDDLEWARE  # noqa: F405
    if name != "cms.page_cache.PageCacheMiddleware"
]
DATABASES = {"default": {**DATABASES["default"], "ENGINE": "django.db.backends.postgresql"}}  # noqa: F405
DATABASE_ROUTERS = []
for _options in CACHES.values():  # noqa: F405
    _options.pop("KEY_FUNCTION", None)  # type: ignore[attr-defined]
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SIGNING_BACKEND = "django.core.signing.TimestampSigner"
STORAGES = {
    **STORAGES,  # noqa: F405
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
