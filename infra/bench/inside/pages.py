"""The home page in process, through the whole of Django: asked in blocks, so that two variants can take turns."""

from __future__ import annotations

import hashlib
import io
import sys
import time
from typing import Any

from infra import applications
from infra.bench.inside.answers import answer
from infra.bench.machine import SITE_PORT

HOST = f"{applications.COMMUNITY}.localhost:{SITE_PORT}"


def page(path: str = "/") -> str:
    """Answers each line "N" on stdin with the milliseconds of N requests, "same" with the page's size and digest."""
    from config.wsgi import application

    def ask(keep: list[bytes] | None = None) -> float:
        environ = {
            "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": "",
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": str(SITE_PORT), "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": HOST, "HTTP_USER_AGENT": "bench",
            "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
            "wsgi.multithread": False, "wsgi.multiprocess": True, "wsgi.run_once": False,
        }  # fmt: skip
        statuses: list[str] = []

        def start_response(status: str, headers: Any, problem: Any = None) -> Any:
            statuses.append(status)
            return lambda piece: None

        begun = time.perf_counter()
        answer = application(environ, start_response)
        body = b"".join(answer)
        answer.close()
        taken = time.perf_counter() - begun
        assert statuses[0].startswith("200") and len(body) > 2_000, (statuses, body[:300])
        if keep is not None:
            keep.append(body)
        return taken * 1000

    for line in sys.stdin:
        if line.strip() == "same":
            bodies: list[bytes] = []
            ask(bodies)
            answer([len(bodies[0]), hashlib.sha256(bodies[0]).hexdigest()])
            continue
        answer([ask() for _ in range(int(line))])
    return "done"
