"""`manage.py clock cases.json`: anybody can check the clock against a table."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

CASE = {
    "id": "z-1",
    "rule": {
        "unit": "calendar_days",
        "length": 30,
        "direction": "after",
        "start": "registration",
        "roll": "next_working_day",
    },
    "calendar": {"working_hours": ["09:00", "18:00"], "exceptions": [{"date": "2026-05-04", "kind": "off"}]},
    "submitted_at": "2026-04-03T10:00:00+04:00",
    "pauses": [],
    "extensions": [],
    "as_of": "2026-05-06T12:00:00+04:00",
}


def answer(tmp_path, cases) -> dict:
    path = tmp_path / "cases.json"
    path.write_text(json.dumps(cases), encoding="utf-8")
    out = io.StringIO()
    call_command("clock", str(path), stdout=out)
    return json.loads(out.getvalue())


def test_it_prints_what_the_clock_says(tmp_path):
    assert answer(tmp_path, [CASE, {**CASE, "id": 2, "calendar": {}, "as_of": "2026-05-01"}]) == {
        "z-1": {
            "registered_at": "2026-04-03T10:00:00+04:00",
            "due_at": "2026-05-05T18:00:00+04:00",
            "remaining_calendar_days": -1,
            "overdue": True,
        },
        "2": {
            "registered_at": "2026-04-03T10:00:00+04:00",
            "due_at": "2026-05-04T18:00:00+04:00",
            "remaining_calendar_days": 3,
            "overdue": False,
        },
    }


@pytest.mark.parametrize(
    "shape",
    [
        {"pauses": [["2026-04-10", "2026-04-12"]], "extensions": [3]},
        {"pauses": [{"from": "2026-04-10", "to": "2026-04-12T00:00:00+04:00"}], "extensions": [{"days": 3}]},
        {
            "pauses": [{"from": "2026-04-09T20:00:00Z", "to": "2026-04-12"}],
            "extensions": [{"length": 3, "unit": "calendar_day"}],
        },
        {
            "pauses": [["2026-04-10", "2026-04-12"]],
            "extensions": [3],
            "calendar": {"exceptions": {"2026-05-04": "off"}},
        },
    ],
)
def test_shapes_that_people_write_mean_the_same(tmp_path, shape):
    assert answer(tmp_path, [{**CASE, **shape}])["z-1"]["due_at"] == "2026-05-08T18:00:00+04:00"


@pytest.mark.parametrize(
    ("cases", "words"),
    [
        ([{**CASE, "rule": {**CASE["rule"], "unit": "moons"}}], "case z-1: rule.unit: must be one of"),
        ([{**CASE, "pauses": [{"from": "x"}]}], "case z-1: pauses[0].from: must be an ISO 8601 moment"),
        ([{**CASE, "as_of": None}], "case z-1: as_of: is missing"),
        ([CASE, CASE], "case no. 2: id: z-1 stands twice"),
        ([{**CASE, "id": None}], "case no. 1: id: is missing"),
        ({"a": 1}, "must be a list of cases"),
    ],
)
def test_a_mistake_is_named_by_case_and_field(tmp_path, cases, words):
    with pytest.raises(CommandError) as refusal:
        answer(tmp_path, cases)
    assert words in str(refusal.value)
    assert refusal.value.returncode == 2


def test_a_file_that_cannot_be_read_is_said_so(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("clock", str(tmp_path / "nothing.json"))
    (tmp_path / "bad.json").write_text("{")
    with pytest.raises(CommandError, match="is not JSON"):
        call_command("clock", str(tmp_path / "bad.json"))
