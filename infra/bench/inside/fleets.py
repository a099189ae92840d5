"""The fleet's status and upgrade, and what django-tenants needs for the same."""

from __future__ import annotations

import io
import sys
import time
from contextlib import redirect_stdout
from types import ModuleType
from typing import Any

from django.core.management import call_command
from django.db import connection, migrations, models
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

from tenants import fleet

APP = "taggit"


def new_columns(names: list[str]) -> None:
    """The code gets migrations that no schema has: one column each, in a table of every tenant."""
    loader = fleet._loader()
    last = next(key for key in loader.graph.leaf_nodes(APP))
    modules = []
    for number, column in enumerate(names, start=9001):
        name = f"{number}_{column}"
        module = ModuleType(f"{APP}.migrations.{name}")
        operation = migrations.AddField("tag", column, models.IntegerField(default=0, db_default=0))
        body = {"dependencies": [last], "operations": [operation]}
        module.Migration = type("Migration", (Migration,), body)  # type: ignore[attr-defined]
        sys.modules[module.__name__] = module
        modules.append((name, module))
        last = (APP, name)
    original = MigrationLoader.load_disk

    def load_disk(self: MigrationLoader) -> None:
        original(self)
        for name, module in modules:
            self.disk_migrations[APP, name] = module.Migration(name, APP)  # type: ignore[index]

    MigrationLoader.load_disk = load_disk  # type: ignore[method-assign]
    fleet.forget_code()


def status() -> dict[str, Any]:
    """Seconds of the first look at all schemas in a process (the migrations are read from disk) and of the second."""
    begun = time.perf_counter()
    rows = fleet.status()
    first = time.perf_counter() - begun
    begun = time.perf_counter()
    fleet.status()
    return {
        "first": first,
        "second": time.perf_counter() - begun,
        "tenants": len(rows),
        "current": sum(row.state == "current" for row in rows),
    }


def upgrade(columns: list[str]) -> dict[str, Any]:
    """Seconds of one upgrade of the whole fleet with these new columns, and how many tenants it changed."""
    if columns:
        new_columns(columns)
    begun = time.perf_counter()
    report = fleet.upgrade(threads=2)
    seconds = time.perf_counter() - begun
    assert not report.failed, report.failed[:3]
    assert len({outcome.method for outcome in report.outcomes} - {"replay"}) == 0
    return {"seconds": seconds, "changed": len(report.outcomes), "untouched": report.untouched}


def migrate_schemas(columns: list[str], sample: int) -> dict[str, Any]:
    """Seconds a tenant of django-tenants' own command with the same code; the first of the sample only warms up."""
    if columns:
        new_columns(columns)
    # It knows nothing of roles: it works as the owner of the tables.
    connection.operator_depth = 1  # type: ignore[attr-defined]
    seconds = []
    for community in fleet.select()[: sample + 1]:
        begun = time.perf_counter()
        with redirect_stdout(io.StringIO()):
            call_command(
                "migrate_schemas", schema_name=community.schema_name, tenant=True, verbosity=0, interactive=False
            )
        seconds.append(time.perf_counter() - begun)
    return {"seconds": seconds[1:]}
