"""The button of a duty opens what is to be filled in next, begun with what is known; drafts are not made twice."""

from __future__ import annotations

from datetime import date

import time_machine

from cms.disclosure.checking import check
from cms.records import models as records
from cms.seeds.roles import CHIEF_EDITORS, EDITORS
from tenants.context import tenant

DASHBOARD = "/admin/duties/"


def rows_of(client, community):
    """Code of a duty that is not kept -> its row on the dashboard, after a check."""
    with tenant(community):
        check(community)
    return {each["duty"].code: each for each in client.get(DASHBOARD).context["failing"]}


def as_role(community, group, staff_of, signed_in):
    return signed_in(community, staff_of(community, groups=[group]))


def test_a_new_person_begins_with_the_office_that_is_missing(meghri, staff_of, signed_in):
    editor = as_role(meghri, EDITORS, staff_of, signed_in)
    rows = rows_of(editor, meghri)
    for code, body, post in (("head-and-council", "head", "head"), ("staff-list", "unit", "unit_head")):
        button = rows[code]["action"].url
        assert button.endswith(f"?body={body}")
        form = editor.get(button).context["form"].formsets["mandates"].forms[0]
        with tenant(meghri):
            assert form["body"].value() == records.Body.objects.get(kind=body).pk
        assert form["post"].value() == post


def test_when_the_draft_of_the_head_waits_the_council_comes_next(meghri, staff_of, signed_in):
    editor = as_role(meghri, EDITORS, staff_of, signed_in)
    with tenant(meghri):
        person = records.Person(title_hy="Արմեն Սահակյան")
        person.mandates.add(
            records.Mandate(body=records.Body.objects.get(kind="head"), post="head", starts_on=date(2024, 1, 1))
        )
        person.save()
    assert rows_of(editor, meghri)["head-and-council"]["action"].url.endswith("?body=council")


@time_machine.travel("2026-11-25 12:00 +0400")
def test_a_new_record_begins_with_its_kind_and_year(meghri, staff_of, signed_in):
    editor = as_role(meghri, EDITORS, staff_of, signed_in)
    rows = rows_of(editor, meghri)
    for code, name, value in (
        ("annual-report", "kind", "annual"),
        ("foi-statistics", "kind", "information"),
        ("budget", "year", 2026),
        ("budget", "status", "adopted"),
    ):
        form = editor.get(rows[code]["action"].url).context["form"]
        assert form[name].value() == value, (code, name)
    strange = editor.get("/admin/records/reports/new/?kind=no-such&year=many&title_hy=x").context["form"]
    assert (strange["kind"].value(), strange["year"].value()) == ("other", None)
    assert not strange["title_hy"].value()


def test_a_draft_waits_for_the_chief_editor_and_is_not_made_again(meghri, staff_of, signed_in):
    editor = as_role(meghri, EDITORS, staff_of, signed_in)
    chief = as_role(meghri, CHIEF_EDITORS, staff_of, signed_in)
    assert "սպասում է" not in " ".join(each.label for each in rows_of(editor, meghri)["organisations"]["others"])
    with tenant(meghri):
        records.Organisation.objects.create(title_hy="Մանկապարտեզ", kind="kindergarten")
    row = rows_of(editor, meghri)["organisations"]
    assert [each.label for each in row["others"]] == ["1 սևագիր սպասում է հրապարակման"]
    button = rows_of(chief, meghri)["organisations"]["action"]
    assert button.label == "Դիտել սևագրերը և հրապարակել"
    assert "Մանկապարտեզ" in chief.get(button.url).content.decode()


def test_where_a_sentence_will_do_the_page_is_offered_beside_the_record(meghri, staff_of, signed_in):
    editor = as_role(meghri, EDITORS, staff_of, signed_in)
    row = rows_of(editor, meghri)["vacancies"]
    assert "/records/vacancies/" in row["action"].url
    assert ["/edit/" in each.url for each in row["others"]] == [True]


@time_machine.travel("2026-11-25 12:00 +0400")
def test_execution_is_filled_into_the_table_of_the_budget(meghri, staff_of, signed_in):
    editor = as_role(meghri, EDITORS, staff_of, signed_in)
    assert "/records/budget/new/" in rows_of(editor, meghri)["budget-execution"]["action"].url
    with tenant(meghri):
        budget = records.BudgetYear.objects.create(title_hy="2026 թ. բյուջե", year=2026)
    table = f"/admin/records/budget/table/{budget.pk}/"
    assert rows_of(editor, meghri)["budget-execution"]["action"].url == table
    with tenant(meghri):
        records.BudgetYear.objects.update(is_published=True, published_at="2026-01-01T00:00Z")
    report = rows_of(editor, meghri)["budget-execution"]["action"].url
    assert editor.get(table).status_code in {302, 403}, "what visitors see is changed by those who may publish"
    assert editor.get(report).context["form"]["budget"].value() is not None


@time_machine.travel("2027-02-10 12:00 +0400")
def test_until_a_quarter_has_ended_the_execution_asked_for_is_that_of_the_year_before(meghri, staff_of, signed_in):
    editor = as_role(meghri, EDITORS, staff_of, signed_in)
    with tenant(meghri):
        records.BudgetYear.objects.create(title_hy="2027 թ. բյուջե", year=2027)
    button = rows_of(editor, meghri)["budget-execution"]["action"].url
    assert "/records/budget/new/" in button and "year=2026" in button
    with tenant(meghri):
        budget = records.BudgetYear.objects.create(title_hy="2026 թ. բյուջե", year=2026)
    assert rows_of(editor, meghri)["budget-execution"]["action"].url == f"/admin/records/budget/table/{budget.pk}/"


def test_every_button_of_a_role_opens_a_screen(meghri, staff_of, signed_in):
    for group in (EDITORS, CHIEF_EDITORS):
        client = as_role(meghri, group, staff_of, signed_in)
        for code, row in rows_of(client, meghri).items():
            for action in [row["action"], *row["others"]]:
                if action is not None:
                    assert client.get(action.url, follow=True).status_code == 200, (group, code, action.url)
