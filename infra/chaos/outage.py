"""The broker goes away for a while and comes back: what is submitted meanwhile must be kept and sent afterwards.

On one machine the broker is a folder. While it is away a plain file lies in its place, so that nobody can put a message
in, take one out, or make the folder anew; the messages that wait are kept aside and come back with it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from infra.chaos.product import Say
from infra.chaos.watching import Watching

# From this part of the submissions to that one; after so many seconds it comes back in any case.
FROM, TO = 1 / 3, 1 / 2
LONGEST_SECONDS = 180.0


@dataclass
class BrokerOutage(Watching):
    """Takes the broker away once, in the middle of the submissions."""

    queue: Path
    submissions: int
    say: Say
    seconds: float = 0.0
    confirmed_meanwhile: int = 0

    def run(self) -> None:
        """Until it is back."""
        self.wait_for(self.submissions * FROM)
        if self.confirmed < self.submissions * FROM:
            return
        begun, before = time.monotonic(), self.confirmed
        aside = self.queue.with_name("queue-aside")
        self.queue.rename(aside)
        self.queue.write_text("away")
        self.say(f"the broker is away at {before} confirmed")
        try:
            self.wait_for(self.submissions * TO, LONGEST_SECONDS)
        finally:
            self.queue.unlink()
            aside.rename(self.queue)
        self.seconds, self.confirmed_meanwhile = time.monotonic() - begun, self.confirmed - before
        self.say(f"the broker is back after {self.seconds:.1f} s; {self.confirmed_meanwhile} confirmed meanwhile")
