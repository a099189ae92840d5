"""Whom `kill -9` meets: any process of the running product."""

from __future__ import annotations

import json
import random
import signal
import threading
from collections import Counter
from dataclasses import dataclass, field

from infra.chaos.product import Product, Say
from infra.chaos.watching import Watching
from infra.local import processes

# The first three are what the promise names; a short run kills each of them once.
TARGETS = ("web worker", "worker", "PostgreSQL", "web server", "dispatcher", "PostgreSQL backend")
NAMED = 3
COMMANDS = {"web worker": "gunicorn", "web server": "gunicorn", "worker": "celery", "dispatcher": "dispatch"}
LOOK_SECONDS = 0.05
FIND_SECONDS = 60.0


@dataclass
class Killer(Watching):
    """Kills `kills` processes, spread evenly over `submissions` confirmed submissions."""

    product: Product
    kills: int
    submissions: int
    chance: random.Random
    say: Say
    killed: Counter[str] = field(default_factory=Counter)
    missed: int = 0

    def run(self) -> None:
        """Until all kills are done or the submissions are over."""
        for turn, target in enumerate(self._order()):
            due = (turn + 1) * self.submissions // (self.kills + 1)
            self.wait_for(due)
            if self.is_over:
                self.missed = self.kills - turn
                return
            pid = self._find(target)
            if pid is None:
                self.say(f"{target}: not found within {FIND_SECONDS:.0f} s, nobody is killed")
                self.missed += 1
                continue
            processes.send(pid, signal.SIGKILL)
            self.killed[target] += 1
            self.say(f"kill -9 {target} ({pid}) at {self.confirmed} confirmed")

    def _order(self) -> list[str]:
        order: list[str] = []
        while len(order) < self.kills:
            named, others = list(TARGETS[:NAMED]), list(TARGETS[NAMED:])
            self.chance.shuffle(named)
            self.chance.shuffle(others)
            order += named + others
        return order[: self.kills]

    def _find(self, target: str) -> int | None:
        """A process of this kind; one that is just being started again is waited for."""
        waiter = threading.Event()
        for _look in range(int(FIND_SECONDS / LOOK_SECONDS)):
            candidates = self._candidates(target)
            if candidates:
                return self.chance.choice(candidates)
            waiter.wait(LOOK_SECONDS)
        return None

    def _candidates(self, target: str) -> list[int]:
        if target.startswith("PostgreSQL"):
            server = self.product.cluster.status().pid
            if server is None or target == "PostgreSQL":
                return [server] if server else []
            return [
                pid
                for pid in processes.working_in(self.product.cluster.status().data)
                if "hamaynk" in processes.command_line(pid) and "postgres:" in processes.command_line(pid)
            ]
        leaders = [pid for pid in self._recorded() if COMMANDS[target] in processes.command_line(pid)]
        if target != "web worker":
            return leaders
        return [pid for leader in leaders for pid in processes.group_members(leader) if pid != leader]

    def _recorded(self) -> list[int]:
        """The processes that the supervisor has written down and that still run."""
        try:
            entries = json.loads((self.product.var / "run" / "services.json").read_text())
        except (OSError, ValueError):
            return []  # just being written
        return [entry["pid"] for entry in entries if processes.alive(entry["pid"])]
