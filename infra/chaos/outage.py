"""The broker goes away for a while and comes back: what is submitted meanwhile must be kept and sent afterwards.

On one machine the broker is a folder. While it is away a plain file lies in its place, so that nobody can put a message
in, take one out, or make the folder anew; the messages that wait are kept aside and come back with it.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from infra.chaos.product import Say

# From this part of the submissions to that one; after so many seconds it comes back in any case.
FROM, TO = 1 / 3, 1 / 2
LONGEST_SECONDS = 180.0


@dataclass
class BrokerOutage:
    """Takes the broker away once, in the middle of the submissions."""

    queue: Path
    submissions: int
    say: Say
    seconds: float = 0.0
    confirmed_meanwhile: int = 0
    _progress: int = 0
    _over: bool = False
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def progress(self, confirmed: int) -> None:
        """So many submissions are confirmed now."""
        with self._changed:
            self._progress = confirmed
            self._changed.notify_all()

    def end(self) -> None:
        """All is sent: the broker comes back, if it is still away."""
        with self._changed:
            self._over = True
            self._changed.notify_all()

    def run(self) -> None:
        """Until it is back."""
        if not self._wait(self.submissions * FROM, None):
            return
        begun, before = time.monotonic(), self._progress
        aside = self.queue.with_name("queue-aside")
        self.queue.rename(aside)
        self.queue.write_text("away")
        self.say(f"the broker is away at {before} confirmed")
        try:
            self._wait(self.submissions * TO, LONGEST_SECONDS)
        finally:
            self.queue.unlink()
            aside.rename(self.queue)
        self.seconds, self.confirmed_meanwhile = time.monotonic() - begun, self._progress - before
        self.say(f"the broker is back after {self.seconds:.1f} s; {self.confirmed_meanwhile} confirmed meanwhile")

    def _wait(self, progress: float, seconds: float | None) -> bool:
        """Whether so many are confirmed, before all is over or the time has passed."""
        with self._changed:
            self._changed.wait_for(lambda: self._progress >= progress or self._over, seconds)
            return self._progress >= progress
