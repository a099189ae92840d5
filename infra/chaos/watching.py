"""What acts in the chaos run when so many submissions are confirmed, each in a thread of its own."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field


@dataclass
class Watching:
    """Told of each confirmation and of the end."""

    confirmed: int = field(default=0, init=False)
    is_over: bool = field(default=False, init=False)
    _changed: threading.Condition = field(default_factory=threading.Condition, init=False)

    def progress(self, confirmed: int) -> None:
        """So many submissions are confirmed now."""
        with self._changed:
            self.confirmed = confirmed
            self._changed.notify_all()

    def end(self) -> None:
        """All is sent: nothing more is done to the product."""
        with self._changed:
            self.is_over = True
            self._changed.notify_all()

    def wait_for(self, confirmed: float, seconds: float | None = None) -> None:
        """Until so many are confirmed, all is over, or the time has passed."""
        with self._changed:
            self._changed.wait_for(lambda: self.confirmed >= confirmed or self.is_over, seconds)
