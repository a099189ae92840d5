"""A picture without words is not published by any button; what was promised for a time is kept."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from cms.editing.refusals import PublicationRefused
from cms.models import NewsPage
from cms.tasks import publish_scheduled
from tests.cms.editing.conftest import CHIEF_EDITORS, EDITORS, latest, picture

BULK = "/admin/bulk/wagtailcore/page/publish/"


@pytest.fixture
def chief(in_meghri, meghri, staff_of, signed_in):
    return signed_in(meghri, staff_of(meghri, "chief@meghri.example", groups=[CHIEF_EDITORS]))


@pytest.fixture
def silent(add_news):
    """A draft whose picture says nothing."""
    page = add_news("Ջրի դադար", slug="water")
    page.unpublish()
    page = NewsPage.objects.get(pk=page.pk)
    page.image = picture("Ջուր")
    page.save_revision()
    return page


def publish_many(client, *pages, below: bool = False):
    query = "&".join(f"id={page.pk}" for page in pages) + "&next=/admin/pages/"
    return client.post(f"{BULK}?{query}", {"include_descendants": "on"} if below else {}, follow=True)


def is_live(page) -> bool:
    return NewsPage.objects.get(pk=page.pk).live


def describe(page) -> None:
    image = latest(page).image
    image.description = "Բանվորները նորոգում են խողովակը"
    image.save()


def test_many_pages_go_out_together_or_none_does(chief, silent, add_news):
    good = add_news("Դպրոցը բաց է", slug="school")
    good.unpublish()
    answer = publish_many(chief, silent, good)
    said = answer.content.decode()
    assert not is_live(silent) and not is_live(good)
    assert "«Ջրի դադար» էջը չի հրապարակվել" in said and "Ընտրված էջերից ոչ մեկը չի հրապարակվել" in said
    assert f'href="{reverse("wagtailadmin_pages:edit", args=[silent.pk])}"' in said and "Բացել և նկարագրել" in said
    describe(silent)
    publish_many(chief, silent, good)
    assert is_live(silent) and is_live(good)


def test_pages_below_the_chosen_ones_are_looked_at_too(chief, silent):
    publish_many(chief, silent.get_parent(), below=True)
    assert not is_live(silent)
    describe(silent)
    publish_many(chief, silent.get_parent(), below=True)
    assert is_live(silent)


@pytest.fixture
def handed_in(in_meghri, meghri, staff_of, signed_in, add_news, edit):
    """A page that waits for approval, and whose picture has lost its words since."""
    image = picture("Ջուր", "Բանվորները նորոգում են խողովակը")
    page = add_news("Ջրի դադար", body=[("quote", {"text": "Սպասեք։", "source": ""})], image=image)
    page.unpublish()
    editor = signed_in(meghri, staff_of(meghri, "editor@meghri.example", groups=[EDITORS]))
    edit(editor, page, "action-submit", title="Ջուրը կա")
    image.description = ""
    image.save()
    return page


def approve(client, page, **headers):
    state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    return client.post(address, {"comment": ""}, headers=headers)


def test_approval_from_the_dashboard_says_what_is_missing_and_where(chief, handed_in):
    answer = approve(chief, handed_in)
    edit_url = reverse("wagtailadmin_pages:edit", args=[handed_in.pk])
    assert answer.status_code == 302 and answer.url == edit_url
    assert "«Ջուրը կա» էջը չի հրապարակվել" in chief.get(edit_url).content.decode()
    assert not is_live(handed_in)
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS, "it still waits: nothing is lost"
    describe(handed_in)
    approve(chief, handed_in)
    assert is_live(handed_in)


def test_approval_in_a_window_leads_to_the_page(chief, handed_in):
    answer = approve(chief, handed_in, **{"x-requested-with": "XMLHttpRequest"})
    assert json.loads(answer.content) == {
        "step": "success", "redirect": reverse("wagtailadmin_pages:edit", args=[handed_in.pk])
    }  # fmt: skip
    assert not is_live(handed_in)


def test_approval_in_the_editor_shows_the_form_again(chief, handed_in, edit):
    answer = edit(
        chief, handed_in, "action-workflow-action", "true", title="Ուրիշ", **{"workflow-action-name": "approve"}
    )
    assert answer.status_code == 200 and "Առանց դրա էջը չի հրապարակվում" in answer.content.decode()
    assert not is_live(handed_in)
    edit(
        chief, handed_in, "action-workflow-action", "true",
        **{"workflow-action-name": "reject", "workflow-action-extra-data": '{"comment": "Նկարագրեք պատկերը"}'},
    )  # fmt: skip
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_NEEDS_CHANGES, "it may be given back"


def test_what_was_promised_for_a_time_is_kept(chief, add_news, edit):
    image = picture("Ջուր", "Բանվորները նորոգում են խողովակը")
    page = add_news("Ծանուցում", body=[("quote", {"text": "Սպասեք։", "source": ""})], image=image)
    page.unpublish()
    soon = timezone.now().replace(microsecond=0, second=0) + timedelta(hours=2)
    edit(chief, page, "action-publish", go_live_at=timezone.localtime(soon).strftime("%Y-%m-%d %H:%M"))
    image.description = ""
    image.save()
    with time_machine.travel(soon + timedelta(minutes=1)):
        publish_scheduled()
        assert is_live(page)


def test_a_time_is_not_promised_for_a_silent_picture(chief, silent, staff_of, meghri):
    silent = latest(silent)
    silent.go_live_at = timezone.now() + timedelta(hours=2)
    revision = silent.save_revision()
    with pytest.raises(PublicationRefused):
        revision.publish(user=staff_of(meghri, superuser=True))
    publish_many(chief, silent)
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        publish_scheduled()
    assert not is_live(silent)


def test_the_panel_of_checks_has_no_score_of_english(chief, silent):
    html = chief.get(reverse("wagtailadmin_pages:edit", args=[silent.pk])).content.decode()
    assert "data-content-word-count" in html
    assert "readability-score" not in html and "Ընթեռնելիություն" not in html
