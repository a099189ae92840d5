"""Tasks: given, done, returned, refused, cancelled; and when a group of them is joined."""

from __future__ import annotations

from django.utils import timezone

from services_api.cases.models import UNFINISHED, Case, CaseEvent, Task, TaskState


def is_joined(tasks: list[Task]) -> bool:
    """Whether a group is finished: so many done as it needs, or all of them when it says 0. Cancelled ones are gone."""
    counted = [each for each in tasks if each.state != TaskState.CANCELLED]
    done = sum(each.state == TaskState.DONE for each in counted)
    needed = max((each.needed for each in counted), default=0)
    return done >= needed if needed else done == len(counted)


def unjoined(case: Case) -> list[str]:
    """Groups of a case that are not joined, in order."""
    groups: dict[str, list[Task]] = {}
    for task in Task.objects.filter(case=case):
        groups.setdefault(task.group, []).append(task)
    return sorted(group for group, tasks in groups.items() if not is_joined(tasks))


def cancel_all(case: Case, event: CaseEvent) -> None:
    """The case has ended: nobody has to do anything more."""
    Task.objects.filter(case=case, state__in=UNFINISHED).update(
        state=TaskState.CANCELLED, finished_at=timezone.now(), finished_by=event.actor_label
    )
