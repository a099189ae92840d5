"""The whole story: the ministry connects Goris, Goris opens its website, a resident applies and gets the answer."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import papers
from tests.e2e.album import picture
from tests.e2e.languages import armenian_words
from tests.e2e.people import (
    CHOSEN_PASSWORD,
    CommunityAdmin,
    Mailbox,
    MinistryAdmin,
    Officer,
    Resident,
    error_summary,
    main,
)
from tests.e2e.stage import Stage

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("product")]

ADMIN_EMAIL = "anahit@goris.example"
RESIDENT_EMAIL = "nare@example.am"
NEWS = "Գորիսի կենտրոնական հրապարակը բացվում է շաբաթ օրը"
SUBJECT = "Մաշտոցի փողոցի լուսավորության մասին"
BODY = "Մաշտոցի փողոցում երեք լուսատու չի վառվում արդեն մեկ ամիս։ Խնդրում եմ վերականգնել լուսավորությունը։"
ANSWER = "Երեք լուսատուն էլ վերանորոգվել են։ Շնորհակալություն տեղեկացնելու համար։"


def test_from_the_wizard_to_the_answer(stage: Stage) -> None:
    tell_the_story(stage, "goris", "Գորիս")


def tell_the_story(stage: Stage, host: str, name: str) -> None:
    the_ministry_connects(stage, host, name)
    the_site_answers_in_three_languages(stage, host, name)
    administrator = the_administrator_moves_in(stage, host)
    the_administrator_publishes_news(stage, host, administrator)
    number, code = the_resident_applies(stage, host, name)
    the_officer_answers(stage, host, administrator, number)
    the_resident_reads_the_answer(stage, host, number, code)


def the_ministry_connects(stage: Stage, host: str, name: str) -> None:
    ministry = MinistryAdmin(stage)
    page = ministry.page
    ministry.sign_in("admin@ministry.example")
    picture(page, "story-01-ministry-signed-in")
    ministry.choose_community(name)
    picture(page, "story-02-wizard-community")
    ministry.go_on()
    expect(page.get_by_label("Կայքի հասցեն")).to_have_value(f"{host}.localhost")
    picture(page, "story-03-wizard-host")
    ministry.go_on()
    ministry.invite("Գրիգորյան", "Անահիտ", f"anahit@{host}.example")
    picture(page, "story-04-wizard-administrator")
    ministry.go_on()
    expect(main(page).get_by_text(f"anahit@{host}.example")).to_be_visible()
    expect(main(page).get_by_text(stage.address(host, "").removesuffix("/"))).to_be_visible()
    picture(page, "story-05-wizard-check")
    ministry.start()
    expect(ministry.progress()).to_be_visible()
    picture(page, "story-06-wizard-progress")
    expect(main(page).get_by_text("Պատրաստ է. կայքը բաց է։")).to_be_visible(timeout=60_000)
    assert ministry.progress().get_attribute("value") == ministry.progress().get_attribute("max")
    picture(page, "story-07-wizard-done")


def the_site_answers_in_three_languages(stage: Stage, host: str, name: str) -> None:
    page = stage.page()
    page.goto(stage.address(host))
    expect(page.get_by_role("banner").get_by_role("link", name=f"{name} համայնք")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "hy")
    picture(page, "story-08-home-hy", whole=True)
    for language, question in (("en", "How can we help?"), ("ru", "Чем мы можем помочь?")):
        page.goto(stage.address(host, f"/{language}/"))
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.get_by_role("heading", level=1)).to_have_text(question)
        assert armenian_words(page) == []
        picture(page, f"story-09-home-{language}", whole=True)


def the_administrator_moves_in(stage: Stage, host: str) -> CommunityAdmin:
    letter = Mailbox(stage, host).letter("Հրավեր", to=f"anahit@{host}.example")
    picture(letter, "story-10-invitation-letter")
    administrator = CommunityAdmin(stage, host)
    page = administrator.page
    administrator.accept_invitation(letter, "Գրիգորյան", "Անահիտ", "Կայքի կառավարիչ", CHOSEN_PASSWORD)
    picture(page, "story-11-invitation", whole=True)
    page.get_by_role("button", name="Պահպանել և մուտք գործել").click()
    expect(page).to_have_url(stage.address(host, "/admin/"))
    expect(page.get_by_text("Բարի գալուստ")).to_be_visible()
    picture(page, "story-12-workplace")
    expect(administrator.menu("Նորություններ")).to_be_visible()
    expect(administrator.menu("Համայնքներ")).to_have_count(0)
    console = page.goto(stage.address(host, "/admin/console/"))
    assert console is not None and console.status == 404
    administrator.go("/admin/")
    return administrator


def the_administrator_publishes_news(stage: Stage, host: str, administrator: CommunityAdmin) -> None:
    page = administrator.page
    administrator.begin_news(NEWS, "Նոր սալահատակը, նստարանները և լուսավորությունը պատրաստ են։")
    administrator.add_picture(papers.press_photo(), "Կենտրոնական հրապարակ", "Հրապարակը երեկոյան՝ տներով և լեռներով")
    administrator.write("Հրապարակը կբացվի շաբաթ օրը՝ ժամը 12-ին։ Երթևեկությունը կլինի Նարեկացու փողոցով։")
    picture(page, "story-13-news-editor")
    administrator.publish()
    expect(page.get_by_text("հրապարակված է").first).to_be_visible()

    visitor = stage.page()
    for address, shown in (("/", "story-14-news-on-home"), ("/news/", "story-15-news-list")):
        visitor.goto(stage.address(host, address))
        expect(main(visitor).get_by_role("link", name=NEWS)).to_be_visible()
        picture(visitor, shown, whole=True)
    main(visitor).get_by_role("link", name=NEWS).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(NEWS)
    photo = main(visitor).get_by_role("img", name="Հրապարակը երեկոյան՝ տներով և լեռներով")
    expect(photo).to_be_visible()
    assert photo.evaluate("image => image.complete && image.naturalWidth > 0")
    picture(visitor, "story-16-news", whole=True)


def the_resident_applies(stage: Stage, host: str, name: str) -> tuple[str, str]:
    resident = Resident(stage, host)
    page = resident.page
    resident.find_the_service()
    resident.fill_in(settlement=name, email=RESIDENT_EMAIL, subject=SUBJECT, body=BODY)
    resident.attach(papers.disguised_program())
    resident.go_on()
    expect(error_summary(page)).to_contain_text("խաղ.pdf")
    expect(page.get_by_label("Դիմումի տեքստը")).to_have_value(BODY)
    expect(page.get_by_label("Ազգանուն", exact=True).first).to_have_value("Բնակչյան")
    picture(page, "story-17-form-with-error", whole=True)

    resident.attach(papers.certificate(), papers.photo_of_the_street())
    resident.go_on()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ստուգեք դիմումը")
    for given in (SUBJECT, BODY, "տեղեկանք.pdf", "փողոց.jpg", "Բնակչյան"):
        expect(main(page).get_by_text(given).first).to_be_visible()
    picture(page, "story-18-review", whole=True)
    resident.send()
    expect(error_summary(page)).to_contain_text("համաձայն եք")
    resident.agree()
    resident.send()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ձեր դիմումն ստացվել է")
    picture(page, "story-19-confirmation", whole=True)
    number, code = resident.receipt()
    assert re.fullmatch(r"Դ-20\d\d/\d+", number)

    letter = Mailbox(stage, host).letter(f"Ձեր {number} դիմումը ստացվել է", to=RESIDENT_EMAIL)
    expect(main(letter)).to_contain_text(code)
    picture(letter, "story-20-letter-of-receipt")
    return number, code


def the_officer_answers(stage: Stage, host: str, administrator: CommunityAdmin, number: str) -> None:
    officer = Officer(stage, host)
    officer.page = page = administrator.page
    officer.go("/admin/work/")
    waiting = main(page).get_by_role("row").filter(has=page.get_by_role("link", name=number, exact=True))
    expect(waiting).to_contain_text(SUBJECT)
    picture(page, "story-21-inbox")
    officer.open_case(number)
    for given in (BODY, "տեղեկանք.pdf", "փողոց.jpg", RESIDENT_EMAIL):
        expect(main(page).get_by_text(given).first).to_be_visible()
    picture(page, "story-22-case")
    officer.take(officer.step("Գրանցել"), "Գրանցել")
    expect(main(page).get_by_text("Գրանցվել է").first).to_be_visible()
    assign = officer.step("Հանձնարարել")
    assign.get_by_label("Պատասխանատու").select_option(label="Անահիտ Գրիգորյան, Կայքի կառավարիչ")
    officer.take(assign, "Հանձնարարել")
    answer = officer.step("Պատասխանել")
    answer.get_by_label("Պատասխան դիմողին").fill(ANSWER)
    picture(page, "story-23-answering")
    officer.take(answer, "Պատասխանել")
    expect(main(page).get_by_text(ANSWER)).to_be_visible()
    picture(page, "story-24-answered")


def the_resident_reads_the_answer(stage: Stage, host: str, number: str, code: str) -> None:
    Mailbox(stage, host).letter(f"Ձեր {number} դիմումի պատասխանը պատրաստ է", to=RESIDENT_EMAIL)
    resident = Resident(stage, host)
    page = resident.page
    resident.look_up(number, code)
    expect(page.get_by_role("heading", level=1)).to_have_text(SUBJECT)
    expect(page.get_by_role("region", name="Պատասխանը", exact=True)).to_contain_text(ANSWER)
    picture(page, "story-25-answer-read", whole=True)
