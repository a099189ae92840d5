"""Work outside requests: Celery with the tenant in a header, Wagtail's own tasks handed over with it, and threads."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import Any, TypeVar

from celery import shared_task
from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.signals import task_enqueued
from kombu.exceptions import OperationalError

from tenants.context import current_community, current_schema, tenant
from tenants.models import Community

logger = logging.getLogger(__name__)
T = TypeVar("T")


class UnknownTenant(Exception):
    """A message for a tenant that does not exist any more; it is refused, never run elsewhere."""


class CeleryTasksBackend(BaseTaskBackend):
    """Django's task interface (used by Wagtail for indexing and references) on our Celery.

    Wagtail's default runs the task at once in the request. Here the message leaves after commit and carries the
    tenant, so that the worker does the work in the right schema.
    """

    supports_defer = True
    supports_async_task = False
    supports_get_result = False

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        self.validate_task(task)
        identity = get_random_string(32)
        path = task.module_path
        transaction.on_commit(lambda: _hand_over(path, list(args), dict(kwargs), identity, task.run_after))
        result: TaskResult = TaskResult(
            task=task,
            id=identity,
            status=TaskResultStatus.READY,
            enqueued_at=timezone.now(),
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=list(args),
            kwargs=dict(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
        task_enqueued.send(type(self), task_result=result)
        return result


def _hand_over(path: str, args: list[Any], kwargs: dict[str, Any], identity: str, at: datetime | None) -> None:
    """To the worker; with the broker away the work is done here and now, so that no index stays behind."""
    try:
        run_django_task.apply_async(args=[path, args, kwargs], task_id=identity, eta=at)
    except (OperationalError, OSError) as error:
        logger.warning("The broker is not reached (%s); %s runs in this process.", error, path)
        run_django_task(path, args, kwargs)


@shared_task(name="tenants.run_django_task")
def run_django_task(path: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Runs a task of Django's interface for the tenant of the message."""
    import_string(path).func(*args, **kwargs)


class TenantThreadPool(ThreadPoolExecutor):
    """A pool whose threads start in the tenant of whoever submitted the work, not in the register."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        community = current_community()
        schema = current_schema()
        if community is None and schema != "public":
            raise UnknownTenant(f"Schema {schema} has no community to run a thread for.")

        def in_tenant() -> T:
            try:
                if community is None:
                    return fn(*args, **kwargs)
                with tenant(community):
                    return fn(*args, **kwargs)
            finally:
                connection.close()

        return super().submit(in_tenant)


def community_of_schema(schema: str) -> Community:
    """The community of a schema, for work that arrives with a name. Raises UnknownTenant."""
    try:
        return Community.objects.get(schema_name=schema)
    except Community.DoesNotExist as error:
        raise UnknownTenant(schema) from error
