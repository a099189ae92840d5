"""gunicorn's settings, on one machine and in a container: synchronous processes (measured: twice the speed of ASGI)."""

import os
import signal
from pathlib import Path
from typing import Any

from infra.local import processes

wsgi_app = "config.wsgi:application"
worker_class = "sync"
workers = int(os.environ.get("HAMAYNK_WORKERS", "2"))
# Loaded once, shared by the processes: half the start-up time and half the memory.
preload_app = True
timeout = 60
graceful_timeout = 20
# Django's memory and PostgreSQL's backend memory grow with the number of tenants touched: begin anew now and then.
max_requests = 5000
max_requests_jitter = 1000
# The heartbeat file must not wait for a busy disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a private file is made in it
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
errorlog = "-"
control_socket_disable = True


def pre_fork(server: object, worker: object) -> None:
    """No process may inherit a database connection that another one uses."""
    from django.db import connections

    connections.close_all()


def post_fork(server: object, worker: object) -> None:
    """A worker whose master was killed must not keep the port: by itself it would notice only after half a minute."""
    die_with_master = processes.dying_with_parent(signal.SIGTERM, os.getppid())
    if die_with_master is not None:
        die_with_master()


def when_ready(server: Any) -> None:
    """Before the first worker: prove that the database connection keeps the schema that is set, or serve nothing.

    Then read what all workers need, so that they share its memory.
    """
    from django.db import Error

    from cms.public import warm_up
    from tenants.selftest import ForeignSchema, refuse_foreign_schemas

    try:
        refuse_foreign_schemas()
    except ForeignSchema as danger:
        server.log.critical("Not serving: %s", danger)
        raise SystemExit(3) from danger
    except Error as trouble:
        # Whoever started us starts us again; by then the database may be there.
        server.log.error("Not serving yet: the database does not answer (%s)", trouble)
        raise SystemExit(1) from trouble
    warm_up()
