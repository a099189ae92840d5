"""The head asks how the work goes: what came, what was answered in time, what is late; a chief asks about the unit."""

from __future__ import annotations

import csv
import itertools
from dataclasses import astuple
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from services_api.cases import figures
from services_api.cases.actors import staff
from services_api.cases.figures import Period, charts, periods
from services_api.cases.models import Case
from services_api.cases.selectors import Filters, counts, inbox
from services_api.cases.services import transition
from services_api.workdays.public import YEREVAN
from tests.services_api.cases.procedures import permit, published
from tests.services_api.cases.staffed import NRNADZOR, SHVANIDZOR, build

SCREEN = "/admin/work/figures/"
NOW = datetime(2026, 11, 25, 12, tzinfo=YEREVAN)
DAY = timedelta(days=1)


@pytest.fixture
def house(meghri, staff_of, as_tenant):
    as_tenant(meghri)
    with time_machine.travel(NOW, tick=False):
        yield build(meghri, staff_of)


def case(house, key: str, where: str = SHVANIDZOR, came: int = 10, **more) -> Case:
    """A case that came so many days ago, with a term of 30 days, in the hands of the department's specialist."""
    came_at = NOW - came * DAY
    columns = {"submitted_at": came_at, "registered_at": came_at, "due_at": came_at + 30 * DAY,
               "assigned_position": house.positions["specialist"], **more}  # fmt: skip
    return house.case(key, where, **columns)


def answered(days: float, **more) -> dict:
    moment = NOW - days * DAY
    return {
        "phase": "closed",
        "state": "closed",
        "decided_at": moment,
        "closed_at": moment,
        "outcome": "granted",
    } | more


def of(house, name: str = "head", period: Period | None = None) -> figures.Figures:
    return figures.report(house.user(name), period or figures.period_of("year", NOW.date())).total


def test_every_case_is_counted_once_and_where_it_belongs(house):
    """In time, late, moved by a pause, withdrawn, forwarded, joined, overdue, rated; each in its own figure."""
    case(house, "in time", came=20, **answered(10, rating=5, rated_at=NOW))
    case(house, "late", came=50, **answered(10, rating=2, rated_at=NOW))
    case(house, "paused", came=50, due_at=NOW - 5 * DAY, **answered(6))
    case(house, "without a term", came=5, due_at=None, **answered(1))
    case(house, "withdrawn", came=9, phase="withdrawn", state="withdrawn", closed_at=NOW - DAY)
    case(house, "forwarded", came=9, **answered(2, outcome="forward"))
    case(house, "joined", came=9, **answered(2, outcome="merged"))
    case(house, "overdue", came=40)
    case(house, "open", came=3)
    found = of(house)
    assert (found.received, found.in_time, found.late, found.ended, found.overdue) == (9, 3, 1, 3, 1)
    assert (found.share, found.ratings, found.mean_rating) == (75, 2, 3.5)
    # 10, 40, 44 and 4 days: the middle of the four.
    assert found.median == 25.0
    assert found.overdue == counts(house.user("head"))["overdue"]
    by = {group.code: {row.name: row.figures for row in group.rows}
          for group in figures.report(house.user("head"), figures.period_of("year", NOW.date())).groups}  # fmt: skip
    assert by["settlement"][SHVANIDZOR] == by["unit"]["the-department"] == by["channel"]["կայք"] == found
    assert list(by["procedure"].values()) == [found]


def test_a_case_opened_again_counts_with_its_last_answer(house):
    """By the steps of its workflow, as officers take them."""
    opened = case(house, "again", came=5, version_id=published(permit()).id)
    actor = staff(house.user("registry"))

    def step(code, **data):
        fresh = Case.objects.get(pk=opened.pk)
        transition(fresh.uuid, code, actor=actor, expected_version=fresh.lock_version, data=data)

    step("register")
    step("assign", assignee=f"p{house.positions['specialist'].pk}")
    step("answer", answer="Այո")
    step("close")
    assert of(house).answered == 1
    step("reopen_case", reason="Սխալ")
    assert of(house).answered == 0
    with time_machine.travel(NOW + 40 * DAY, tick=False):
        later = figures.period_of("year", (NOW + 30 * DAY).date())
        assert figures.report(house.user("head"), later).total.answered == 0


def test_days_before_and_after_a_period_do_not_count_and_it_is_compared(house):
    case(house, "this month", came=10)
    case(house, "last month", came=35, **answered(33))
    case(house, "much earlier", came=100, **answered(90))
    found = figures.report(house.user("head"), figures.period_of("month", NOW.date()))
    assert (found.total.received, found.total.answered) == (1, 0)
    assert (found.before.received, found.before.answered) == (1, 1)
    assert sum(each.received for each in found.moments) == 1 and len(found.moments) == 25


def test_a_chief_sees_the_unit_the_head_all_and_an_officer_nothing(house, signed_in, meghri):
    case(house, "ours", came=5)
    case(house, "theirs", NRNADZOR, came=5, assigned_position=house.positions["nrnadzor"])
    case(house, "secret", came=5, confidentiality=3)
    assert of(house, "head").received == 3
    assert of(house, "registry").received == 2
    assert of(house, "chief").received == 1
    for name, status in (("head", 200), ("registry", 200), ("chief", 200), ("specialist", 404), ("nrnadzor", 404)):
        client = signed_in(meghri, house.user(name))
        for path in ("", "export.csv", "export.xlsx"):
            assert client.get(SCREEN + path).status_code == status, (name, path)
        assert ("/admin/work/figures/" in client.get("/admin/").content.decode()) == (status == 200), name
    # Whoever stands in for a chief sees what the chief sees.
    house.substitution("chief", "nrnadzor")
    assert signed_in(meghri, house.user("nrnadzor")).get(SCREEN).status_code == 200


def test_figures_of_everybody_are_those_of_their_inbox(house):
    for number, where in enumerate((SHVANIDZOR, NRNADZOR, "")):
        case(house, f"case-{number}", where, came=number + 1)
    case(house, "nobody", came=1, assigned_position=None)
    for name in ("head", "registry", "chief"):
        assert of(house, name).received == inbox(house.user(name), Filters("all")).count(), name


def test_the_screen_says_the_numbers_in_words_drawings_and_a_table(house, signed_in, meghri):
    case(house, "in time", came=20, **answered(10))
    case(house, "late", came=50, **answered(10))
    page = signed_in(meghri, house.user("head")).get(SCREEN, {"period": "year"}).content.decode()
    assert page.count('role="img"') == 2 and page.count("</desc>") == 2 and "<polyline" not in page
    assert page.count('<rect class="kind-0" x=') == 11 and "նոյեմբեր 2026" in page.lower()
    assert SHVANIDZOR in page and "style=" not in page[page.index("figures-days") : page.index("Ինչպես է հաշվվում")]
    empty = signed_in(meghri, house.user("head")).get(SCREEN, {"period": "own", "from": "2026-02-31", "to": "x"})
    assert empty.status_code == 200 and 'role="alert"' in empty.content.decode()
    own = signed_in(meghri, house.user("head")).get(SCREEN, {"period": "own", "from": "2026-01-01", "to": "2026-01-02"})
    assert "Այս ժամանակահատվածում ոչինչ չկա" in own.content.decode()


def test_as_a_file_names_are_no_formulas_and_numbers_are_numbers(house, signed_in, meghri):
    case(house, "formula", "=1+1", came=20, **answered(10))
    client = signed_in(meghri, house.user("head"))
    rows = list(csv.reader(StringIO(client.get(f"{SCREEN}export.csv?period=year").content.decode("utf-8-sig"))))
    total, before, *others = rows[1:]
    assert total[2:6] == ["1", "1", "0", "100"] and total[8] == "10.0" and before[7] == ""
    assert "'=1+1" in [row[1] for row in others]
    book = load_workbook(BytesIO(client.get(f"{SCREEN}export.xlsx?period=year").content))
    sheet = list(book.active.iter_rows(values_only=True))
    assert sheet[1][2:6] == (1, 1, 0, 100) and sheet[1][8] == 10.0 and len(sheet) == len(rows)


def test_the_number_of_queries_does_not_grow(house, signed_in, meghri):
    case(house, "first", came=5)
    client = signed_in(meghri, house.user("chief"))
    client.get(SCREEN)
    with CaptureQueriesContext(connection) as few:
        client.get(SCREEN, {"period": "year"})
    for number in range(12):
        case(house, f"more-{number}", f"Գյուղ{number}", came=number, **(answered(0) if number % 2 else {}))
    with CaptureQueriesContext(connection) as lots:
        client.get(SCREEN, {"period": "year"})
    assert len(lots) <= len(few) < 35


# --- periods and drawings, without a database


@pytest.mark.parametrize(
    ("kind", "first", "before"),
    [
        ("month", date(2026, 3, 1), (date(2026, 2, 1), date(2026, 2, 28))),
        ("quarter", date(2026, 1, 1), (date(2025, 10, 1), date(2025, 12, 29))),
        ("year", date(2026, 1, 1), (date(2025, 1, 1), date(2025, 3, 31))),
        ("nonsense", date(2026, 3, 1), (date(2026, 2, 1), date(2026, 2, 28))),
    ],
)
def test_a_running_period_is_compared_with_as_many_days_of_the_one_before(kind, first, before):
    found = figures.period_of(kind, date(2026, 3, 31))
    assert (found.first, found.last) == (first, date(2026, 3, 31))
    assert (found.before().first, found.before().last) == before


@pytest.mark.parametrize(
    "days",
    [("", ""), ("2026-01-02", "2026-01-01"), ("0001-01-01", "0001-01-03"), ("1990-01-01", "2026-01-01")],
)
def test_days_that_are_none_are_refused(days):
    assert figures.own(*days) is None


@given(first=st.dates(date(2000, 1, 1), date(2040, 1, 1)), days=st.integers(1, 900))
# On a busy machine a second passes with nothing drawn; that says nothing about the figures.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_parts_of_a_period_cover_it_without_a_gap(first, days):
    period = Period("own", first, first + (days - 1) * periods.ONE_DAY)
    parts = [each.first for each in period.buckets()]
    assert parts == sorted(set(parts)) and parts[0] <= first and parts[-1] <= period.last
    longest = {"day": 1, "week": 7, "month": 31}[period.step]
    assert all((b - a).days <= longest for a, b in itertools.pairwise(parts))
    assert (period.last - parts[-1]).days < longest and len(parts) <= 130


@given(st.lists(st.integers(0, 10**6), max_size=40))
def test_a_drawing_stays_within_its_box_and_its_numbers_are_round(values):
    drawn = charts.columns([("x", (each, each)) for each in values], ("a", "b"))
    assert all(
        0 <= each.y <= drawn.bottom and each.height >= 0 and each.x + each.width <= drawn.width for each in drawn.bars
    )
    assert len(drawn.labels) <= charts.MOST_LABELS and len(drawn.bars) == 2 * len(values)
    ticks = [int(each.text) for each in drawn.ticks]
    assert ticks[-1] >= max(values, default=0) and len({b - a for a, b in itertools.pairwise(ticks)}) == 1


def test_a_line_is_broken_where_there_is_no_value():
    drawn = charts.line([("a", 50.0), ("b", 100.0), ("c", None), ("d", 0.0), ("e", 10.0)])
    assert len(drawn.lines) == 2 and len(drawn.dots) == 4
    assert astuple(drawn.dots[1])[1] < astuple(drawn.dots[0])[1]
