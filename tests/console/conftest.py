"""A person of the ministry, and a queue that does the work when the test says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from console import tasks
from console.provisioning import CONSOLE_GROUP
from tenants.context import tenant
from tenants.models import Community


@pytest.fixture
def officer(ministry: Community, staff_of: Callable[..., Any]) -> Any:
    """A member of the ministry's staff who may manage communities, and nothing more."""
    return staff_of(ministry, "officer@ministry.example", groups=[CONSOLE_GROUP])


@pytest.fixture
def console(ministry: Community, officer: Any, signed_in: Callable[..., Client]) -> Client:
    """The officer's browser on the ministry's host."""
    return signed_in(ministry, officer)


class Queue:
    """What was handed to the worker, and a worker of one process."""

    def __init__(self, ministry: Community) -> None:
        self.ministry, self.slugs = ministry, []

    def delay(self, slug: str) -> None:
        self.slugs.append(slug)

    def work(self) -> None:
        """Do everything that waits, as the worker does it: with the tenant of the message."""
        waiting, self.slugs = self.slugs, []
        with tenant(self.ministry):
            for slug in waiting:
                tasks.connect_community(slug)


@pytest.fixture
def queue(ministry: Community, monkeypatch: pytest.MonkeyPatch) -> Queue:
    queue = Queue(ministry)
    monkeypatch.setattr(tasks.connect_community, "delay", queue.delay)
    return queue
