"""A pytest plugin: every test run has a real PostgreSQL of its own, apart from the demo data.

Loaded by `-p infra.local.pytest_database` (pyproject.toml) before Django's settings are read. The test server lies in
<var>/test, gives up safety against a machine's crash for speed, is shared by test runs at the same time, and is stopped
by the last of them. A DATABASE_URL that is set already is used as it is; its role must be allowed to create databases.
"""

import fcntl
import os

import pytest

from infra.local import paths
from infra.local.cluster import Cluster
from infra.local.programs import PostgresError

_usage: int | None = None  # an open file with a shared lock: "a test run uses the server"
_cluster: Cluster | None = None


def _begin() -> None:
    """Start the server and point the environment, which xdist's workers inherit, at it."""
    global _usage, _cluster
    os.environ.setdefault("HAMAYNK_MODE", "test")
    if "PYTEST_XDIST_WORKER" in os.environ or os.environ.get("HAMAYNK_TEST_RUN"):
        return
    os.environ["HAMAYNK_TEST_RUN"] = "1"
    folder = paths.test_dir()
    given = paths.setting("DATABASE_URL")
    os.environ["HAMAYNK_VAR"] = str(folder)
    if given:
        return
    folder.mkdir(parents=True, exist_ok=True)
    _usage = os.open(folder / "test-runs.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(_usage, fcntl.LOCK_SH)
    _cluster = Cluster(folder, durable=False, may_create_databases=True)
    try:
        os.environ["DATABASE_URL"] = _cluster.ensure_running().url
    except PostgresError as problem:
        raise pytest.UsageError(str(problem)) from None


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server when no other test run uses it."""
    global _usage
    if _usage is None or _cluster is None:
        return
    try:
        fcntl.flock(_usage, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _cluster.stop()
    except BlockingIOError:
        pass  # another run still needs it and will stop it
    finally:
        os.close(_usage)
        _usage = None


_begin()
