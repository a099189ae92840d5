"""Shorter ways through the product: what may go wrong, and for whom."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.a11y.findings import axe_findings
from tests.e2e.languages import armenian_words
from tests.e2e.people import CommunityAdmin, MinistryAdmin, Resident, error_summary, main
from tests.e2e.press import PressOfficer
from tests.e2e.stage import PHONE, Stage

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("product")]

SUBJECT = "Բակի ծառերի մասին"
BODY = "Խնդրում եմ էտել մեր բակի երկու բարձր ծառերը։"


def ready_to_send(stage: Stage, host: str = "dilijan") -> Resident:
    resident = Resident(stage, host)
    resident.go("/apply/application-to-head/")
    resident.fill_in(settlement="Դիլիջան", email="armen@example.am", subject=SUBJECT, body=BODY)
    resident.go_on()
    resident.agree()
    return resident


def running_number(number: str) -> int:
    return int(number.partition("/")[2])


def test_sending_twice_makes_one_application(stage: Stage) -> None:
    resident = ready_to_send(stage)
    first = resident.page
    second = resident.context.new_page()
    second.goto(first.url)
    second.locator("input[name=consent]").check()

    resident.send()
    number, code = resident.receipt()
    second.get_by_role("button", name="Ուղարկել դիմումը").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("Ձեր դիմումն ստացվել է")
    expect(main(second)).to_contain_text(number)
    expect(main(second)).to_contain_text(code)

    first.go_back()
    if first.url.endswith("/review/"):  # kept by the browser, or led on by the server
        resident.agree()
        resident.send()
    expect(main(first)).to_contain_text(number)

    later = ready_to_send(stage)
    later.send()
    assert running_number(later.receipt()[0]) == running_number(number) + 1


def test_a_wrong_code_is_told_without_saying_which_of_the_two_is_wrong(stage: Stage) -> None:
    resident = ready_to_send(stage)
    resident.send()
    number, _code = resident.receipt()
    stranger = Resident(stage, "dilijan")
    told = []
    for given in (number, "Դ-2026/99999"):
        stranger.look_up(given, "AAAA BBBB CCCC")
        expect(error_summary(stranger.page)).to_contain_text("Այս համարով և կոդով դիմում չկա։ Ստուգեք երկուսն էլ։")
        expect(stranger.page.get_by_label("Դիմումի համարը")).to_have_value(given)
        told.append(main(stranger.page).inner_text())
    assert told[0] == told[1]


def test_the_code_of_one_community_opens_nothing_in_another(stage: Stage) -> None:
    resident = ready_to_send(stage)
    resident.send()
    number, code = resident.receipt()
    neighbour = Resident(stage, "tumanyan")
    neighbour.look_up(number, code)
    expect(error_summary(neighbour.page)).to_contain_text("դիմում չկա")


def test_an_unknown_host_tells_nothing(stage: Stage) -> None:
    page = stage.page()
    answer = page.goto(stage.address("nowhere"))
    assert answer is not None and answer.status == 404
    assert page.locator("body").inner_text().strip() in {"404", "404 Not Found"}
    assert page.locator("link, script, img, a").count() == 0


def test_a_suspended_community_says_why_and_comes_back(stage: Stage) -> None:
    ministry = MinistryAdmin(stage)
    ministry.sign_in("admin@ministry.example")
    ministry.suspend("tumanyan", reason="Կայքի տվյալները ճշտվում են մինչև ուրբաթ։")
    visitor = stage.page(viewport=PHONE)
    answer = visitor.goto(stage.address("tumanyan"))
    assert answer is not None and answer.status == 503
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Կայքն առայժմ կասեցված է")
    expect(visitor.get_by_text("Կայքի տվյալները ճշտվում են մինչև ուրբաթ։")).to_be_visible()
    assert axe_findings(visitor) == []

    ministry.resume("tumanyan")
    answer = visitor.goto(stage.address("tumanyan"))
    assert answer is not None and answer.status == 200
    expect(visitor.get_by_role("heading", level=1)).to_be_visible()


def test_the_console_exists_for_the_ministry_only(stage: Stage) -> None:
    administrator = CommunityAdmin(stage, "dilijan")
    administrator.sign_in("admin@dilijan.example")
    expect(administrator.menu("Նորություններ")).to_be_visible()
    expect(administrator.menu("Համայնքներ")).to_have_count(0)
    answer = administrator.page.goto(stage.address("dilijan", "/admin/console/"))
    assert answer is not None and answer.status == 404


def test_the_language_changes_on_the_same_page(stage: Stage) -> None:
    page = stage.page()
    page.goto(stage.address("meghri", "/news/agarak-water/"))
    for current, language, name in (("Հայերեն", "en", "English"), ("English", "ru", "Русский")):
        header = page.get_by_role("banner")
        header.locator("summary").filter(has_text=current).click()
        header.get_by_role("link", name=name, exact=True).click()
        expect(page).to_have_url(stage.address("meghri", f"/{language}/news/agarak-water/"))
        expect(page.locator("html")).to_have_attribute("lang", language)
        assert armenian_words(page) == []


def test_a_page_that_is_not_translated_leads_to_the_original(stage: Stage) -> None:
    page = stage.page()
    page.goto(stage.address("meghri", "/en/news/shvanidzor-school/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("This page is not yet in your language")
    main(page).get_by_role("link", name="Read it in Armenian").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Շվանիձորի դպրոցի տանիքը")


def test_everything_is_reached_by_keyboard(stage: Stage) -> None:
    page = stage.page(viewport=PHONE)
    page.goto(stage.address("meghri", "/case/"))
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Անցնել բովանդակությանը")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()

    tab_to(page, "Մենյու")
    page.keyboard.press("Enter")
    tab_to(page, "Նորություններ")
    page.keyboard.press("Enter")
    expect(page).to_have_url(stage.address("meghri", "/news/"))

    page.goto(stage.address("meghri", "/case/"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Դիմումի համարը")).to_be_focused()
    page.keyboard.type("Դ-2026/99999")
    page.keyboard.press("Tab")
    page.keyboard.type("AAAA BBBB CCCC")
    page.keyboard.press("Enter")
    expect(error_summary(page)).to_be_visible()
    error_summary(page).get_by_role("link").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Դիմումի համարը")).to_be_focused()


def test_a_day_is_typed_or_chosen_and_the_calendar_stands_in_nobodys_way(stage: Stage) -> None:
    editor = PressOfficer(stage, "dilijan")
    editor.sign_in("editor@dilijan.example")
    page = editor.go("/admin/records/reports/new/?kind=annual")
    calendar = page.locator(".xdsoft_datetimepicker:visible")
    day = editor.field("Ամսաթիվ")
    editor.fill_in({"Վերնագիր (հայերեն)": "Տարեկան հաշվետվություն", "Հաշվետու տարին": "2025"})
    expect(day).to_be_focused()
    page.keyboard.type("31.02.2026")
    page.wait_for_timeout(300)  # the calendar of the package opens late
    expect(calendar).to_have_count(0)
    main(page).get_by_role("button", name="Ստեղծել").click()
    expect(main(page).get_by_text("Գրեք ճիշտ ամսաթիվ")).to_be_visible()
    expect(day).to_have_value("31.02.2026")

    day.fill("12.03.2026")
    day.press("ArrowDown")
    expect(calendar).to_be_visible()
    day.press("Escape")
    expect(calendar).to_have_count(0)
    day.click()
    calendar.locator(".xdsoft_next").first.click()
    calendar.locator("td[data-date='21'][data-month='3']").click()
    expect(day).to_have_value("21.04.2026")
    expect(calendar).to_have_count(0)


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has the focus says these words."""
    for _ in range(40):
        page.keyboard.press("Tab")
        said = page.evaluate("document.activeElement.innerText || ''")
        if said.strip().startswith(words):
            return
    pytest.fail(f"«{words}» is not reached by Tab")
