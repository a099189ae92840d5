"""Tasks: mine, those of a case, giving, ending, taking back, another last day."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from services_api.api.base import StaffEndpoint, made_once, may_read_personal
from services_api.api.documented import operation
from services_api.api.paging import Order as ListOrder
from services_api.api.paging import PageSerializer, page_of, page_of_list, page_shape
from services_api.api.reading import given
from services_api.api.selection import FIELDS, wanted
from services_api.api.serializers.work import FinishSerializer, OrderSerializer, PostponeSerializer, TaskSerializer
from services_api.api.staff.parts import case_of, seen
from services_api.cases import public as cases

TAG = "tasks"


def shown(request: Request, task: cases.Task) -> Any:
    """A task as it is answered."""
    return TaskSerializer(task, context={"personal": may_read_personal(request)}).data


class Tasks(StaffEndpoint):
    """My tasks."""

    @operation("tasks", TAG, {200: page_shape(TaskSerializer)}, parameters=[PageSerializer, FIELDS])
    def get(self, request: Request) -> Response:
        """Open tasks that you have today, also by a position, a queue or as a substitute; the most urgent first."""
        context = {"only": wanted(request, TaskSerializer), "personal": may_read_personal(request)}
        page = page_of(request, cases.my_tasks(request.user), ListOrder.of("due_at", nullable=("due_at",)))
        return Response(page.body(TaskSerializer(page.rows, many=True, context=context).data))


class CaseTasks(StaffEndpoint):
    """Tasks of one case."""

    @operation("tasksOfCase", TAG, {200: page_shape(TaskSerializer)}, parameters=[PageSerializer, FIELDS])
    def get(self, request: Request, uuid: UUID) -> Response:
        """All tasks of a case, in the order in which they were given."""
        case = case_of(request, uuid)
        context = {"only": wanted(request, TaskSerializer), "personal": may_read_personal(request)}
        found = [each["task"] for each in cases.tasks_of_case(request.user, case)]
        for task in found:
            # Read already; each task would ask for its case again.
            task.case = case
        page = page_of_list(request, found, lambda each: each.uuid)
        return Response(page.body(TaskSerializer(page.rows, many=True, context=context).data))

    @operation("giveTasks", TAG, {201: TaskSerializer(many=True)}, request=OrderSerializer, creates=True)
    def post(self, request: Request, uuid: UUID) -> Response:
        """Give tasks of one group: at once or in turn, joined when all, one or so many of them are done."""
        case = case_of(request, uuid)
        data = given(OrderSerializer, request.data)

        def give() -> list[str]:
            order = cases.Order(
                kind=data["kind"], to=data["to"], text=data["text"].strip(), until=data["until"], join=data["join"],
                in_turn=data["in_turn"],
            )  # fmt: skip
            return [str(each.uuid) for each in cases.issue(case.uuid, order, actor=cases.staff(request.user))]

        def answer(made: list[str]) -> Any:
            found = case.tasks.filter(uuid__in=made).select_related("case", "position__unit", "queue", "user")
            return [shown(request, each) for each in found.order_by("id")]

        return made_once(request, f"tasks {case.uuid}", data, give, answer)


class TaskEndpoint(StaffEndpoint):
    """One task."""

    def found(self, request: Request, task: UUID) -> cases.Task:
        """The task, if the caller sees its case. Raises NotFound."""
        with seen():
            return cases.staff_task(request.user, task)

    def after(self, request: Request, task: cases.Task) -> Response:
        """The task as it is now; also when its case is no longer seen by whoever has just ended it."""
        fresh = cases.Task.objects.select_related("case", "position__unit", "queue", "user").get(pk=task.pk)
        return Response(shown(request, fresh))


class TaskDetail(TaskEndpoint):
    has_tag = True

    @operation("task", TAG, {200: TaskSerializer}, parameters=[FIELDS], has_tag=True)
    def get(self, request: Request, task: UUID) -> Response:
        """One task of a case that you may see."""
        found = self.found(request, task)
        context = {"only": wanted(request, TaskSerializer), "personal": may_read_personal(request)}
        return Response(TaskSerializer(found, context=context).data)


class TaskFinish(TaskEndpoint):
    @operation("finishTask", TAG, {200: TaskSerializer}, request=FinishSerializer)
    def post(self, request: Request, task: UUID) -> Response:
        """End a task that you have: done, returned to the issuer, or refused with reasons."""
        found = self.found(request, task)
        data = given(FinishSerializer, request.data)
        with seen():
            cases.finish(found.uuid, data["state"], data["result"], user=request.user)
        return self.after(request, found)


class TaskCancel(TaskEndpoint):
    @operation("cancelTask", TAG, {200: TaskSerializer})
    def post(self, request: Request, task: UUID) -> Response:
        """Take a task back that you gave; whoever receives and heads may do it, too."""
        found = self.found(request, task)
        with seen():
            cases.cancel(found.uuid, user=request.user)
        return self.after(request, found)


class TaskPostpone(TaskEndpoint):
    @operation("postponeTask", TAG, {200: TaskSerializer}, request=PostponeSerializer)
    def post(self, request: Request, task: UUID) -> Response:
        """Give an unfinished task of yours another last day."""
        found = self.found(request, task)
        data = given(PostponeSerializer, request.data)
        with seen():
            cases.postpone(found.uuid, data["until"], user=request.user)
        return self.after(request, found)
