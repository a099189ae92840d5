"""The story of a procedure: a clerk builds it, a resident applies by phone, two approve, a substitute decides."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.e2e import papers
from tests.e2e.album import picture
from tests.e2e.people import Officer, Resident, error_summary, main
from tests.e2e.publishers import Publisher, only
from tests.e2e.stage import Stage

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("product")]

HOST = "meghri"
HEAD_POSITION = "Համայնքի ղեկավար, Համայնքի ղեկավար"
NAME, CODE = "Տոնավաճառի տեղ", "tonavachari-tegh"
SUMMARY = "Տեղ համայնքի տոնավաճառում՝ արհեստավորների և գյուղացիների համար։"
RESIDENT = "gohar@example.am"
SOCKETS, GOODS, PAPERS = "Քանի՞ վարդակ է պետք", "Ի՞նչ եք վաճառելու", "Ապրանքի փաստաթղթերը"
ELECTRICITY = "Պե՞տք է հոսանք"
ASKED = "Խնդրում ենք ուղարկել ապրանքի ծագման տեղեկանքը։"
DECIDED = "Ձեզ տրամադրվում է 7-րդ սեղանը։ Տոնավաճառը սկսվում է ժամը 10-ին։"


def today() -> date:
    return datetime.now(ZoneInfo("Asia/Yerevan")).date()


def yesterday() -> date:
    return today() - timedelta(days=1)


def test_from_the_first_draft_to_the_decision_of_a_substitute(stage: Stage) -> None:
    clerk = Publisher(stage, HOST)
    clerk.sign_in(f"admin@{HOST}.example")
    the_clerk_builds_the_form(clerk)
    the_clerk_builds_the_steps(clerk)
    the_clerk_tries_keeps_and_publishes(clerk)
    the_head_goes_on_leave(clerk)
    number, code = the_resident_applies(stage)
    the_officers_ask_for_a_document(stage, number)
    the_resident_answers(stage, number, code)
    two_approve_at_once(stage, number)
    the_substitute_decides(stage, number)
    the_resident_reads_the_decision(stage, number, code)
    the_head_sees_the_figures(stage)
    the_head_is_back(clerk)


def the_clerk_builds_the_form(clerk: Publisher) -> None:
    """A condition, a repeating group and files, beside the page that the resident will see."""
    page = clerk.page
    clerk.begin_procedure(NAME, SUMMARY, "թույլտվություն", "ղեկավարի որոշում")
    part = clerk.part("Դիմողը")
    clerk.write(clerk.add(part, "այո կամ ոչ"), "label_hy", ELECTRICITY)
    expect(clerk.resident_page.get_by_text(ELECTRICITY)).to_be_visible()
    sockets = clerk.add(part, "թիվ")
    clerk.write(sockets, "label_hy", SOCKETS)
    goods = clerk.add(part, "կրկնվող խումբ")
    clerk.write(goods, "label_hy", GOODS)
    clerk.write(goods, "item_hy", "Ապրանք")
    clerk.write(clerk.add(goods.locator('[data-contentpath="items"]'), "տեքստ"), "label_hy", "Անվանումը")
    clerk.write(clerk.add(part, "ֆայլեր"), "label_hy", PAPERS)
    clerk.condition(sockets, ELECTRICITY, "այո")
    expect(clerk.open_points).to_have_count(0)
    picture(page, "procedures/form-1280")
    clerk.keep()
    clerk.told("Ձևաթուղթը պահված է։")


def the_clerk_builds_the_steps(clerk: Publisher) -> None:
    page = clerk.page
    clerk.tab("Քայլեր")
    state = clerk.add_row("Ավելացնել վիճակ", "s new-1")
    state.get_by_label("Անուն, հայերեն").fill("Համաձայնեցման է")
    state.get_by_label("Ինչ է կարդում դիմողը, հայերեն").fill(
        "Երկու աշխատակից ստուգում են դիմումը։ Ձեզնից ոչինչ պետք չէ։"
    )
    grant = clerk.open_row("t grant")
    only(grant, "Որտեղից", "Համաձայնեցման է")
    only(grant, "Ով է կատարում քայլը", "համայնքի ղեկավար")
    step = clerk.add_row("Ավելացնել քայլ", "t new-1")
    step.get_by_label("Քայլի անունը, հայերեն").fill("Ուղարկել համաձայնեցման")
    step.get_by_label("Տող դիմողի էջում, հայերեն").fill("Դիմումն ուղարկվել է համաձայնեցման։")
    only(step, "Որտեղից", "Քննվում է")
    step.get_by_label("Ուր", exact=True).select_option(label="Համաձայնեցման է")
    only(step, "Ով է կատարում քայլը", "կատարող")
    step.get_by_label("Ավելացնել՝ էլ ինչ է կատարվում").select_option(label="Երկու համաձայնեցում միաժամանակ")
    step.get_by_role("button", name="Ավելացնել", exact=True).click()
    only(step, "Ում", "կատարող", "Նոր դիմումներ")
    step.get_by_label("Ինչ է պետք անել, հայերեն").fill("Ստուգեք՝ արդյոք տեղը ազատ է, և ապրանքը՝ թույլատրված։")
    expect(clerk.open_row("t grant").get_by_label("ավարտված հանձնարարականներ")).to_be_checked()
    picture(page, "procedures/steps-1280", whole=True)
    clerk.press("Պահպանել քայլերը")
    clerk.told("Քայլերը պահպանված են։")
    clerk.first_day(today())
    picture(page, "procedures/terms-1280")


def the_clerk_tries_keeps_and_publishes(clerk: Publisher) -> None:
    page = clerk.page
    clerk.tab("Փորձարկում")
    page.get_by_label(ELECTRICITY).select_option(label="ոչ")
    clerk.press("Ցույց տալ, թե ինչ է լինելու")
    expect(main(page)).to_contain_text("Այս անձին չի հարցվում")
    page.get_by_label("Օրինակի անունը, հայերեն").fill("Առանց հոսանքի")
    picture(page, "procedures/try-1280", whole=True)
    clerk.press("Պահել օրինակը")
    expect(main(page).get_by_role("row").filter(has_text="Առանց հոսանքի")).to_contain_text("✓")
    picture(page, "procedures/examples-1280")
    clerk.publish()


def the_head_goes_on_leave(clerk: Publisher) -> None:
    """Who keeps the structure names who stands in for the head."""
    page = clerk.go("/admin/organisation/substitutions/new/")
    page.locator("#id_position").select_option(label=HEAD_POSITION)
    page.locator("#id_absent").select_option(label="Արմեն Օրինակյան")
    page.locator("#id_user").select_option(label="Վահե Գյուղապետյան")
    # Since yesterday, so that the leave can end before today.
    page.locator("#id_valid_from").fill(f"{yesterday():%d.%m.%Y}")
    page.locator("#id_valid_to").fill(f"{today() + timedelta(days=14):%d.%m.%Y}")
    page.locator("#id_order_number").fill("31-Ա")
    picture(page, "procedures/substitute-1280")
    main(page).locator("button[type=submit]").first.click()
    expect(main(page).get_by_role("row").filter(has_text="31-Ա")).to_be_visible()


def the_resident_applies(stage: Stage) -> tuple[str, str]:
    """By a cheap phone without script: a question opens when it is needed, a forbidden file costs nothing."""
    resident = Resident(stage, HOST)
    page = resident.go(f"/apply/{CODE}/")
    page.get_by_role("group", name=re.compile(f"^{re.escape(ELECTRICITY)}")).get_by_label("Այո").check()
    page.get_by_label("Անվանումը").fill("Կավե սափորներ")
    page.get_by_role("button", name="Ավելացնել").click()
    page.get_by_label("Անվանումը").nth(1).fill("Չրեր")
    page.get_by_label("Ազգանուն", exact=True).fill("Սարգսյան")
    page.get_by_label("Անուն", exact=True).fill("Գոհար")
    where = page.get_by_label("Բնակավայր")
    if where.evaluate("field => field.tagName") == "SELECT":
        where.select_option(label="Մեղրի")
    else:
        where.fill("Մեղրի")
    page.get_by_label("Փողոց").fill("Զորավար Անդրանիկի")
    page.get_by_label("Տուն").first.fill("12")
    page.get_by_label("Հեռախոս").fill("091 234567")
    page.get_by_label("Էլ. հասցե").fill(RESIDENT)
    page.get_by_label(PAPERS).set_input_files([papers.disguised_program()])
    resident.go_on()
    expect(error_summary(page)).to_contain_text("խաղ.pdf")
    expect(page.get_by_label("Անվանումը").nth(1)).to_have_value("Չրեր")
    picture(page, "procedures/refused-360", whole=True)
    page.get_by_label(SOCKETS).fill("2")
    page.get_by_label(PAPERS).set_input_files([papers.certificate()])
    resident.go_on()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ստուգեք դիմումը")
    for given in ("Կավե սափորներ", "Չրեր", "տեղեկանք.pdf"):
        expect(main(page).get_by_text(given).first).to_be_visible()
    picture(page, "procedures/review-360", whole=True)
    resident.agree()
    resident.send()
    return resident.receipt()


def officer(stage: Stage, name: str, number: str) -> Officer:
    """Somebody of the staff at the page of the case."""
    found = Officer(stage, HOST)
    found.sign_in(f"{name}@{HOST}.example")
    found.go("/admin/work/?q=" + number)
    main(found.page).get_by_role("link", name=number, exact=True).first.click()
    return found


def the_officers_ask_for_a_document(stage: Stage, number: str) -> None:
    registry = officer(stage, "officer", number)
    registry.take(registry.step("Գրանցել"), "Գրանցել")
    assign = registry.step("Հանձնարարել")
    assign.get_by_label("Պատասխանատու").select_option(label="Մարիամ Բաժնյան, Գլխավոր մասնագետ")
    registry.take(assign, "Հանձնարարել")
    specialist = officer(stage, "specialist", number)
    ask = specialist.step("Խնդրել լրացում")
    ask.get_by_label("Ինչ պետք է ներկայացնի կամ պարզաբանի դիմողը").fill(ASKED)
    specialist.take(ask, "Խնդրել լրացում")
    expect(main(specialist.page).get_by_text(ASKED).first).to_be_visible()


def the_resident_answers(stage: Stage, number: str, code: str) -> None:
    resident = Resident(stage, HOST)
    page = resident.page
    resident.look_up(number, code)
    expect(main(page).get_by_text(ASKED).first).to_be_visible()
    picture(page, "procedures/asked-360", whole=True)
    main(page).get_by_role("link", name="Պատասխանել").first.click()
    page.locator("textarea").first.fill("Կցում եմ տեղեկանքը։")
    page.locator("input[type=file]").first.set_input_files([papers.certificate()])
    main(page).locator("button[type=submit].button").last.click()
    expect(page.get_by_role("status")).to_be_visible()


def two_approve_at_once(stage: Stage, number: str) -> None:
    specialist = officer(stage, "specialist", number)
    expect(main(specialist.page).get_by_text("Կցում եմ տեղեկանքը։").first).to_be_visible()
    specialist.take(specialist.step("Ուղարկել համաձայնեցման"), "Ուղարկել համաձայնեցման")
    registry = officer(stage, "officer", number)
    for each in (specialist, registry):
        main(each.page).locator(".work-task.is-theirs").get_by_role("button", name="Համաձայնեցնել").click()
        expect(main(each.page).locator(".work-task.is-theirs")).to_have_count(0)
    picture(registry.page, "procedures/approved-1280", whole=True)


def the_substitute_decides(stage: Stage, number: str) -> None:
    substitute = officer(stage, "office", number)
    decide = substitute.step("Բավարարել")
    decide.get_by_label("Պատասխան դիմողին").fill(DECIDED)
    substitute.take(decide, "Բավարարել")
    expect(main(substitute.page).get_by_text("Վարչական ղեկավար՝ Արմեն Օրինակյանի փոխարեն").first).to_be_visible()
    picture(substitute.page, "procedures/decided-1280", whole=True)


def the_resident_reads_the_decision(stage: Stage, number: str, code: str) -> None:
    resident = Resident(stage, HOST)
    resident.look_up(number, code)
    expect(main(resident.page).get_by_text(DECIDED).first).to_be_visible()
    picture(resident.page, "procedures/decision-360", whole=True)


def the_head_sees_the_figures(stage: Stage) -> None:
    head = Officer(stage, HOST)
    head.sign_in(f"head@{HOST}.example")
    head.menu("Ցուցանիշներ").click()
    expect(main(head.page).get_by_text(NAME).first).to_be_visible()
    picture(head.page, "procedures/figures-1280", whole=True)


def the_head_is_back(clerk: Publisher) -> None:
    """The leave ends before its day; the other stories of this product have their head again."""
    page = clerk.go("/admin/organisation/substitutions/")
    row = main(page).get_by_role("row").filter(has_text="31-Ա")
    row.get_by_role("link").first.click()
    page.locator("#id_valid_to").fill(f"{yesterday():%d.%m.%Y}")
    main(page).locator("button[type=submit]").first.click()
    expect(main(page).get_by_role("row").filter(has_text="31-Ա")).to_contain_text("անցած")
