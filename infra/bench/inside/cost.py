"""What something costs: time on the clock, and time on a processor of this process and of its PostgreSQL backend.

On a machine that does other things, too, the clock says how busy the others are; the processors say what we need.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def backend() -> int:
    """The process of PostgreSQL that serves this one; on the same machine."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def on_processor(pid: int) -> float:
    """Milliseconds that a process has run; 0 where the system does not say (Linux only)."""
    said = Path(f"/proc/{pid}/schedstat")
    return int(said.read_text().split()[0]) / 1e6 if said.exists() else 0.0


class Costs:
    """Pairs of milliseconds (clock, processors), by name."""

    def __init__(self) -> None:
        self.pairs: dict[str, list[tuple[float, float]]] = {}

    def of(self, name: str, act: Callable[[], Any]) -> Any:
        """Do it and note what it cost under a name."""
        pid = backend()
        there, here, begun = on_processor(pid), time.process_time(), time.perf_counter()
        done = act()
        wall = (time.perf_counter() - begun) * 1000
        busy = (time.process_time() - here) * 1000 + on_processor(backend()) - there if backend() == pid else wall
        self.pairs.setdefault(name, []).append((wall, busy))
        return done
