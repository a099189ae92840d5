"""One tenant in one file and back: rows, media and attachments, also under another slug.

The file is a ZIP: `manifest.json`, `rows/<table>.copy` (PostgreSQL's text format), `media/...` and `private/...`.
The structure comes from the template at restore, so a file can only be restored into a database whose migrations are
those of the file; the manifest says which. The outbox lives in the register and is not in the file: nothing that was
sent once is sent again.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tenants.utils import quote_schema_name as quote

from tenants import fleet, hosts, roles, sealing, template
from tenants.catalogue import default_host
from tenants.context import operator, register
from tenants.models import Community, Domain, Settlement
from tenants.names import role_name, schema_name
from tenants.validation import clean_host, clean_slug, refusal

FORMAT = 1
AREAS = {"media": "default", "private": "private"}
Report = Callable[[str], None]
ROW_BYTES = 1 << 16


class CannotRestore(Exception):
    """The file is not ours, is damaged, or belongs to other migrations."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that `verify` looked at."""

    name: str
    ok: bool
    detail: str = ""


def backup(community: Community, path: Path, report: Report = lambda line: None) -> Path:
    """Write the tenant to one file. Rows come from one snapshot; the file appears under its name when complete."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    schema = community.schema_name
    if fleet.status([community])[0].state != "current":
        raise CannotRestore("The tenant is not at the code's migrations; run `manage.py fleet upgrade` first.")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        manifest: dict[str, Any] = {
            "format": FORMAT,
            "made_at": timezone.now().isoformat(),
            "migrations": fleet.code_digest(),
            "community": _facts(community),
            "tables": {},
            "files": {},
        }
        with operator(schema, community), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            for table, columns in _tables(cursor, schema):
                report(f"{community.slug}: {table}")
                digest = sha256()
                with archive.open(f"rows/{table}.copy", "w") as member:
                    listed = ", ".join(quote(column) for column in columns)
                    with cursor.copy(f"COPY {quote(schema)}.{quote(table)} ({listed}) TO STDOUT") as rows:
                        for block in rows:
                            digest.update(block)
                            member.write(block)
                manifest["tables"][table] = {"columns": columns, "sha256": digest.hexdigest()}
        with operator(schema, community):
            for area, alias in AREAS.items():
                for name in _files(storages[alias]):
                    report(f"{community.slug}: {area}/{name}")
                    manifest["files"][f"{area}/{name}"] = _store_file(archive, f"{area}/{name}", storages[alias], name)
        archive.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1))
    partial.replace(path)
    return path


def restore(path: Path, *, slug: str = "", host: str = "", report: Report = lambda line: None) -> Community:
    """Bring a tenant back from its file, over its own schema or, with `slug`, as another community.

    The old schema is kept until the new one is complete: both happen in one transaction. Raises CannotRestore,
    ValidationError.
    """
    with zipfile.ZipFile(path) as archive:
        manifest = _manifest(archive)
        community = _target(manifest, slug, host)
        schema = community.schema_name
        with register(), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"DROP SCHEMA IF EXISTS {quote(schema)} CASCADE")
            template.replay(schema)
            _fill(archive, manifest, schema, report)
            _reseal(manifest, community)
            if community.status in (Community.Status.DRAFT, Community.Status.PROVISIONING):
                Community.objects.filter(pk=community.pk).update(
                    status=Community.Status.ACTIVE, activated_at=timezone.now()
                )
        roles.ensure_tenant_role(schema)
        roles.grant_schema(schema)
        with operator(schema, community):
            for area, alias in AREAS.items():
                _replace_files(archive, manifest, area, storages[alias], report)
    hosts.forget()
    community.refresh_from_db()
    return community


def verify(community: Community) -> list[Finding]:
    """Prove what must hold of every tenant: history, role, denial on others, ids of the template, files of rows."""
    schema = community.schema_name
    findings = [Finding("schema", template.schema_exists(schema))]
    if not findings[0].ok:
        return findings
    state = fleet.status([community])[0].state
    findings.append(Finding("migrations", state == "current", state))
    with register(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_has_role(current_user, %s, 'SET')", [role_name(schema)])
        findings.append(Finding("role", bool(cursor.fetchone()[0])))
        cursor.execute(
            """SELECT n.nspname FROM pg_namespace n WHERE n.nspname LIKE 't\\_%%' AND n.nspname <> %s
               AND has_schema_privilege(%s, n.nspname, 'USAGE')""",
            [schema, role_name(schema)],
        )
        foreign = [row[0] for row in cursor.fetchall()]
        findings.append(Finding("no right on other tenants", not foreign, ", ".join(foreign)))
        # Ids of content types are kept by the process for all tenants; rights are looked up by name each time.
        for table, columns in (
            ("django_content_type", "id, app_label, model"),
            ("auth_permission", "content_type_id, codename"),
        ):
            cursor.execute(
                f"SELECT count(*) FROM (SELECT {columns} FROM {quote(schema)}.{table} "
                f"EXCEPT SELECT {columns} FROM {quote(template.TEMPLATE_SCHEMA)}.{table}) AS d"
            )
            differing = cursor.fetchone()[0]
            findings.append(Finding(f"{table} as in the template", differing == 0, f"{differing} rows differ"))
        shadowed = tables_shadowed_by_register(schema)
        findings.append(Finding("no table falls through to the register", not shadowed, ", ".join(shadowed)))
        cursor.execute(
            f"SELECT count(*) FROM {quote(schema)}.wagtailcore_site WHERE hostname = %s", [_host_of(community)]
        )
        findings.append(Finding("site and host agree", cursor.fetchone()[0] == 1))
    with operator(schema, community):
        why = sealing.probe()
    findings.append(Finding("sealed numbers open", not why, why))
    return findings


def tables_shadowed_by_register(schema: str) -> list[str]:
    """Tables of `public` that have a twin in the tenant: without the twin, search_path would silently read public's."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'django_migrations'
               INTERSECT SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1""",
            [schema],
        )
        return [row[0] for row in cursor.fetchall()]


def row_hashes(schema: str) -> dict[str, str]:
    """A digest of each table's rows, independent of their order: equal digests, equal content."""
    hashes = {}
    with operator(schema), connection.cursor() as cursor:
        for table, _columns in _tables(cursor, schema):
            cursor.execute(
                f"SELECT md5(coalesce(string_agg(h, '' ORDER BY h), '')) FROM "
                f"(SELECT md5(t::text) AS h FROM {quote(schema)}.{quote(table)} AS t) AS rows"
            )
            hashes[table] = cursor.fetchone()[0]
    return hashes


def _facts(community: Community) -> dict[str, Any]:
    names = ("kind", "code", "slug", "name_hy", "name_en", "name_ru", "name_hy_genitive", "population")
    settlements = community.settlements.values("name_hy", "name_en", "name_ru", "kind", "population", "population_date")
    return {
        **{name: getattr(community, name) for name in names},
        "host": _host_of(community),
        "settlements": [
            {**row, "population_date": row["population_date"] and row["population_date"].isoformat()}
            for row in settlements
        ],
    }


def _host_of(community: Community) -> str:
    if community.pk is None:
        return ""
    with register():
        domain = Domain.objects.filter(tenant=community, is_primary=True).first()
    return domain.domain if domain else ""


def _tables(cursor: Any, schema: str) -> list[tuple[str, list[str]]]:
    cursor.execute(
        """SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
           FROM pg_class c JOIN pg_attribute a
             ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
           WHERE c.relnamespace = %s::regnamespace AND c.relkind = 'r' GROUP BY c.relname ORDER BY c.relname""",
        [quote(schema)],
    )
    return list(cursor.fetchall())


def _files(storage: Storage, folder: str = "") -> Iterator[str]:
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(names):
        yield f"{folder}/{name}" if folder else name
    for inner in sorted(folders):
        yield from _files(storage, f"{folder}/{inner}" if folder else inner)


def _store_file(archive: zipfile.ZipFile, member_name: str, storage: Storage, name: str) -> str:
    digest = sha256()
    with storage.open(name) as source, archive.open(member_name, "w") as member:
        while block := source.read(ROW_BYTES):
            digest.update(block)
            member.write(block)
    return digest.hexdigest()


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        manifest = json.loads(archive.read("manifest.json"))
    except (KeyError, ValueError) as error:
        raise CannotRestore("The file has no readable manifest; it is not a backup of a tenant.") from error
    if manifest.get("format") != FORMAT:
        raise CannotRestore(f"The file has format {manifest.get('format')}; this version reads {FORMAT}.")
    if manifest["migrations"] != fleet.code_digest():
        raise CannotRestore(
            "The file was made with other migrations. Restore it with the release that made it, then upgrade the fleet."
        )
    for name in archive.namelist():
        if name.startswith("/") or ".." in Path(name).parts:
            raise CannotRestore(f"The file holds a path that leaves its folder: {name}")
    return cast("dict[str, Any]", manifest)


def _target(manifest: dict[str, Any], slug: str, host: str) -> Community:
    facts = manifest["community"]
    wanted = clean_slug(slug) if slug and slug != facts["slug"] else facts["slug"]
    with register():
        community = Community.objects.filter(slug=wanted).first()
        if community is not None:
            if wanted != facts["slug"] and community.status != Community.Status.DRAFT:
                raise refusal(
                    "slug",
                    _("%(slug)s is connected; it is not overwritten by another community.") % {"slug": wanted},
                    "taken",
                )
        else:
            community = Community(
                slug=wanted,
                schema_name=schema_name(wanted),
                kind=facts["kind"],
                code=None if wanted != facts["slug"] else facts["code"],
                **{name: facts[name] for name in ("name_hy", "name_en", "name_ru", "name_hy_genitive", "population")},
            )
        target_host = host or ("" if wanted != facts["slug"] else facts["host"])
        target_host = clean_host(target_host or _host_of(community) or default_host(community), community=community)
        with transaction.atomic():
            community.save()
            Domain.objects.update_or_create(
                tenant=community, is_primary=True, defaults={"domain": target_host, "kind": Domain.Kind.PRIMARY}
            )
            for row in facts["settlements"]:
                Settlement.objects.get_or_create(
                    community=community,
                    name_hy=row["name_hy"],
                    defaults={key: value for key, value in row.items() if key != "name_hy"},
                )
    return community


def _fill(archive: zipfile.ZipFile, manifest: dict[str, Any], schema: str, report: Report) -> None:
    with connection.cursor() as cursor:
        existing = dict(_tables(cursor, schema))
        if set(existing) != set(manifest["tables"]):
            raise CannotRestore("The tables of the file are not those of the template.")
        cursor.execute(f"SET LOCAL search_path = {quote(schema)}, public")
        # Rows come table by table, so references are checked at the end of the transaction's work, not row by row.
        dropped = _drop_foreign_keys(cursor, schema)
        cursor.execute("TRUNCATE " + ", ".join(quote(table) for table in existing))
        for table, description in manifest["tables"].items():
            report(f"{schema}: {table}")
            digest = sha256()
            listed = ", ".join(quote(column) for column in description["columns"])
            with (
                archive.open(f"rows/{table}.copy") as member,
                cursor.copy(f"COPY {quote(table)} ({listed}) FROM STDIN") as rows,
            ):
                while block := member.read(ROW_BYTES):
                    digest.update(block)
                    rows.write(block)
            if digest.hexdigest() != description["sha256"]:
                raise CannotRestore(f"The rows of {table} are damaged.")
        for statement in dropped:
            cursor.execute(statement)
        _set_sequences(cursor, schema)
        cursor.execute(
            "UPDATE wagtailcore_site SET hostname = (SELECT d.domain FROM public.tenants_domain d "
            "JOIN public.tenants_community c ON c.id = d.tenant_id WHERE c.schema_name = %s AND d.is_primary) "
            "WHERE is_default_site",
            [schema],
        )
        cursor.execute("DELETE FROM django_session")
        cursor.execute("SET LOCAL search_path = public")


def _reseal(manifest: dict[str, Any], community: Community) -> None:
    """A copy under another slug gets seals of its own; the keys of the one it comes from open them once, here."""
    before = schema_name(manifest["community"]["slug"])
    if before == community.schema_name:
        return
    try:
        with operator(community.schema_name, community), sealing.opened_as(before):
            sealing.reseal(everything=True)
    except sealing.CannotOpen as error:
        raise CannotRestore(f"Sealed numbers of the file do not open. {error}") from error


def _drop_foreign_keys(cursor: Any, schema: str) -> list[str]:
    cursor.execute(
        """SELECT format('ALTER TABLE %%I DROP CONSTRAINT %%I', c.relname, k.conname),
                  format('ALTER TABLE %%I ADD CONSTRAINT %%I ', c.relname, k.conname)
                  || pg_get_constraintdef(k.oid, true)
           FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
           WHERE k.connamespace = %s::regnamespace AND k.contype = 'f'""",
        [quote(schema)],
    )
    pairs = cursor.fetchall()
    for drop, _add in pairs:
        cursor.execute(drop)
    return [add for _drop, add in pairs]


def _set_sequences(cursor: Any, schema: str) -> None:
    cursor.execute(
        """SELECT t.relname, a.attname FROM pg_class s
           JOIN pg_depend d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass AND d.deptype = 'i'
           JOIN pg_class t ON t.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
           WHERE s.relnamespace = %s::regnamespace AND s.relkind = 'S'""",
        [quote(schema)],
    )
    for table, column in cursor.fetchall():
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{quote(table)}', '{column}'), "
            f"greatest((SELECT max({quote(column)}) FROM {quote(table)}), 1))"
        )


def _replace_files(
    archive: zipfile.ZipFile, manifest: dict[str, Any], area: str, storage: Storage, report: Report
) -> None:
    wanted = {name.removeprefix(f"{area}/") for name in manifest["files"] if name.startswith(f"{area}/")}
    for name in list(_files(storage)):
        if name not in wanted:
            storage.delete(name)
    for name in sorted(wanted):
        report(f"{area}/{name}")
        with tempfile.TemporaryFile() as copy:
            with archive.open(f"{area}/{name}") as member:
                shutil.copyfileobj(member, copy)
            copy.seek(0)
            if storage.exists(name):
                storage.delete(name)
            storage.save(name, File(copy))


def backup_path(community: Community) -> Path:
    """Where a backup goes unless another place is named: `<var>/backups/<slug>-<time>.zip`."""
    stamp = timezone.localtime().strftime("%Y%m%d-%H%M%S")
    return Path(settings.VAR_DIR) / "backups" / f"{community.slug}-{stamp}.zip"
