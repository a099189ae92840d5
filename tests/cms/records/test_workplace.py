"""The records in the workplace: who may do what, and a budget filled fast."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse

from cms.authoring import records
from cms.records import budget_lines
from cms.records.admin.viewsets import RecordsGroup
from cms.records.models import BudgetLine, BudgetYear, Organisation, Procurement
from cms.records.registers import registers
from cms.seeds.roles import CHIEF_EDITORS, EDITORS
from tests.cms.records.conftest import three


@pytest.fixture
def editor(filled, staff_of, signed_in):
    return signed_in(filled, staff_of(filled, groups=[EDITORS]))


@pytest.fixture
def chief(filled, staff_of, signed_in):
    return signed_in(filled, staff_of(filled, groups=[CHIEF_EDITORS]))


def form_of(title: str, **fields: str) -> dict[str, str]:
    empty = {
        f"{name}_{language}": ""
        for name in ("title", "text", "address", "head", "hours")
        for language in ("hy", "en", "ru")
    }
    return {**empty, "title_hy": title, "kind": "school", "date": "25.11.2026", **fields}


@pytest.mark.parametrize("code", registers)
def test_every_register_is_listed_and_opened(chief, code):
    listing = chief.get(reverse(f"records_{code}:index"))
    assert listing.status_code == 200
    record = registers[code].model._default_manager.first()
    opened = chief.get(registers[code].edit_url(record))
    assert opened.status_code == 200
    assert record.title_hy in opened.content.decode()
    assert chief.get(registers[code].add_url()).status_code == 200


def test_the_screens_are_in_armenian(chief):
    for viewset in RecordsGroup.items:
        html = chief.get(reverse(f"records_{viewset.code}:add")).content.decode()
        labels = re.findall(r'<label class="w-field__label"[^>]*>\s*([^<]+)', html)
        assert labels
        english = [label for label in labels if re.match(r"\s*[A-Za-z]{3,}", label)]
        assert not english, (viewset.code, english)


def test_an_editor_writes_drafts_and_the_chief_editor_shows_them(editor, chief, client_for, filled):
    add = registers["organisations"].add_url()
    assert "is_published" not in editor.get(add).content.decode()
    response = editor.post(add, form_of("Նոր դպրոց", is_published="on"))
    assert response.status_code == 302, response.context["form"].errors
    draft = Organisation.objects.get(title_hy="Նոր դպրոց")
    assert not draft.is_published, "the form of an editor has no such field, whatever is posted"
    edit = registers["organisations"].edit_url(draft)
    assert editor.get(edit).status_code == 200
    assert chief.post(edit, form_of("Նոր դպրոց", is_published="on")).status_code == 302
    draft.refresh_from_db()
    assert draft.is_published and draft.published_at
    assert "Նոր դպրոց" in client_for(filled).get("/community/organisations/").content.decode()
    assert editor.get(edit).status_code != 200, "what visitors see is changed by those who may publish"
    editor.post(edit, form_of("Ուրիշ անուն"))
    draft.refresh_from_db()
    assert draft.title_hy == "Նոր դպրոց"


def test_an_editor_deletes_nothing(editor, chief):
    draft = records.add(Organisation, three("Սևագիր"), published=False)
    address = reverse("records_organisations:delete", args=[draft.pk])
    editor.post(address)
    assert Organisation.objects.filter(pk=draft.pk).exists()
    chief.post(address)
    assert not Organisation.objects.filter(pk=draft.pk).exists()


def test_the_table_of_a_budget_is_filled_and_corrected(chief):
    budget = BudgetYear.objects.get(year=2026)
    address = reverse("records_budget_table", args=[budget.pk])
    html = chief.get(address).content.decode()
    assert "Գույքահարկ" in html and "90000000" in html
    rows = budget_lines.rows_of(budget)
    rows[0]["adopted"], rows[0]["q3"] = "91 000 000 ֏", "60 000 000"
    post = {name: [row[name] for row in rows] for name in budget_lines.COLUMNS}
    assert chief.post(address, post).status_code == 302
    line = BudgetLine.objects.get(budget=budget, code=rows[0]["code"])
    assert line.adopted == 91_000_000 and line.executions.get(quarter=3).amount == 60_000_000
    assert BudgetLine.objects.filter(budget=budget).count() == 4


def test_a_paste_with_mistakes_saves_nothing_and_names_each_row(chief):
    budget = BudgetYear.objects.get(year=2026)
    address = reverse("records_budget_table", args=[budget.pk])
    paste = "\n".join(
        [
            "եկամուտներ\tհարկեր\t1131\tԳույքահարկ\t\t\t90 000 000\t\t20 000 000",
            "income\t09\t1\tՍխալ խումբ\t\t\t5",
            "ծախսեր\t09\t4511\tՄանկապարտեզ\t\t\t12,5",
            "ծախսեր\t09\t4511\tՄանկապարտեզ\t\t\t100\t\t50\t40",
            "ինչ-որ բան\t09\t4511\tՄանկապարտեզ\t\t\t100",
        ]
    )
    before = budget_lines.rows_of(budget)
    response = chief.post(address, {"paste": paste})
    assert response.status_code == 422
    assert budget_lines.rows_of(budget) == before
    assert [mistake.row for mistake in response.context["mistakes"]] == [2, 3, 4, 5]
    html = response.content.decode()
    assert "12,5" in html and "դրամի ամբողջ թիվ չէ" in html
    good = "side;group;code;title_hy\nincome;taxes;1131;Գույքահարկ;;;90000000,00;;20000000"
    assert chief.post(address, {"paste": good}).status_code == 302
    assert budget_lines.rows_of(budget)[0]["q1"] == "20000000"
    html = chief.get(address).content.decode()
    assert "Եկամուտ կամ ծախս | Խումբ | Կոդ" in html, "the order of the columns in the words of the table"
    headed = "Եկամուտ կամ ծախս\tԽումբ\tԿոդ\tԱնվանումը հայերեն\n" + "ծախսեր\t09\t4511\tՄանկապարտեզ\t\t\t100"
    assert chief.post(address, {"paste": headed}).status_code == 302, "copied with the words above the columns"
    assert [row["title_hy"] for row in budget_lines.rows_of(budget)] == ["Մանկապարտեզ"]


def test_the_cells_of_the_table_have_borders(chief):
    """The workplace draws a field by its type; one without is a blank on a white ground."""
    address = reverse("records_budget_table", args=[BudgetYear.objects.get(year=2026).pk])
    html = chief.get(address).content.decode()
    assert '<input type="text" name="q1"' in html
    assert "<input name=" not in html


def test_the_table_is_closed_to_those_who_may_not(editor, filled, client_for):
    budget = BudgetYear.objects.get(year=2026)
    address = reverse("records_budget_table", args=[budget.pk])
    assert editor.get(address).status_code in (302, 403), "this budget is published"
    assert client_for(filled).get(address).status_code == 302


def test_lists_of_the_workplace_do_not_grow_in_queries(chief, django_assert_max_num_queries):
    for code in ("organisations", "people", "procurement"):
        address = reverse(f"records_{code}:index")
        chief.get(address)
        with django_assert_max_num_queries(60) as few:
            chief.get(address)
        for number in range(20):
            records.add(registers[code].model, three(f"{code} {number}"))
        with django_assert_max_num_queries(len(few) + 2):
            chief.get(address)


def test_amounts_and_days_of_a_list_are_read_at_a_glance(chief):
    records.add(Procurement, three("Ձյան մաքրում"), amount=21_800_000, date=date(2026, 11, 22), stage="plan")
    html = chief.get(reverse("records_procurement:index")).content.decode()
    assert "21\u00a0800\u00a0000" in html
    assert "22.11.2026" in html
