"""The sealed template schema that tenants are cloned from (decision 3)."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django_tenants.utils import quote_schema_name as quote

from tenants import content_types, schema_sql, seeding
from tenants.context import operator, register
from tenants.database import connection
from tenants.locks import advisory_lock
from tenants.migrating import migrate_current_schema
from tenants.models import TemplateBuild
from tenants.names import TEMPLATE_SCHEMA

Report = Callable[[str], None]
# Nothing of a person may be in the template: users cloned with it would open every tenant.
MUST_BE_EMPTY = ("accounts_user", "django_session", "axes_accessattempt", "axes_accesslog")
# The seeds' own traces: a community's history begins with the community.
CLEARED = ("wagtailcore_pagelogentry", "wagtailcore_modellogentry")


class TemplateNotSealed(Exception):
    """The template holds users, sessions or history; it must not be cloned."""


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """A digest of all migrations of tenant apps and of all seeds: equal fingerprint, equal template."""
    digest = sha256()
    folders = [
        Path(config.path) / "migrations" for config in apps.get_app_configs() if config.name in settings.TENANT_APPS
    ]
    folders += [seed.folder for seed in seeding.seeds()]
    for folder in sorted(set(folders)):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix not in {".pyc", ".mo"}:
                digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def is_current() -> bool:
    """True when the template in this database is the one of the code."""
    with register():
        return TemplateBuild.objects.filter(fingerprint=fingerprint()).exists() and schema_exists(TEMPLATE_SCHEMA)


def schema_exists(schema: str) -> bool:
    """True for an existing schema."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace(%s) IS NOT NULL", [quote(schema)])
        return bool(cursor.fetchone()[0])


def ensure(report: Report = lambda line: None) -> TemplateBuild:
    """The current template, built when the code's migrations or seeds differ from the last build."""
    if not is_current():
        with advisory_lock(TEMPLATE_SCHEMA):
            # Whoever waited for the lock finds the template built.
            if not is_current():
                build(report)
    with register():
        return TemplateBuild.objects.get(fingerprint=fingerprint())


def build(report: Report = lambda line: None) -> TemplateBuild:
    """Migrate and seed a fresh template, seal it and keep the SQL that replays it. 15-35 s, once per release."""
    started = time.monotonic()
    known = content_types.known_ids()
    with register():
        TemplateBuild.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {quote(TEMPLATE_SCHEMA)} CASCADE")
            cursor.execute(f"CREATE SCHEMA {quote(TEMPLATE_SCHEMA)}")
    report("template: migrations")
    with operator(TEMPLATE_SCHEMA):
        # search_path without `public`, so that no migration can find a table of the register by mistake.
        connection.set_tenant(connection.tenant, include_public=False)
        # What the process remembers of other schemas is not yet true in this one.
        ContentType.objects.clear_cache()
        migrate_current_schema()
        content_types.keep_ids(known)
        connection.set_tenant(connection.tenant, include_public=True)
        for seed in seeding.seeds():
            report(f"template: {seed.name}")
            with transaction.atomic():
                seed.run(report)
        _seal()
        sql = schema_sql.replay_sql(TEMPLATE_SCHEMA)
    with register():
        built = TemplateBuild.objects.create(fingerprint=fingerprint(), sql=sql, seconds=time.monotonic() - started)
    report(f"template: sealed in {built.seconds:.1f} s")
    return built


def _seal() -> None:
    with connection.cursor() as cursor:
        for table in MUST_BE_EMPTY:
            cursor.execute(f"SELECT count(*) FROM {quote(table)}")
            count = cursor.fetchone()[0]
            if count:
                raise TemplateNotSealed(f"{table}: {count}")
        cursor.execute("TRUNCATE " + ", ".join(quote(table) for table in CLEARED))


def replay(schema: str) -> None:
    """Create a schema as a copy of the template, in the caller's transaction."""
    sql = ensure().sql
    with register(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {quote(schema)}")
        cursor.execute(f"SET LOCAL search_path = {quote(schema)}, public")
        cursor.execute(sql)
        cursor.execute("SET LOCAL search_path = public")
