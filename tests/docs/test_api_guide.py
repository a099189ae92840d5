"""The guide to the API is true: its commands are run by curl against the product, and print what it says they print."""

from __future__ import annotations

import json
import os
import re
import subprocess
import threading
from datetime import timedelta
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.db import connections
from django.utils import timezone

from services_api.cases.models import ApiToken
from services_api.cases.services import issue_token
from tenants.context import register, tenant
from tenants.models import Community

GUIDE = "docs/integrators/api.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Silent(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """The test reports by itself."""


@pytest.fixture
def host(real_commits):
    """Meghri on a port of its own."""
    from config.wsgi import application

    server = make_server("127.0.0.1", 0, application, handler_class=Silent)

    def serve() -> None:
        server.serve_forever(poll_interval=0.05)
        connections.close_all()

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"http://meghri.localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def fits(expected: Any, shown: Any) -> bool:
    """Whether an answer holds everything that the guide shows of it; `…` stands for anything."""
    if isinstance(expected, dict):
        return isinstance(shown, dict) and all(
            name in shown and fits(each, shown[name]) for name, each in expected.items()
        )  # fmt: skip
    if isinstance(expected, list):
        return isinstance(shown, list) and len(shown) >= len(expected) and all(map(fits, expected, shown))
    if isinstance(expected, str) and "…" in expected:
        pattern = ".*".join(re.escape(each) for each in expected.split("…"))
        return re.fullmatch(pattern, str(shown), re.DOTALL) is not None
    return bool(expected == shown)


@pytest.mark.slow
def test_every_command_prints_what_the_guide_shows(host, staff_of, tmp_path, request):
    with register():
        meghri = Community.objects.get(slug="meghri")
    officer = staff_of(meghri, groups=["Դիմումների պատասխանատուներ"])
    with tenant(meghri):
        token = issue_token(officer, "guide", ApiToken.Scope.values, timezone.now() + timedelta(days=1))[1]
    root = request.config.rootpath
    blocks = BLOCK.findall((root / GUIDE).read_text("utf-8"))
    commands = [content for kind, content in blocks if kind == "sh"]
    assert len(commands) >= 12
    script = "".join(f"echo '@@@'\n{each}" for each in commands).replace("https://meghri.example", host)
    environment = {**os.environ, "TOKEN": token, "DOCS": str(root / "docs/integrators"), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip
    printed = done.stdout.split("@@@\n")[1:]
    assert done.returncode == 0, (done.stderr, printed[-1:])
    assert len(printed) == len(commands)
    number, wrong = -1, []
    for kind, content in blocks:
        if kind == "sh":
            number += 1
        elif kind == "json":
            shown = json.loads(printed[number])
            if not fits(json.loads(content), shown):
                wrong.append((commands[number], content, shown))
        elif kind == "text" and printed[number].strip() != content.strip():
            wrong.append((commands[number], content, printed[number]))
    assert not wrong, wrong
