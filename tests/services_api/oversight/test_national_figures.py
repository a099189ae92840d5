"""The ministry sees how every community answers, and nothing else of it: numbers cross the wall, words do not."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import Error, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from services_api.cases.models import Case
from services_api.oversight import services
from services_api.oversight.models import Counting, MonthFigure
from services_api.oversight.tasks import count
from services_api.workdays.public import YEREVAN
from tenants.context import register, tenant
from tests.isolation.house import MARK, furnish
from tests.services_api.cases.staffed import build

BOARD = "/admin/national/"
NOW = datetime(2026, 11, 25, 12, tzinfo=YEREVAN)
NOVEMBER, OCTOBER = date(2026, 11, 1), date(2026, 10, 1)
DAY = timedelta(days=1)


@pytest.fixture
def now():
    with time_machine.travel(NOW, tick=False):
        yield NOW


def some_cases(community, staff_of) -> None:
    """Two of October (one answered late in November, one overdue), one of November answered in time and rated."""
    with tenant(community):
        house = build(community, staff_of)
        for key, came, more in (
            ("late", 45, {"decided_at": NOW - 5 * DAY}),
            ("overdue", 50, {}),
            ("in time", 20, {"decided_at": NOW - 10 * DAY, "rating": 4, "rated_at": NOW}),
        ):
            at, end = NOW - came * DAY, more.get("decided_at")
            ends = {"phase": "closed", "state": "closed", "closed_at": end, "outcome": "granted"} if end else {}
            house.case(key, submitted_at=at, registered_at=at, due_at=at + 30 * DAY, **ends, **more)


def pushed(community) -> dict[tuple[date, str], MonthFigure]:
    with tenant(community):
        services.push(community)
    with register():
        return {(each.month, each.procedure): each for each in MonthFigure.objects.filter(community=community)}


def test_a_community_counts_its_cases_by_month_and_procedure(goris, staff_of, now):
    some_cases(goris, staff_of)
    rows = pushed(goris)
    assert set(rows) == {(month, code) for month in (OCTOBER, NOVEMBER) for code in ("", "application-to-head")}
    october, november = rows[OCTOBER, ""], rows[NOVEMBER, "application-to-head"]
    assert (october.received, october.in_time, october.late) == (2, 0, 0)
    assert (november.received, november.in_time, november.late) == (1, 1, 1)
    # 10 and 40 days.
    assert (november.days, november.median) == (50, 25)
    assert (november.ratings, november.rating_sum) == (1, 4)
    with register():
        assert Counting.objects.get(community=goris).overdue == 1


def test_counted_again_nothing_doubles_and_what_is_no_more_becomes_zero(goris, staff_of, now):
    some_cases(goris, staff_of)
    pushed(goris)
    with tenant(goris):
        nothing = dict.fromkeys(("decided_at", "closed_at", "rating", "rated_at"))
        Case.objects.filter(decided_at__isnull=False).update(phase="in_progress", state="in_progress", **nothing)
    again = pushed(goris)
    assert len(again) == 4 and again[NOVEMBER, ""].late == again[NOVEMBER, ""].ratings == 0
    assert again[NOVEMBER, ""].median is None and again[OCTOBER, ""].received == 2


def test_no_word_crosses(goris, meghri, ministry, staff_of, signed_in, now):
    """A house in which everything carries a mark, procedures and people too: only numbers and known codes arrive."""
    furnish(goris)
    rows = pushed(goris)
    assert {code for _month, code in rows} == {"", "application-to-head"}
    with tenant(goris):
        version = Case.objects.get().version
        type(version.procedure).objects.filter(pk=version.procedure_id).update(code="canary-made-here")
    assert {code for _month, code in pushed(goris)} == {"", "application-to-head", "own"}
    with register():
        values = [
            str(value) for model in (MonthFigure, Counting) for row in model.objects.values() for value in row.values()
        ]
    assert values and not any(MARK in each or "canary" in each.lower() for each in values)
    # No column that could take a text, but the code, which the database proves.
    allowed = (
        models.BigAutoField,
        models.ForeignKey,
        models.DateField,
        models.PositiveIntegerField,
        models.DecimalField,
    )
    texts = [
        each.name for model in (MonthFigure, Counting) for each in model._meta.fields if not isinstance(each, allowed)
    ]
    assert texts == ["procedure"]
    with tenant(goris), pytest.raises(Error, match="month_figure_names_a_code"), transaction.atomic():
        MonthFigure.objects.create(community=goris, month=NOVEMBER, procedure="Դիմում Ա")
    board = signed_in(ministry, staff_of(ministry, superuser=True))
    for path in (BOARD, f"{BOARD}data.csv"):
        said = board.get(path).content.decode()
        assert MARK not in said and "canary" not in said.lower()


def test_a_community_writes_its_own_rows_sees_no_others_and_deletes_none(meghri, goris, now):
    own = {"month": NOVEMBER, "procedure": ""}
    with tenant(goris):
        MonthFigure.objects.create(community=goris, **own)
        Counting.objects.create(community=goris)
        for model, more in ((MonthFigure, own), (Counting, {})):
            with pytest.raises(Error, match="row-level security"), transaction.atomic():
                model.objects.create(community=meghri, **more)
            with pytest.raises(Error, match="permission denied"), transaction.atomic():
                model.objects.all().delete()
    with tenant(meghri):
        assert not MonthFigure.objects.exists() and not Counting.objects.exists()
        assert MonthFigure.objects.update(received=7) == 0


def test_the_ministry_sees_provinces_communities_months_and_takes_the_numbers(
    ministry, meghri, goris, staff_of, signed_in, now
):
    some_cases(goris, staff_of)
    pushed(goris)
    pushed(meghri)
    minister = signed_in(ministry, staff_of(ministry, superuser=True))
    page = minister.get(BOARD)
    text = page.content.decode()
    assert page.status_code == 200 and "no-store" in page["Cache-Control"]
    line = next(each for each in page.context["board"].lines if each.community == goris)
    assert (line.total.received, line.total.share, line.total.overdue, line.total.mean_days) == (3, 50, 1, 25.0)
    assert page.context["board"].lines[0] == line, "the weakest first"
    assert "▼ 50" in text and "Սյունիք" in text and 'role="img"' in text
    for measure in ("received", "median", "late", "nonsense"):
        answer = minister.get(BOARD, {"measure": measure, "marz": line.community.marz.code, "last": "2026-11"})
        assert answer.status_code == 200
    for wrong in ({"last": "0001-01"}, {"last": "x"}, {"procedure": "x\0"}, {"marz": "%%"}):
        assert minister.get(BOARD, wrong).status_code == 200
    assert minister.get(BOARD, {"last": "2020-01"}).context["board"].total.received == 0
    rows = list(csv.DictReader(StringIO(minister.get(f"{BOARD}data.csv").content.decode("utf-8-sig"))))
    (november,) = [each for each in rows if (each["month"], each["procedure"]) == ("2026-11", "all")]
    assert november["community"] == goris.slug and november["median"] == "25.0" and november["late"] == "1"


def test_nobody_else_sees_the_country(ministry, goris, staff_of, signed_in):
    for client in (
        signed_in(goris, staff_of(goris, superuser=True)),
        signed_in(ministry, staff_of(ministry, groups=["Խմբագիրներ"])),
    ):
        assert client.get(BOARD).status_code == client.get(f"{BOARD}data.csv").status_code == 404


def test_the_board_asks_as_much_for_two_communities_as_for_all(ministry, meghri, goris, staff_of, signed_in, now):
    minister = signed_in(ministry, staff_of(ministry, superuser=True))
    pushed(goris)
    minister.get(BOARD)
    with CaptureQueriesContext(connection) as few:
        minister.get(BOARD)
    some_cases(goris, staff_of)
    some_cases(meghri, staff_of)
    pushed(goris), pushed(meghri)
    minister.get(BOARD)
    with CaptureQueriesContext(connection) as lots:
        minister.get(BOARD)
    assert len(lots) <= len(few) < 25


def test_at_night_each_is_counted_once_and_by_hand_a_run_goes_on_where_it_stopped(meghri, goris, capsys, monkeypatch):
    schemas = {meghri.schema_name, goris.schema_name}
    with time_machine.travel(datetime(2026, 11, 25, 1, tzinfo=YEREVAN), tick=False), register():
        assert services.due() == []
    with time_machine.travel(datetime(2026, 11, 25, 4, 1, tzinfo=YEREVAN), tick=False):
        with register():
            assert schemas <= set(services.due())
        with tenant(goris):
            count()
        with register():
            assert goris.schema_name not in services.due() and meghri.schema_name in services.due()
        call_command("figures", "push", "goris", "meghri", "--resume")
        said = capsys.readouterr().out
        assert "1/1  meghri: 0 rows" in said and "goris" not in said
        call_command("figures", "push", "goris", "meghri", "--since", "2026-01")
        assert "2 communities counted" in capsys.readouterr().out
        call_command("figures", "status", "goris")
        assert "25.11.2026 04:01  overdue 0" in capsys.readouterr().out
        real = services.push
        monkeypatch.setattr(services, "push", lambda who, since: 1 / 0 if who == goris else real(who, since))
        with pytest.raises(CommandError, match="goris: division by zero"):
            call_command("figures", "push", "goris", "meghri")
        assert "2/2  meghri" in capsys.readouterr().out
    with register():
        assert "ministry" not in services.due(NOW + DAY)
