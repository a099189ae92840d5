"""Meghri's public site in this process, through the whole of Django."""

from __future__ import annotations

import io
import sys
import time
from typing import Any

from infra import applications
from infra.bench.machine import SITE_PORT

HOST = f"{applications.COMMUNITY}.localhost:{SITE_PORT}"


class Site:
    """Answers requests, of anonymous visitors or with a cookie of staff, and says how long each took."""

    def __init__(self) -> None:
        from config.wsgi import application

        self.application = application

    def get(self, path: str, query: str = "", cookie: str = "") -> tuple[float, bytes]:
        """Milliseconds and the page. Any status but 200 ends the bench."""
        environ = {
            "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": str(SITE_PORT), "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": HOST, "HTTP_USER_AGENT": "bench",
            "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
            "wsgi.multithread": False, "wsgi.multiprocess": True, "wsgi.run_once": False,
        }  # fmt: skip
        if cookie:
            environ["HTTP_COOKIE"] = cookie
        statuses: list[str] = []

        def start_response(status: str, headers: Any, problem: Any = None) -> Any:
            statuses.append(status)
            return lambda piece: None

        begun = time.perf_counter()
        answer = self.application(environ, start_response)
        body = b"".join(answer)
        answer.close()
        taken = time.perf_counter() - begun
        assert statuses[0].startswith("200"), (statuses, path, query, body[:300])
        return taken * 1000, body
