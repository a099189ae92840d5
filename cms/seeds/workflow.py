"""Approval of pages: an editor hands a page in, a chief editor approves and thereby publishes it."""

from __future__ import annotations

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from cms.seeds.roles import ADMINISTRATORS, CHIEF_EDITORS

NAME = "Գլխավոր խմբագրի հաստատում"


def seed_workflow() -> None:
    """One workflow with one task, for the whole tree. Wagtail's own one, for a group that is gone, goes."""
    root = Page.objects.get(depth=1)
    workflow, _created = Workflow.objects.get_or_create(name=NAME)
    task, _created = GroupApprovalTask.objects.get_or_create(name=NAME)
    task.groups.set(Group.objects.filter(name__in=(CHIEF_EDITORS, ADMINISTRATORS)))
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
    Workflow.objects.exclude(pk=workflow.pk).filter(workflow_states__isnull=True).delete()
    GroupApprovalTask.objects.exclude(pk=task.pk).filter(task_states__isnull=True, workflow_tasks__isnull=True).delete()
