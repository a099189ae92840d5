"""Given what a community has published, when its duties are checked, then it is written down what is missing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from cms.disclosure.checking import check, record
from cms.disclosure.findings import Finding
from cms.disclosure.models import CheckResult, PublicationDuty, Score, Source, Standing, Verdict, Waiver
from tenants.context import register, tenant

NOON = "2026-11-25 12:00 +0400"


@time_machine.travel(NOON)
def test_a_fresh_community_has_nothing_but_starter_texts(meghri, verdict_of):
    """Given a community as it is connected, then its tree alone keeps no duty that wants words of its own."""
    standing = verdict_of("accessibility")
    assert (standing.verdict, standing.message) == (Verdict.FAIL, "starter")
    assert standing.evidence_url == "/accessibility/"
    assert standing.since == date(2026, 11, 25)


@time_machine.travel(NOON)
def test_a_published_page_is_kept_then_tolerated_then_out_of_date(meghri, publish, verdict_of):
    """Given rates published in October 2025 (13 months, 30 days of grace), time alone turns green to red."""
    with tenant(meghri):
        publish("procurement")
        publish("vacancies", on=date(2026, 5, 20))
    seen = [
        (day, verdict_of("vacancies", today=day).verdict)
        for day in (date(2026, 11, 20), date(2026, 11, 21), date(2026, 12, 20), date(2026, 12, 21))
    ]
    assert [verdict for _day, verdict in seen] == ["pass", "tolerated", "tolerated", "fail"]
    standing = verdict_of("vacancies", today=date(2027, 1, 15))
    assert (standing.message, standing.since) == ("stale", date(2026, 12, 21))
    assert standing.params == {"date": "2026-05-20", "due": "2026-11-20"}


@time_machine.travel(NOON)
def test_green_turns_red_when_time_passes(meghri, publish, verdict_of):
    with tenant(meghri):
        publish("vacancies")
    assert verdict_of("vacancies").verdict == Verdict.PASS
    with time_machine.travel("2027-08-01 12:00 +0400"):
        standing = verdict_of("vacancies")
    assert (standing.verdict, standing.message) == (Verdict.FAIL, "stale")


@time_machine.travel(NOON)
def test_history_has_one_row_a_day_and_the_day_is_replaced(meghri, publish, duty):
    with tenant(meghri):
        check(meghri)
        publish("vacancies")
        check(meghri)
        check(meghri, date(2026, 11, 26))
        rows = list(CheckResult.objects.filter(duty__code="vacancies").order_by("day"))
        scores = list(Score.objects.order_by("day"))
    assert [(row.day.day, row.verdict, row.since.day) for row in rows] == [(25, "pass", 25), (26, "pass", 25)]
    assert [score.day.day for score in scores] == [25, 26]
    assert scores[0].met <= scores[0].applicable


@time_machine.travel(NOON)
def test_since_is_the_first_day_on_which_the_same_was_seen(meghri, verdict_of):
    verdict_of("vacancies", today=date(2026, 11, 20))
    verdict_of("vacancies", today=date(2026, 11, 21))
    assert verdict_of("vacancies", today=date(2026, 11, 22)).since == date(2026, 11, 20)


@time_machine.travel(NOON)
def test_the_worse_of_inner_and_outer_counts(meghri, publish, duty, verdict_of):
    """Given a page that is there, when a visitor cannot reach it, then the duty is not kept."""
    with tenant(meghri):
        publish("vacancies")
        check(meghri)
        unseen = {duty("vacancies"): Finding(Verdict.FAIL, "unreachable")}
        record(meghri, unseen, Source.OUTER)
    standing = verdict_of("vacancies")
    assert (standing.verdict, standing.source, standing.message) == (Verdict.FAIL, "outer", "unreachable")
    assert standing.newest_on == date(2026, 11, 25)
    old = verdict_of("vacancies", today=date(2026, 12, 20))
    assert (old.verdict, old.source) == (Verdict.PASS, "inner"), "what a visitor saw weeks ago does not count"


@time_machine.travel(NOON)
def test_a_waiver_takes_the_duty_away_until_its_last_day(meghri, duty, verdict_of):
    with register():
        Waiver.objects.create(
            community=meghri,
            duty=PublicationDuty.objects.get(code="master-plan"),
            reason="Հատակագիծը մշակման փուլում է",
            order_number="12-Ա",
            starts_on=date(2026, 11, 1),
            ends_on=date(2026, 12, 1),
            granted_by="Ա. Օրինակյան",
        )
    waived = verdict_of("master-plan")
    assert (waived.verdict, waived.message) == (Verdict.NOT_APPLICABLE, "waived")
    assert waived.waived_until == date(2026, 12, 1)
    assert verdict_of("master-plan", today=date(2026, 12, 1)).message == "waived"
    ended = verdict_of("master-plan", today=date(2026, 12, 2))
    assert (ended.verdict, ended.waived_until) == (Verdict.FAIL, None)


@time_machine.travel(NOON)
@pytest.mark.parametrize(("population", "verdict"), [(9_999, "not_applicable"), (10_000, "fail"), (None, "fail")])
def test_a_duty_of_large_communities_spares_small_ones(meghri, verdict_of, population, verdict):
    meghri.population = population
    assert verdict_of("broadcast").verdict == verdict


@time_machine.travel(NOON)
def test_a_duty_that_is_no_longer_in_force_is_not_checked(meghri):
    with register():
        PublicationDuty.objects.filter(code="hearings").update(valid_to=date(2026, 11, 24))
    with tenant(meghri):
        check(meghri)
        assert not Standing.objects.filter(duty__code="hearings").exists()


@time_machine.travel(NOON)
def test_all_duties_together_ask_a_bounded_number_of_queries(meghri, publish, django_assert_max_num_queries):
    """However much is published: the number of queries does not grow with the rows."""
    from cms.records.models import Vacancy

    def add(number: int) -> None:
        for index in range(number):
            Vacancy.objects.create(
                title_hy=f"Թափուր պաշտոն {number}-{index}", date=date(2026, 11, 1), is_published=True,
                deadline=timezone.now(),
            )  # fmt: skip

    with tenant(meghri):
        add(1)
        check(meghri)
        with django_assert_max_num_queries(45) as few:
            check(meghri)
        add(30)
        with django_assert_max_num_queries(len(few.captured_queries)):
            outcome = check(meghri, date(2026, 11, 25) + timedelta(days=0))
    assert outcome.applicable == outcome.met + outcome.failing
