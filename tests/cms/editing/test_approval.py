"""An editor writes, a chief editor approves; the letters are in Armenian and lead to the community's own host."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, TaskState, Workflow, WorkflowState

from cms.models import HomePage, NewsPage
from cms.tasks import publish_scheduled
from tests.cms.editing.conftest import CHIEF_EDITORS, EDITORS, latest

ADMINISTRATORS = "Կայքի կառավարիչներ"


@pytest.fixture
def item(add_news) -> NewsPage:
    found = add_news("Ջրի դադար", body=[("quote", {"text": "Սպասեք։", "source": ""})])
    return NewsPage.objects.get(pk=found.pk)


@pytest.fixture
def people(in_meghri, meghri, staff_of, signed_in):
    editor = staff_of(meghri, "editor@meghri.example", groups=[EDITORS])
    chief = staff_of(meghri, "chief@meghri.example", groups=[CHIEF_EDITORS])
    return signed_in(meghri, editor), signed_in(meghri, chief)


def test_the_whole_tree_has_the_one_workflow(in_meghri):
    (workflow,) = Workflow.objects.all()
    assert workflow.name == "Գլխավոր խմբագրի հաստատում"
    for home in HomePage.objects.all():
        assert home.get_workflow() == workflow
    task = GroupApprovalTask.objects.get()
    assert {group.name for group in task.groups.all()} == {CHIEF_EDITORS, ADMINISTRATORS}


def test_the_seed_may_run_twice(in_meghri):
    from cms.seeds.workflow import seed_workflow

    seed_workflow()
    assert Workflow.objects.count() == 1


def _approve(client, page, *, action: str = "approve", comment: str = ""):
    state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    return client.post(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk]), {"comment": comment}
    )


def test_from_the_draft_to_the_public_page(item, people, edit, meghri, client_for, django_capture_on_commit_callbacks):
    editor, chief = people
    visitor = client_for(meghri)
    assert edit(editor, item, "action-publish", title="Նոր").status_code == 302
    assert NewsPage.objects.get(pk=item.pk).title == "Ջրի դադար", "an editor's «publish» is no more than a draft"
    mail.outbox.clear()
    edit(editor, item, "action-submit", title="Ջուրը կա")
    recipients = {address for letter in mail.outbox for address in letter.to}
    assert recipients == {"chief@meghri.example", "admin@meghri.example"}, "whoever may approve, nobody else"
    letter = mail.outbox[0]
    assert "http://meghri." in letter.body and f"/admin/pages/{item.pk}/edit/" in letter.body
    assert "Hello" not in letter.body and "submitted" not in letter.subject
    assert "Ջուրը կա" in chief.get(reverse("wagtailadmin_home")).content.decode(), "it waits on the dashboard"
    assert "Ջուրը կա" not in visitor.get(item.url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        _approve(chief, item)
    assert "Ջուրը կա" in visitor.get(item.url).content.decode()
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_APPROVED
    assert mail.outbox[-1].to == ["editor@meghri.example"]


def test_a_page_that_is_given_back_comes_with_the_reason(item, people, edit):
    editor, chief = people
    edit(editor, item, "action-submit", title="Ջուրը կա")
    mail.outbox.clear()
    _approve(chief, item, action="reject", comment="Նշեք ժամը")
    assert NewsPage.objects.get(pk=item.pk).title == "Ջրի դադար"
    assert mail.outbox[-1].to == ["editor@meghri.example"] and "Նշեք ժամը" in mail.outbox[-1].body
    edit(editor, item, "action-submit", title="Ջուրը կա ժամը 18:00-ից")
    _approve(chief, item)
    assert NewsPage.objects.get(pk=item.pk).title == "Ջուրը կա ժամը 18:00-ից"


def test_a_page_that_waits_for_approval_is_not_changed_by_its_editor(item, people, edit):
    editor, _chief = people
    edit(editor, item, "action-submit", title="Ջուրը կա")
    edit(editor, item, title="Ուրիշ բան")
    assert latest(item).title == "Ջուրը կա"


def test_an_editor_may_not_approve(item, people, edit):
    editor, _chief = people
    edit(editor, item, "action-submit", title="Ջուրը կա")
    _approve(editor, item)
    assert NewsPage.objects.get(pk=item.pk).title == "Ջրի դադար"


def test_an_approved_page_with_a_time_appears_at_that_time_and_goes(item, people, edit, meghri, client_for):
    editor, chief = people
    now = timezone.now().replace(microsecond=0, second=0)
    NewsPage.objects.filter(pk=item.pk).update(live=False)

    def local(moment):
        return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")

    times = {"go_live_at": local(now + timedelta(hours=2)), "expire_at": local(now + timedelta(hours=4))}
    edit(editor, item, "action-submit", **times)
    _approve(chief, item)
    assert not NewsPage.objects.get(pk=item.pk).live
    for hours, live in ((3, True), (5, False)):
        with time_machine.travel(now + timedelta(hours=hours)):
            publish_scheduled()
        assert NewsPage.objects.get(pk=item.pk).live is live


def test_comments_are_switched_on(item, people):
    editor, _chief = people
    shown = editor.get(reverse("wagtailadmin_pages:edit", args=[item.pk])).content.decode()
    assert 'id="comments-data"' in shown and 'id="comments-output"' in shown


def test_only_the_administrator_sets_up_approval(in_meghri, meghri, staff_of, signed_in, people):
    administrator = signed_in(meghri, staff_of(meghri, groups=[ADMINISTRATORS]))
    assert administrator.get(reverse("wagtailadmin_workflows:index")).status_code == 200
    for client in people:
        assert client.get(reverse("wagtailadmin_workflows:index")).status_code == 302


def test_groups_have_armenian_names(in_meghri):
    names = set(Group.objects.filter(page_permissions__isnull=False).values_list("name", flat=True))
    assert names == {EDITORS, CHIEF_EDITORS, ADMINISTRATORS}
    assert Page.objects.get(depth=1).get_workflow() is not None


def test_drafts_are_saved_by_themselves_and_two_people_see_each_other(item, people, settings):
    editor, _chief = people
    shown = editor.get(reverse("wagtailadmin_pages:edit", args=[item.pk])).content.decode()
    assert f'data-w-autosave-interval-value="{settings.WAGTAIL_AUTOSAVE_INTERVAL}"' in shown
    assert "w-session" in shown
    answer = editor.post(
        reverse("wagtailadmin_pages:edit", args=[item.pk]),
        {
            "title": "Ինքնապահպանված",
            "slug": item.slug,
            "date": "2026-11-25",
            "lede": "",
            "body-count": "0",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
        },
        headers={"accept": "application/json"},
    )
    assert answer.json()["success"] is True, answer.content
    assert latest(item).title == "Ինքնապահպանված"
    assert NewsPage.objects.get(pk=item.pk).title == "Ջրի դադար"
