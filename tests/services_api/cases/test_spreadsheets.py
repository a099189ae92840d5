"""What strangers wrote is text in every spreadsheet."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from services_api.cases.spreadsheets import as_csv, as_xlsx
from services_api.parties.public import reads_of
from tests.services_api.cases.staffed import build

HOSTILE = [
    "=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1+1", "=HYPERLINK(\"x\")",
    "\x00=1", "\x08-1",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_a_formula_is_text_in_both_files(text):
    (row,) = list(csv.reader(StringIO(as_csv(["n"], [[text]]).decode("utf-8-sig"))))[1:]
    assert row[0].lstrip()[:1] not in ("=", "+", "-", "@", "＝", "\t", "\r", "\n") and "\n" not in row[0]
    cell = load_workbook(BytesIO(as_xlsx("n", ["n"], [[text]]))).active["A2"]
    assert cell.data_type in ("s", "inlineStr") and cell.quotePrefix
    assert b"<f>" not in as_xlsx("n", ["n"], [[text]])


def test_numbers_and_days_stay_what_they_are():
    (row,) = list(csv.reader(StringIO(as_csv(["n", "d"], [[-5, date(2026, 12, 31)]]).decode("utf-8-sig"))))[1:]
    assert row == ["-5", "31.12.2026"]
    sheet = load_workbook(BytesIO(as_xlsx("[a]*:", ["n", "d"], [[-5, date(2026, 12, 31)]]))).active
    assert sheet["A2"].value == -5 and sheet["B2"].value.date() == date(2026, 12, 31)


def test_the_file_has_the_list_with_its_filters_and_is_a_reading(meghri, staff_of, signed_in, as_tenant):
    as_tenant(meghri)
    house = build(meghri, staff_of)
    case, other = house.case("a"), house.case("b", assigned_position=house.positions["head"])
    client = signed_in(meghri, house.people["specialist"])
    answer = client.get("/admin/work/export.csv", {"q": case.number})
    assert answer["Content-Disposition"].endswith('.csv"') and "no-store" in answer["Cache-Control"]
    text = answer.content.decode("utf-8-sig")
    assert text.startswith("Համարը,") and case.number in text and other.number not in text
    assert "արտահանում" not in text and reads_of(case.reference).get().purpose == "taking a list out as a file"
    assert not reads_of(other.reference).exists()
    nobody = signed_in(meghri, staff_of(meghri, "nobody@staffed.example"))
    assert nobody.get("/admin/work/export.xlsx").status_code in (302, 404)


def test_the_file_costs_the_same_for_more_cases(meghri, staff_of, signed_in, as_tenant, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    as_tenant(meghri)
    house = build(meghri, staff_of)
    house.case("first", assigned_position=house.positions["specialist"])
    client = signed_in(meghri, house.people["specialist"])
    client.get("/admin/work/export.csv")
    with CaptureQueriesContext(connection) as few:
        client.get("/admin/work/export.csv")
    for number in range(5):
        house.case(f"more{number}", assigned_position=house.positions["specialist"])
    with django_assert_max_num_queries(len(few)):
        client.get("/admin/work/export.csv")
