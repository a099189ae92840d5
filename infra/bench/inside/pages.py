"""The home page in process, through the whole of Django: asked in blocks, so that two variants can take turns."""

from __future__ import annotations

import hashlib
import sys

from infra.bench.inside.answers import answer
from infra.bench.inside.site import Site


def page(path: str = "/") -> str:
    """Answers each line "N" on stdin with the milliseconds of N requests, "same" with the page's size and digest."""
    site = Site()

    def ask() -> float:
        taken, body = site.get(path)
        assert len(body) > 2_000, body[:300]
        return taken

    for line in sys.stdin:
        if line.strip() == "same":
            _taken, body = site.get(path)
            answer([len(body), hashlib.sha256(body).hexdigest()])
            continue
        answer([ask() for _ in range(int(line))])
    return "done"
