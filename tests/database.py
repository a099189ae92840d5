"""The test database: made once with register, template and three communities, then cloned in 0.3 s.

A worker's tests run in transactions on its own clone. A test that must really commit (threads, other processes) asks
for `real_commits` and gets a fresh clone after it.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import StringIO
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql

from tenants import provisioning, template
from tenants.context import register
from tenants.models import Community

KEPT_MASTERS = 2
# Communities that every test finds: two ordinary ones with hosts of their own, and the ministry.
READY = ("ministry", "meghri", "goris")


def _admin() -> psycopg.Connection:
    """A connection beside Django's, to a database that no test uses."""
    values = connection.settings_dict
    return psycopg.connect(
        dbname="postgres",
        host=values["HOST"],
        port=values["PORT"] or None,
        user=values["USER"],
        password=values["PASSWORD"],
        autocommit=True,
    )


def _master_name() -> str:
    """The name changes with everything that is built into the master database."""
    digest = sha256(template.fingerprint().encode())
    # These are written into the sites and roles of the ready communities.
    digest.update(f"{settings.BASE_DOMAIN}:{settings.PORT}:{settings.TENANT_ROLE_PREFIX}".encode())
    for folder in ("tenants", "services_api", "cms", "platform"):
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*")):
            inside = set(path.parts)
            if path.suffix in {".py", ".json", ".po"} and inside & {
                "migrations",
                "migrating.py",
                "backend",
                "data",
                "seeds",
                "provisioning.py",
                "roles.py",
                "catalogue.py",
                "steps.py",
                "accounts",
            }:
                digest.update(path.read_bytes())
    return f"hamaynk_master_{digest.hexdigest()[:12]}"


def _exists(admin: psycopg.Connection, name: str) -> bool:
    return admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _use(name: str) -> None:
    connections.close_all()
    connection.settings_dict["NAME"] = name
    settings.DATABASES["default"]["NAME"] = name


@contextmanager
def _lock() -> Iterator[None]:
    path = Path(settings.VAR_DIR).parent / "master.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def ensure_master() -> str:
    """Build the master unless an earlier run of the same code has; other workers wait."""
    name = _master_name()
    with _lock(), _admin() as admin:
        if _exists(admin, name):
            return name
        partial = f"{name}_partial"
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(partial)))
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(partial)))
        _use(partial)
        call_command("prepare", verbosity=0, stdout=StringIO())
        for slug in READY:
            _provision(slug)
        connections.close_all()
        admin.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(partial), sql.Identifier(name)))
        _drop_old_masters(admin, name)
    return name


def _drop_old_masters(admin: psycopg.Connection, current: str) -> None:
    rows = admin.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE 'hamaynk_master_%%' AND datname <> %s ORDER BY oid DESC",
        [current],
    ).fetchall()
    for (old,) in rows[KEPT_MASTERS - 1 :]:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(old)))


def _provision(slug: str) -> None:
    with register():
        community = Community.objects.get(slug=slug)
    request = provisioning.Request(code=community.code or "", slug=slug, admin_email=f"admin@{slug}.example")
    if community.is_ministry:
        request = provisioning.Request(slug=slug, admin_email="admin@ministry.example")
    provisioning.run(provisioning.accept(request))


def clone(master: str) -> str:
    """A fresh database for this worker, in place of the one it has."""
    name = f"hamaynk_test_{os.environ.get('PYTEST_XDIST_WORKER', 'single')}_{os.getpid()}"
    connections.close_all()
    with _lock(), _admin() as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(master)))
    _use(name)
    return name


def drop(name: str) -> None:
    """Remove a worker's database."""
    connections.close_all()
    with _admin() as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
