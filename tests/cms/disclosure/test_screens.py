"""The press officer's dashboard, the ministry's board, the public pages: who sees what, and which button helps."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.disclosure.checking import check
from cms.disclosure.models import PublicationDuty, Score, Standing, Verdict, Waiver
from cms.seeds.roles import ADMINISTRATORS, EDITORS
from tenants.context import register, tenant

DASHBOARD = "/admin/duties/"
BOARD = "/admin/duties/board/"


@pytest.fixture
def checked(meghri, goris):
    for community in (meghri, goris):
        with tenant(community):
            check(community)


@pytest.fixture
def officer(meghri, staff_of, signed_in):
    return signed_in(meghri, staff_of(meghri, groups=[ADMINISTRATORS]))


@pytest.fixture
def minister(ministry, staff_of, signed_in):
    return signed_in(ministry, staff_of(ministry, superuser=True))


def test_the_dashboard_says_the_score_what_is_missing_by_which_article_and_offers_a_button(officer, checked):
    page = officer.get(DASHBOARD).content.decode()
    assert "Օրենքի պահանջներ" in page
    assert "«Տեղեկատվության ազատության մասին» օրենք, հոդված 7, կետ 13" in page
    assert "/admin/settings/cms/siteprofile/" in page
    assert "/admin/pages/" in page and "/edit/" in page


def test_the_worst_comes_first(officer, checked):
    rows = officer.get(DASHBOARD).context["failing"]
    assert [each["duty"].severity for each in rows] == sorted(
        (each["duty"].severity for each in rows), key=["high", "medium", "low"].index
    )


def test_before_the_first_check_the_dashboard_says_so(officer):
    assert "Դեռ ոչինչ չի ստուգվել" in officer.get(DASHBOARD).content.decode()


def test_when_all_is_green_there_is_nothing_to_do(meghri, officer, checked):
    with register():
        Standing.objects.filter(community=meghri).update(verdict=Verdict.PASS, message="there", params={})
    page = officer.get(DASHBOARD)
    assert page.context["total"].failing == 0
    assert "Օրենքի բոլոր պահանջները կատարված են" in page.content.decode()


def test_an_editor_sees_no_button_for_what_only_an_administrator_may_do(meghri, staff_of, signed_in, checked):
    editor = signed_in(meghri, staff_of(meghri, groups=[EDITORS]))
    rows = {each["duty"].code: each["action"] for each in editor.get(DASHBOARD).context["failing"]}
    assert rows["reception"] is None
    assert rows["accessibility"] is not None


def test_a_case_officer_without_pages_and_a_visitor_do_not_see_it(meghri, staff_of, signed_in, client_for):
    outsider = signed_in(meghri, staff_of(meghri, groups=[]))
    assert outsider.get(DASHBOARD).status_code in {302, 404}
    assert client_for(meghri).get(DASHBOARD).status_code == 302


def test_the_panel_stands_on_the_first_screen(officer, checked):
    page = officer.get("/admin/").content.decode()
    assert 'id="duties-panel"' in page


def test_check_now_looks_at_once_and_sends_a_visitor(meghri, officer, monkeypatch):
    sent = []
    monkeypatch.setattr("cms.disclosure.tasks.start_visit", lambda: sent.append(True))
    answer = officer.post("/admin/duties/check/", follow=True)
    assert sent == [True]
    assert answer.context["checked_at"] is not None
    assert answer.headers["Refresh"] == "3"
    assert officer.get("/admin/duties/check/").status_code == 405


def test_check_now_works_without_a_broker(officer, monkeypatch):
    def away() -> None:
        raise OSError("away")

    monkeypatch.setattr("cms.disclosure.tasks.start_visit", away)
    assert "Այցելուի շրջայցը" in officer.post("/admin/duties/check/", follow=True).content.decode()


def test_the_dashboard_asks_a_bounded_number_of_queries(officer, checked):
    officer.get(DASHBOARD)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        officer.get(DASHBOARD)
    assert len(queries) <= 30, [query["sql"][:90] for query in queries]


def test_a_waiver_is_shown(meghri, officer):
    with register():
        waive(meghri)
    with tenant(meghri):
        check(meghri)
    page = officer.get(DASHBOARD).content.decode()
    assert "հրաման 12-Ա" in page


def waive(community, **values) -> Waiver:
    return Waiver.objects.create(
        **{
            "community": community,
            "duty": PublicationDuty.objects.get(code="master-plan"),
            "reason": "Մշակման փուլում է",
            "order_number": "12-Ա",
            "starts_on": date.today() - timedelta(days=1),
            "ends_on": date.today() + timedelta(days=30),
            "granted_by": "Ա. Օրինակյան",
            **values,
        }
    )


# --- the ministry


def test_the_board_shows_every_community_and_every_duty(minister, checked):
    page = minister.get(BOARD)
    text = page.content.decode()
    assert "Մեղրի" in text and "Գորիս" in text
    assert len(page.context["rows"][0]["cells"]) == len(page.context["board"].duties) >= 26
    assert "✕" in text and "կատարված չէ" in text, "words beside marks and colours"


def test_the_board_can_be_narrowed(minister, checked, meghri):
    of_marz = minister.get(BOARD, {"marz": meghri.marz.code}).context["rows"]
    assert {row["community"].slug for row in of_marz} >= {"meghri"}
    assert minister.get(BOARD, {"verdict": "tolerated"}).context["rows"] == []
    assert len(minister.get(BOARD, {"duty": "budget"}).context["board"].duties) == 1


def test_the_board_asks_as_many_queries_for_two_communities_as_for_one(minister, checked, goris):
    minister.get(BOARD)
    with CaptureQueriesContext(connection) as two:
        minister.get(BOARD)
    with register():
        goris.status = "suspended"
        goris.save()
    minister.get(BOARD)
    with CaptureQueriesContext(connection) as one:
        minister.get(BOARD)
    assert len(one) == len(two) <= 40


def test_the_board_of_the_country_is_csv_too(minister, checked):
    lines = minister.get(BOARD + "data.csv").content.decode().splitlines()
    assert lines[0].startswith("\ufeffcommunity,name,marz,kept,wanted,head-and-council")
    assert any(line.startswith("meghri,Մեղրի") for line in lines)


def test_the_trend_has_a_point_a_week(minister, checked, meghri):
    with register():
        Score.objects.create(community=meghri, day=date.today() - timedelta(days=21), met=3, tolerated=0, applicable=26)
    chart = minister.get(BOARD).context["chart"]
    assert len(chart["dots"]) == 2 and chart["points"]


@pytest.mark.parametrize("path", [BOARD, BOARD + "data.csv", BOARD + "goris/", "/admin/duties/catalogue/"])
def test_a_community_has_no_board(meghri, staff_of, signed_in, checked, path):
    assert signed_in(meghri, staff_of(meghri, superuser=True)).get(path).status_code == 404


def test_the_boards_right_is_needed(ministry, staff_of, signed_in):
    clerk = signed_in(ministry, staff_of(ministry, groups=[ADMINISTRATORS]))
    assert clerk.get(BOARD).status_code == 404


def test_the_ministry_relieves_a_community_of_a_duty_and_ends_it(minister, meghri, checked):
    given = {
        "duty": PublicationDuty.objects.get(code="master-plan").pk,
        "reason": "Մշակման փուլում է",
        "order_number": "12-Ա",
        "starts_on": str(date.today() - timedelta(days=3)),
        "ends_on": str(date.today() + timedelta(days=30)),
    }
    wrong = minister.post(BOARD + "meghri/", {**given, "ends_on": "2020-01-01"})
    assert wrong.status_code == 200 and wrong.context["form"].errors
    assert minister.post(BOARD + "meghri/", given).status_code == 302
    with register():
        waiver = Waiver.objects.get(community=meghri)
    assert waiver.granted_by == "Անահիտ Օրինակյան"
    with tenant(meghri):
        check(meghri)
        assert Standing.objects.get(duty__code="master-plan").message == "waived"
    assert minister.post(f"{BOARD}meghri/waivers/{waiver.pk}/end/").status_code == 302
    with tenant(meghri):
        check(meghri)
        assert Standing.objects.get(duty__code="master-plan").verdict == Verdict.FAIL


def test_the_ministry_edits_a_duty(minister):
    page = minister.get("/admin/duties/catalogue/broadcast/")
    given = {each["field"].name: each["field"].value() or "" for each in page.context["fields"]}
    given.update(min_population=5000, valid_from="2017-01-01")
    assert minister.post("/admin/duties/catalogue/broadcast/", given).status_code == 302
    with register():
        assert PublicationDuty.objects.get(code="broadcast").min_population == 5000
    assert "խմբագրված է նախարարության կողմից" in minister.get("/admin/duties/catalogue/").content.decode()


# --- for everybody


@pytest.mark.parametrize("prefix", ["/", "/en/", "/ru/"])
def test_everybody_reads_how_a_community_keeps_the_law(ministry, meghri, client_for, checked, prefix):
    visitor = client_for(ministry)
    overview = visitor.get(f"{prefix}duties/")
    assert overview.status_code == 200 and f"{prefix}duties/meghri/" in overview.content.decode()
    page = visitor.get(f"{prefix}duties/meghri/")
    assert page.status_code == 200
    assert meghri.name(prefix.strip("/") or "hy") in page.content.decode()
    assert 'href="http://meghri.' in page.content.decode()


def test_results_are_open_data(ministry, client_for, checked):
    visitor = client_for(ministry)
    rows = visitor.get("/duties/meghri/data.json").json()
    assert len(rows) >= 26 and {row["verdict"] for row in rows} <= set(Verdict.values)
    assert visitor.get("/duties/meghri/data.csv").content.decode().count("\n") == len(rows) + 1
    assert {row["community"] for row in visitor.get("/duties/data.json").json()} >= {"meghri", "goris"}
    assert visitor.get("/duties/data.csv").status_code == 200
    assert visitor.get("/duties/nowhere/").status_code == 404


def test_a_communitys_own_address_leads_to_its_page_and_shows_nobody_elses(meghri, client_for, checked):
    visitor = client_for(meghri)
    assert visitor.get("/duties/").url.endswith("/duties/meghri/")
    assert visitor.get("/duties/goris/").status_code == 404
    assert visitor.get("/duties/goris/data.json").status_code == 404


def test_the_public_pages_ask_a_bounded_number_of_queries(ministry, client_for, checked):
    visitor = client_for(ministry)
    for path in ("/duties/", "/duties/meghri/"):
        visitor.get(path)
        with CaptureQueriesContext(connection) as queries:
            visitor.get(path)
        assert len(queries) <= 25, path


# --- the buttons


def test_a_new_page_begins_with_what_the_button_knows(meghri, officer):
    from wagtail.models import Page

    from cms.models import NewsIndexPage

    with tenant(meghri):
        index = NewsIndexPage.objects.get(locale__language_code="hy")
    address = f"/admin/pages/add/cms/newspage/{index.pk}/"
    page = officer.get(address, {"title": "Հանրային լսում", "kind": "unknown", "live": "1"})
    assert "Հանրային լսում" in page.content.decode()
    assert page.context["form"]["slug"].value() == "hanrayin-lsum", "an address that nobody types"
    assert "Հանրային լսում" not in officer.get(address).content.decode(), "the next form begins empty"
    with tenant(meghri):
        assert not Page.objects.filter(title="Հանրային լսում").exists()


@time_machine.travel("2026-11-25 12:00 +0400")
def test_every_failing_duty_has_a_button_for_an_administrator(officer, checked):
    rows = officer.get(DASHBOARD).context["failing"]
    without = [each["duty"].code for each in rows if each["action"] is None]
    pages_to_come = {"agenda", "draft-decisions", "minutes", "council-rules", "head-decisions", "rates", "master-plan"}
    assert set(without) <= pages_to_come | {"annual-report", "auctions", "broadcast"}
