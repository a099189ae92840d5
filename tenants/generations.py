"""Cheap stamps that tell all processes that something changed: the register, a tenant's published pages.

A process keeps what it computed together with the stamp, and asks for the stamp again (microseconds) before using
it. On one machine a stamp is the time of change of an empty file; beyond it, a key in the shared cache.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from django.conf import settings
from django.core.cache import caches

from tenants.context import register


def _file(name: str) -> Path:
    return Path(settings.VAR_DIR) / "generations" / name.replace("/", "_")


def current(name: str) -> str:
    """The stamp of a name; it differs after each `bump`."""
    if settings.GENERATIONS == "files":
        try:
            return str(_file(name).stat().st_mtime_ns)
        except FileNotFoundError:
            return "0"
    with register():
        return str(caches["shared"].get(f"generation:{name}", "0"))


def bump(name: str) -> None:
    """Say that what this name stands for has changed."""
    if settings.GENERATIONS == "files":
        path = _file(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        now = time.time_ns()
        os.utime(path, ns=(now, now))
        return
    with register():
        caches["shared"].set(f"generation:{name}", str(time.time_ns()), None)
