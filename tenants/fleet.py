"""The fleet: which schemas are behind, and how all of them are brought up to date (decision 4).

`migrate_schemas` looks at every tenant with Django's loader and executor: 0.7 s each with nothing to do. Here one
query asks all schemas for the digest of their migration history; those behind are grouped by equal history; a group's
plan is made once, its SQL collected once and replayed in each schema, one transaction with a lock_timeout each.
Plans with Python code or without a transaction fall back to Django's executor, schema by schema.
"""

from __future__ import annotations

import fnmatch
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import md5
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations import (
    AlterModelOptions,
    CreateModel,
    Migration,
    RenameModel,
    RunPython,
    SeparateDatabaseAndState,
)
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django_tenants.utils import quote_schema_name as quote

from tenants import roles, template
from tenants.context import operator, register
from tenants.models import Community, FleetUpgrade
from tenants.names import TEMPLATE_SCHEMA

CHUNK = 100
LOCK_TIMEOUT = "3s"
Progress = Callable[["Outcome", int, int, float], None]


@dataclass(frozen=True, slots=True)
class Status:
    """Where one schema stands."""

    schema: str
    slug: str
    state: str  # current | behind | ahead | missing
    applied: int
    digest: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the upgrade of one schema came to."""

    schema: str
    slug: str
    state: str  # upgraded | failed
    method: str  # replay | executor
    seconds: float
    message: str = ""


@dataclass(slots=True)
class Report:
    """An upgrade of the fleet."""

    outcomes: list[Outcome] = field(default_factory=list)
    untouched: int = 0
    stopped_at_canary: bool = False

    @property
    def failed(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.state == "failed"]

    def as_dict(self) -> dict[str, Any]:
        return {
            "upgraded": sum(outcome.state == "upgraded" for outcome in self.outcomes),
            "failed": [asdict(outcome) for outcome in self.failed],
            "untouched": self.untouched,
            "stopped_at_canary": self.stopped_at_canary,
        }


def select(patterns: Sequence[str] = (), marz: str = "") -> list[Community]:
    """Communities with a schema, by glob of the slug (or classifier code) and by province (code, ISO code or name)."""
    with register():
        chosen = list(Community.objects.with_schema().select_related("marz"))
    if marz:
        wanted = marz.casefold()
        chosen = [
            community
            for community in chosen
            if community.marz
            and wanted
            in {
                community.marz.code,
                community.marz.iso.casefold(),
                community.marz.name_en.casefold(),
                community.marz.name_hy.casefold(),
            }
        ]
    if patterns:
        chosen = [
            community
            for community in chosen
            if any(fnmatch.fnmatchcase(community.slug, p) or community.code == p for p in patterns)
        ]
    return chosen


def code_digest() -> str:
    """Digest of the migrations that the code asks of a tenant's schema; backups carry it."""
    names = sorted(f"{app}.{name}" for app, name in _wanted())
    return md5(",".join(names).encode(), usedforsecurity=False).hexdigest()


def status(communities: Iterable[Community] | None = None) -> list[Status]:
    """The state of all schemas in a few queries: 100 schemas are asked at once, each distinct history is read once."""
    chosen = list(communities) if communities is not None else select()
    found = _histories([community.schema_name for community in chosen])
    with register():
        failures = {upgrade.community_id: upgrade.message for upgrade in FleetUpgrade.objects.filter(state="failed")}
    states = {digest: _state_of(schema) for schema, (digest, _applied) in _one_of_each(found)}
    rows = []
    for community in chosen:
        digest, applied = found.get(community.schema_name, ("", 0))
        state = states.get(digest, "missing")
        message = failures.get(community.pk, "") if state == "behind" else ""
        rows.append(Status(community.schema_name, community.slug, state, applied, digest, message))
    return rows


def _one_of_each(found: dict[str, tuple[str, int]]) -> list[tuple[str, tuple[str, int]]]:
    """One schema for each distinct history."""
    return list({history[0]: (schema, history) for schema, history in found.items()}.values())


def _wanted() -> set[tuple[str, str]]:
    return {node for node in _loader().graph.nodes if _is_tenant_app(node[0])}


def _state_of(schema: str) -> str:
    """Compare one schema's history with the code: behind, ahead (made by newer code) or current."""
    with register(), connection.cursor() as cursor:
        cursor.execute(f"SELECT app, name FROM {quote(schema)}.django_migrations")
        applied = set(cursor.fetchall())
    known = _loader().disk_migrations
    # A squashed migration counts as applied when all that it replaces are.
    missing = {
        node for node in _wanted() - applied if not (known[node].replaces and set(known[node].replaces) <= applied)
    }
    if missing:
        return "behind"
    unknown = {node for node in applied if _is_tenant_app(node[0]) and node not in known}
    return "ahead" if unknown - _replaced() else "current"


def _replaced() -> set[tuple[str, str]]:
    """Names that squashed migrations stand for; their files may be gone."""
    return {(old[0], old[1]) for migration in _loader().disk_migrations.values() for old in migration.replaces}


def _histories(schemas: Sequence[str]) -> dict[str, tuple[str, int]]:
    result: dict[str, tuple[str, int]] = {}
    labels = [config.label for config in apps.get_app_configs() if _is_tenant_app(config.label)]
    with register(), connection.cursor() as cursor:
        cursor.execute(
            """SELECT n.nspname FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid
               WHERE c.relname = 'django_migrations' AND n.nspname = ANY(%s)""",
            [list(schemas)],
        )
        existing = [row[0] for row in cursor.fetchall()]
        for start in range(0, len(existing), CHUNK):
            part = existing[start : start + CHUNK]
            union = " UNION ALL ".join(
                f"SELECT '{schema}', md5(string_agg(n, ',' ORDER BY n COLLATE \"C\")), count(*) FROM "
                f"(SELECT DISTINCT app || '.' || name AS n FROM {quote(schema)}.django_migrations "
                f"WHERE app = ANY(%(apps)s)) AS m"
                for schema in part
            )
            cursor.execute(union, {"apps": labels})
            for schema, digest, count in cursor.fetchall():
                result[schema] = (digest or "-", count)
    return result


_loaders: dict[str, MigrationLoader] = {}


def _loader() -> MigrationLoader:
    """The code's migrations, read from disk once a process."""
    if "code" not in _loaders:
        _loaders["code"] = MigrationLoader(None)
    return _loaders["code"]


def _is_tenant_app(label: str) -> bool:
    try:
        return apps.get_app_config(label).name in settings.TENANT_APPS
    except LookupError:
        return False


def forget_code() -> None:
    """Read the migrations from disk again (for tests and long-running shells)."""
    _loaders.clear()
    template.fingerprint.cache_clear()


@dataclass(slots=True)
class Plan:
    """What a group of schemas with equal history lacks. `sql` is None where only Django's executor can do it."""

    migrations: list[Migration]
    sql: list[str] | None
    method: str

    @property
    def changes_models(self) -> bool:
        """True where tables, content types or permissions are added, so that rights must be given anew."""
        return any(
            isinstance(operation, CreateModel | RenameModel | AlterModelOptions | SeparateDatabaseAndState)
            for migration in self.migrations
            for operation in migration.operations
        )


def _plan_for(community: Community) -> Plan:
    with operator(community.schema_name, community):
        executor = MigrationExecutor(connection)
        targets = [key for key in executor.loader.graph.leaf_nodes() if _is_tenant_app(key[0])]
        steps = [migration for migration, backwards in executor.migration_plan(targets) if not backwards]
        steps = [migration for migration in steps if _is_tenant_app(migration.app_label)]
        if not all(_is_replayable(migration) for migration in steps):
            return Plan(steps, None, "executor")
        return Plan(steps, _collect_sql(executor, steps), "replay")


def _is_replayable(migration: Migration) -> bool:
    return bool(migration.atomic) and not any(_has_python(operation) for operation in migration.operations)


def _has_python(operation: Any) -> bool:
    if isinstance(operation, SeparateDatabaseAndState):
        return any(_has_python(inner) for inner in operation.database_operations)
    return isinstance(operation, RunPython) or not getattr(operation, "reduces_to_sql", True)


def _collect_sql(executor: MigrationExecutor, steps: list[Migration]) -> list[str]:
    statements: list[str] = []
    nodes = executor.loader.graph.nodes
    state = executor.loader.project_state([node for node in executor.loader.applied_migrations if node in nodes])
    for migration in steps:
        with connection.schema_editor(collect_sql=True, atomic=migration.atomic) as editor:
            state = migration.apply(state, editor, collect_sql=True)
        statements += [line for line in editor.collected_sql if line.strip() and not line.strip().startswith("--")]
    return [line.strip().rstrip(";") for line in statements]


def upgrade(
    communities: Iterable[Community] | None = None,
    *,
    threads: int = 2,
    canary: str = "",
    progress: Progress = lambda outcome, done, total, eta: None,
) -> Report:
    """Bring every schema that is behind up to date; the rest is not touched.

    The template is renewed first (its ids are the ones that new content types get), then one canary of each group,
    then the others in parallel, one transaction each. A failure stops nobody but the followers of a failed canary.
    Interrupted, it is simply called again: what is done is done.
    """
    report = Report()
    chosen = {community.schema_name: community for community in (communities or select())}
    template.ensure()
    behind = [row for row in status(chosen.values()) if row.state == "behind"]
    report.untouched = len(chosen) - len(behind)
    groups: dict[str, list[Community]] = {}
    for row in behind:
        groups.setdefault(row.digest, []).append(chosen[row.schema])
    started, total = time.monotonic(), len(behind)

    def account(outcome: Outcome) -> None:
        report.outcomes.append(outcome)
        done = len(report.outcomes)
        progress(outcome, done, total, (time.monotonic() - started) / done * (total - done))

    for group in groups.values():
        group.sort(key=lambda community: (community.slug != canary, community.slug))
        first, rest = group[0], group[1:]
        try:
            plan = _plan_for(first)
        except Exception as error:
            account(_record(first, "failed", "plan", 0.0, f"{type(error).__name__}: {error}"))
            report.stopped_at_canary = True
            continue
        outcome = _upgrade_one(first, plan)
        account(outcome)
        if outcome.state == "failed":
            report.stopped_at_canary = True
            continue
        for finished in _in_parallel(rest, plan, threads):
            account(finished)
    return report


def _in_parallel(communities: list[Community], plan: Plan, threads: int) -> Iterator[Outcome]:
    """Outcomes as they come. Each thread keeps one connection for all its tenants; Ctrl-C ends after those begun."""
    waiting: SimpleQueue[Community] = SimpleQueue()
    finished: SimpleQueue[Outcome | None] = SimpleQueue()
    stop = Event()
    for community in communities:
        waiting.put(community)

    def work() -> None:
        try:
            while not stop.is_set():
                finished.put(_upgrade_one(waiting.get_nowait(), plan))
        except Empty:
            return
        finally:
            connection.close()
            finished.put(None)

    workers = [Thread(target=work, daemon=True) for _ in range(max(1, min(threads, len(communities))))]
    for worker in workers:
        worker.start()
    running = len(workers)
    try:
        while running:
            outcome = finished.get()
            if outcome is None:
                running -= 1
            else:
                yield outcome
    finally:
        stop.set()
        for worker in workers:
            worker.join()


def _upgrade_one(community: Community, plan: Plan) -> Outcome:
    started = time.monotonic()
    try:
        if plan.sql is None:
            _by_executor(community)
        else:
            _by_replay(community, plan)
    except Exception as error:
        return _record(community, "failed", plan.method, time.monotonic() - started, f"{type(error).__name__}: {error}")
    return _record(community, "upgraded", plan.method, time.monotonic() - started, "")


def _record(community: Community, state: str, method: str, seconds: float, message: str) -> Outcome:
    if state == "failed":
        with register():
            FleetUpgrade.objects.update_or_create(
                community=community, defaults={"state": state, "method": method, "message": message[:2000]}
            )
    return Outcome(community.schema_name, community.slug, state, method, seconds, message)


def _by_replay(community: Community, plan: Plan) -> None:
    assert plan.sql is not None
    schema = community.schema_name
    rows = ", ".join(f"('{migration.app_label}', '{migration.name}', now())" for migration in plan.migrations)
    statements = [
        f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'",
        f"SET LOCAL search_path = {quote(schema)}, public",
        *plan.sql,
        f"INSERT INTO django_migrations (app, name, applied) VALUES {rows}",
        *(_new_models_sql(schema) if plan.changes_models else ()),
        f"DELETE FROM public.tenants_fleetupgrade WHERE community_id = {int(community.pk)}",
        "SET LOCAL search_path = public",
    ]
    with register(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(";\n".join(statements))


def _by_executor(community: Community) -> None:
    from tenants.migrating import migrate_current_schema

    with operator(community.schema_name, community):
        # Before Django numbers the new models by itself, from what this schema has counted so far.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(";\n".join(_new_types_sql()))
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
        try:
            migrate_current_schema()
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(";\n".join(_new_models_sql(community.schema_name)))
    with register():
        FleetUpgrade.objects.filter(community=community).delete()


def _new_models_sql(schema: str) -> list[str]:
    """Content types, permissions and groups that the schema lacks, by natural key; then the grants.

    They get the template's ids, so that ids stay equal everywhere (`tenants.content_types`). Where something older has
    taken one, which `tenant verify` tells, the row gets a free one. May be repeated.
    """
    source = quote(TEMPLATE_SCHEMA)
    rights = f"""FROM {source}.auth_permission t JOIN {source}.django_content_type c ON c.id = t.content_type_id
        JOIN django_content_type own ON (own.app_label, own.model) = (c.app_label, c.model) WHERE NOT EXISTS (
        SELECT 1 FROM auth_permission o WHERE (o.content_type_id, o.codename) = (own.id, t.codename))"""
    columns, values = "name, content_type_id, codename", "t.name, own.id, t.codename"
    return [
        *_new_types_sql(),
        *_missing_rows_sql("auth_permission", columns, values, rights),
        _new_groups_sql(source),
        *roles.grant_statements(schema),
    ]


def _new_types_sql() -> list[str]:
    """The content types that the current schema lacks, with the template's ids."""
    missing = f"""FROM {quote(TEMPLATE_SCHEMA)}.django_content_type t WHERE NOT EXISTS (
        SELECT 1 FROM django_content_type o WHERE (o.app_label, o.model) = (t.app_label, t.model))"""
    return _missing_rows_sql("django_content_type", "app_label, model", "t.app_label, t.model", missing)


def _new_groups_sql(source: str) -> str:
    """Groups of the template that the schema lacks, with the template's permissions; a group that is there keeps what
    somebody gave or took."""
    return f"""WITH fresh AS (
        INSERT INTO auth_group (name) SELECT t.name FROM {source}.auth_group t
        WHERE NOT EXISTS (SELECT 1 FROM auth_group o WHERE o.name = t.name) ORDER BY t.id RETURNING id, name)
        INSERT INTO auth_group_permissions (group_id, permission_id)
        SELECT fresh.id, own.id FROM fresh
        JOIN {source}.auth_group t ON t.name = fresh.name
        JOIN {source}.auth_group_permissions given ON given.group_id = t.id
        JOIN {source}.auth_permission p ON p.id = given.permission_id
        JOIN {source}.django_content_type c ON c.id = p.content_type_id
        JOIN django_content_type kind ON (kind.app_label, kind.model) = (c.app_label, c.model)
        JOIN auth_permission own ON (own.content_type_id, own.codename) = (kind.id, p.codename)
        ON CONFLICT DO NOTHING"""


def _missing_rows_sql(table: str, columns: str, values: str, missing: str) -> list[str]:
    quietly = "ON CONFLICT DO NOTHING"
    return [
        f"INSERT INTO {table} (id, {columns}) OVERRIDING SYSTEM VALUE SELECT t.id, {values} {missing} {quietly}",
        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), greatest((SELECT max(id) FROM {table}), 1))",
        f"INSERT INTO {table} ({columns}) SELECT {values} {missing} ORDER BY t.id {quietly}",
    ]
