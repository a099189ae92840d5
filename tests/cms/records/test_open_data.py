"""Open data: fields that are documented, letters that arrive, formulas that do not."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings

from cms.authoring import records
from cms.records.exports import BOM, harmless
from cms.records.models import Organisation
from cms.records.money import drams, millions
from cms.records.registers import registers
from cms.records.shown.budget import DATA_FIELDS
from tests.cms.records.conftest import three
from tests.cms.records.test_pages import PLACES

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "integrators" / "open-data.md"


def rows_of(response) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(response.content.decode().removeprefix(BOM))))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_is_a_formula(start):
    assert harmless(f"{start}cmd|' /C calc'!A0").startswith("'")
    assert harmless(-5) == -5 and harmless("5") == "5" and harmless(None) == ""


def test_a_formula_in_a_record_arrives_as_text(filled, client_for):
    response = client_for(filled).get(PLACES["organisations"] + "rows.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    phones = [row["phone"] for row in rows_of(response)]
    assert "'=cmd|' /C calc'!A0" in phones
    records.add(Organisation, three('=HYPERLINK("http://evil.example")'))
    titles = [row["title"] for row in rows_of(client_for(filled).get(PLACES["organisations"] + "rows.csv?sort=title"))]
    assert not [title for title in titles if title[:1] in "=+-@"]


def test_spreadsheets_get_a_byte_order_mark_when_they_ask(filled, client_for):
    client, address = client_for(filled), PLACES["organisations"] + "rows.csv"
    assert not client.get(address).content.startswith(BOM.encode())
    assert client.get(address + "?bom=1").content.startswith(BOM.encode())


def test_json_says_what_its_fields_mean(filled, client_for):
    response = client_for(filled).get("/en" + PLACES["procurement"] + "rows.json")
    assert response["Access-Control-Allow-Origin"] == "*"
    data = json.loads(response.content)
    assert data["register"] == "procurement" and data["language"] == "en"
    amount = next(field for field in data["fields"] if field["name"] == "amount")
    assert amount["type"] == "integer" and amount["unit"] == "AMD"
    assert [row["amount"] for row in data["rows"]] == [12_345_678]
    assert set(data["rows"][0]) == {field["name"] for field in data["fields"]}


def test_the_data_follow_the_filters(filled, client_for):
    client = client_for(filled)
    assert len(rows_of(client.get(PLACES["procurement"] + "rows.csv"))) == 2
    assert len(rows_of(client.get(PLACES["procurement"] + "rows.csv?year=2025"))) == 1


def test_a_budget_as_data_is_exact(filled, client_for):
    client = client_for(filled)
    lines = rows_of(client.get(PLACES["budget"] + "2026/rows.csv"))
    assert list(lines[0]) == [field[0] for field in DATA_FIELDS]
    road = next(line for line in lines if line["code"] == "5112")
    assert (road["adopted"], road["revised"], road["executed_q2"], road["executed_q4"]) == (
        "200000000", "260000000", "90000000", "",
    )  # fmt: skip
    data = json.loads(client.get("/en" + PLACES["budget"] + "2026/rows.json").content)
    road = next(line for line in data["rows"] if line["code"] == "5112")
    assert road["executed_q1"] == 10_000_000 and road["executed_q4"] is None
    assert road["title"] == "economy, roads and agriculture", "a line without an English name gives its group"


@pytest.mark.parametrize("code", PLACES)
def test_every_register_has_its_files(filled, client_for, code):
    client = client_for(filled)
    for prefix in ("", "/en", "/ru"):
        for name in ("rows.csv", "rows.json", "feed.rss"):
            assert client.get(f"{prefix}{PLACES[code]}{name}").status_code == 200


def test_the_feed_is_xml_with_addresses_that_answer(filled, client_for):
    client = client_for(filled)
    response = client.get(PLACES["vacancies"] + "feed.rss")
    assert response["Content-Type"].startswith("application/rss+xml")
    items = ElementTree.fromstring(response.content).findall("channel/item")
    assert [item.findtext("title") for item in items] == ["Առաջատար մասնագետ"]
    assert client.get("/" + items[0].findtext("link").split("/", 3)[3]).status_code == 200


def test_every_field_is_documented():
    text = DOCUMENT.read_text(encoding="utf-8")
    for register in registers.values():
        for column in register.in_place("data"):
            assert f"`{column.name}`" in text, f"{register.code}.{column.name} is missing in {DOCUMENT.name}"
    for name, *_rest in DATA_FIELDS:
        assert f"`{name}`" in text


def test_money_in_words():
    assert drams(12_345) == "12\u00a0345\u00a0֏" and drams(None) == ""
    assert millions(1_384_240_000) == "1\u00a0384,2" and millions(0) == "0,0"
