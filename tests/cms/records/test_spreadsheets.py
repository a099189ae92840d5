"""A budget from an Excel file: what is wrong is named by row and column, and formulas are not believed."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from cms.records import budget_lines, spreadsheets
from cms.records.models import BudgetYear
from cms.records.spreadsheets import NotRead, cells_of
from cms.seeds.roles import CHIEF_EDITORS

HEADINGS = ["Եկամուտ կամ ծախս", "Խումբ", "Կոդ", "Անվանումը հայերեն"]
TAXES = ["եկամուտներ", "հարկեր", 1131, "Գույքահարկ", "Property tax", None, 90_000_000, None, 20_000_000.0]
SCHOOLS = ["ծախսեր", "09", 4511, "Մանկապարտեզներ", None, None, 150_000_000]


def book(*rows: list[object]) -> bytes:
    made, out = Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(out)
    return out.getvalue()


@pytest.fixture
def table(filled, staff_of, signed_in):
    """The address of the table of 2026 and a chief editor who opens it."""
    chief = signed_in(filled, staff_of(filled, groups=[CHIEF_EDITORS]))
    return chief, reverse("records_budget_table", args=[BudgetYear.objects.get(year=2026).pk])


def send(table, content: bytes):
    client, address = table
    return client.post(address, {"workbook": SimpleUploadedFile("budget.xlsx", content)})


def lines() -> list[dict[str, str]]:
    return budget_lines.rows_of(BudgetYear.objects.get(year=2026))


def test_a_workbook_replaces_the_lines(table):
    assert send(table, book(HEADINGS, TAXES, [], SCHOOLS)).status_code == 302
    first, second = lines()
    assert (first["title_hy"], first["code"], first["adopted"], first["q1"]) == (
        "Գույքահարկ", "1131", "90000000", "20000000",
    )  # fmt: skip
    assert (second["title_hy"], second["group"], second["adopted"]) == ("Մանկապարտեզներ", "09", "150000000")
    assert send(table, book(SCHOOLS)).status_code == 302, "the row of headings may be missing"
    assert [row["title_hy"] for row in lines()] == ["Մանկապարտեզներ"]


def test_a_formula_is_refused_with_the_place_of_its_cell(table):
    before = lines()
    bad = [*SCHOOLS[:6], "=SUM(G1:G9)"]
    answer = send(table, book(HEADINGS, TAXES, bad))
    html = answer.content.decode()
    assert answer.status_code == 422 and lines() == before
    assert "Տող 3, սյունակ G" in html and "բանաձև" in html


def test_what_is_wrong_is_named_by_row_and_column_of_the_file(table):
    before = lines()
    bad = [*SCHOOLS[:6], 12.5]
    answer = send(table, book(HEADINGS, TAXES, [], bad, ["ձիեր", "09", 1, "Ձիեր", None, None, 1]))
    html = answer.content.decode()
    assert answer.status_code == 422 and lines() == before
    assert "ֆայլում՝ G4" in html and "ֆայլում՝ A5" in html and "12.5" in html
    assert "«Հաստատված" in html, "the column by the word above it"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not a workbook", "Excel-ի աղյուսակ չէ"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Excel-ի աղյուսակ չէ"),
    ],
    ids=["words", "xls"],
)
def test_what_is_no_workbook_is_refused_in_words(table, content, said):
    before = lines()
    answer = send(table, content)
    assert answer.status_code == 422 and said in answer.content.decode() and lines() == before


def archive(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in files.items():
            made.writestr(name, text)
    return out.getvalue()


def test_an_archive_that_is_none_and_one_that_would_fill_the_memory(in_armenian, monkeypatch):
    with pytest.raises(NotRead):
        cells_of(archive(readme="Բարև"), columns=3, rows=9)
    monkeypatch.setattr(spreadsheets, "MAX_UNPACKED", 1000)
    with pytest.raises(NotRead) as caught:
        cells_of(archive(bomb="0" * 100_000), columns=3, rows=9)
    assert "չափազանց մեծ" in caught.value.faults[0].text
    monkeypatch.setattr(spreadsheets, "MAX_BYTES", 10)
    with pytest.raises(NotRead):
        cells_of(book(TAXES), columns=3, rows=9)


@pytest.fixture
def in_armenian():
    from django.utils import translation

    with translation.override("hy"):
        yield


def test_texts_of_cells(in_armenian):
    rows = cells_of(book([True, 1.0, 1.5, " ա ", date(2026, 11, 25)]), columns=5, rows=5)
    assert rows == [(1, ["1", "1", "1.5", "ա", "2026-11-25"])]
    with pytest.raises(NotRead):
        cells_of(book(*[[1]] * 7), columns=5, rows=5)
