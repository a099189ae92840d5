"""Residents' programs that apply: whoever gets no answer asks again with the same Idempotency-Key.

Three kinds, as in life: most are patient; some send twice at once (a double click); some never ask again, and do not
know whether they were heard.
"""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from infra import applications

ANSWER_SECONDS = 30.0
PATIENCE_SECONDS = 240.0
PAUSE_SECONDS = (0.05, 0.4)
CONFIRMED = (200, 201)


@dataclass
class Applicant:
    """One application and what its sender was told. `uuid` and `number` are empty until it is confirmed."""

    index: int
    key: str
    kind: str  # patient | twice | impatient
    uuid: str = ""
    number: str = ""
    tries: int = 0
    disagreed: bool = False  # two answers to one key named different cases
    complaint: str = ""

    @property
    def is_confirmed(self) -> bool:
        return bool(self.uuid)


@dataclass
class Crowd:
    """All applicants, sent by a few threads."""

    host: str
    port: int
    applicants: list[Applicant]
    threads: int = 8
    on_confirmed: Callable[[int], None] = lambda confirmed: None
    unanswered: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def confirmed(self) -> int:
        return sum(applicant.is_confirmed for applicant in self.applicants)

    def send_all(self) -> None:
        """Returns when each applicant is confirmed or has given up."""
        waiting = list(reversed(self.applicants))

        def work() -> None:
            while True:
                with self._lock:
                    if not waiting:
                        return
                    applicant = waiting.pop()
                self._apply(applicant)
                self.on_confirmed(self.confirmed)

        workers = [threading.Thread(target=work, daemon=True) for _ in range(self.threads)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    def ask_again(self, applicant: Applicant) -> bool:
        """Send a confirmed application once more; True when the same case is named."""
        before = (applicant.uuid, applicant.number)
        self._until_answered(applicant)
        return before == (applicant.uuid, applicant.number) and not applicant.disagreed

    def _apply(self, applicant: Applicant) -> None:
        if applicant.kind == "impatient":
            self._once(applicant)
            return
        if applicant.kind == "twice":
            second = threading.Thread(target=self._until_answered, args=(applicant,), daemon=True)
            second.start()
            self._until_answered(applicant)
            second.join()
            return
        self._until_answered(applicant)

    def _until_answered(self, applicant: Applicant) -> None:
        give_up = time.monotonic() + PATIENCE_SECONDS
        while not self._once(applicant):
            if time.monotonic() > give_up:
                return
            time.sleep(random.uniform(*PAUSE_SECONDS))  # noqa: S311

    def _once(self, applicant: Applicant) -> bool:
        """One request; True when the server has confirmed or finally refused."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)
        with self._lock:
            applicant.tries += 1
        try:
            connection.request(
                "POST", applications.PATH, applications.body(applicant.index),
                applications.headers(applicant.index, applicant.key, f"{self.host}:{self.port}"),
            )  # fmt: skip
            response = connection.getresponse()
            status, content = response.status, response.read()
        except (OSError, http.client.HTTPException):
            with self._lock:
                self.unanswered += 1
            return False
        finally:
            connection.close()
        if status in CONFIRMED:
            self._note(applicant, json.loads(content))
            return True
        if status >= 500 or status == 429:
            with self._lock:
                self.unanswered += 1
            return False
        applicant.complaint = f"{status}: {content[:300].decode('utf-8', 'replace')}"
        return True

    def _note(self, applicant: Applicant, told: dict[str, str]) -> None:
        with self._lock:
            if applicant.uuid and (applicant.uuid, applicant.number) != (told["id"], told["number"]):
                applicant.disagreed = True
            applicant.uuid, applicant.number = told["id"], told["number"]


def crowd(host: str, port: int, count: int, chance: random.Random) -> Crowd:
    """So many applicants: one in twenty sends twice at once, one in twenty never asks again."""
    run = f"{chance.getrandbits(48):012x}"
    kinds = chance.choices(["patient", "twice", "impatient"], weights=[18, 1, 1], k=count)
    return Crowd(host, port, [Applicant(i, f"chaos-{run}-{i:06d}", kind) for i, kind in enumerate(kinds)])
