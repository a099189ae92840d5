"""What need not be kept is deleted, once a round, in each community for itself."""

from __future__ import annotations

from datetime import date, timedelta

import time_machine
from django.utils import timezone
from wagtail.contrib.forms.models import FormSubmission

from cms import retention
from cms.disclosure.models import CheckResult, PublicationDuty, Score
from cms.outreach.models import FeedbackComment, PageFeedback
from cms.search.models import UnansweredQuery
from tenants import dispatch
from tenants.context import register, tenant


def test_one_kind_of_work_forgets_for_the_whole_website():
    assert "cms.retention" in dispatch._kinds and "forgetting" not in dispatch._kinds
    assert {"forms", "feedback", "subscriptions", "unanswered", "duties"} <= set(retention._rules)


def test_what_people_sent_is_kept_for_its_time_only(in_meghri, goris):
    from tests.cms.conftest import home

    now = timezone.now()
    for community, ages in ((in_meghri, (1, 800)), (goris, (800,))):
        with tenant(community):
            for days in ages:
                row = FormSubmission.objects.create(page=home(), form_data={})
                FormSubmission.objects.filter(pk=row.pk).update(submit_time=now - timedelta(days=days))
    assert retention.forget_all()["forms"] == 1
    assert FormSubmission.objects.count() == 1
    with tenant(goris):
        assert FormSubmission.objects.count() == 1


def test_comments_on_pages_and_vain_questions_grow_old(in_meghri):
    today = timezone.localdate()
    for month in (today.replace(day=1), date(today.year - 3, 1, 1)):
        page = PageFeedback.objects.create(path="/", month=month, title="Գլխավոր", language="hy")
        FeedbackComment.objects.create(feedback=page, was_useful=False, text="Չգտա")
    for words, days in (("նոր", 10), ("հին", 400)):
        UnansweredQuery.objects.create(language="hy", words=words, last_day=today - timedelta(days=days))
    gone = retention.forget_all()
    assert gone["feedback"] == 2 and gone["unanswered"] == 1
    assert FeedbackComment.objects.count() == 1
    assert list(UnansweredQuery.objects.values_list("words", flat=True)) == ["նոր"]


def test_the_history_of_checks_becomes_monthly_after_four_hundred_days(in_meghri, goris):
    """The days of the last 400 stay; before, the first checked day of each month."""
    days = [
        date(2024, 3, 5),
        date(2024, 3, 6),
        date(2024, 3, 30),
        date(2024, 4, 2),
        date(2026, 11, 1),
        date(2026, 11, 2),
    ]
    with register():
        duty = PublicationDuty.objects.first()
        for community in (in_meghri, goris):
            CheckResult.objects.filter(community=community).delete()
            Score.objects.filter(community=community).delete()
            for day in days:
                for source in ("inner", "outer"):
                    CheckResult.objects.create(
                        community=community, duty=duty, day=day, source=source, verdict="pass", message="x", since=day
                    )
                Score.objects.create(community=community, day=day, met=1, tolerated=0, applicable=1)
    with time_machine.travel("2026-11-25T08:00:00+00:00", tick=False):
        retention.forget_all()
        retention.forget_all()
    with register():
        left = [date(2024, 3, 5), date(2024, 4, 2), date(2026, 11, 1), date(2026, 11, 2)]
        for source in ("inner", "outer"):
            rows = CheckResult.objects.filter(community=in_meghri, source=source).order_by("day")
            assert list(rows.values_list("day", flat=True)) == left
        assert list(Score.objects.filter(community=in_meghri).order_by("day").values_list("day", flat=True)) == left
        assert Score.objects.filter(community=goris).count() == len(days)
