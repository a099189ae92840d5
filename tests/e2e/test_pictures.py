"""Pictures of the product for the README and the documentation; taken with SCREENSHOTS=1, otherwise skipped."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e import album, papers
from tests.e2e.album import picture
from tests.e2e.people import CommunityAdmin, MinistryAdmin, Officer, Resident, main
from tests.e2e.stage import PHONE, Stage

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.xdist_group("product"),
    pytest.mark.skipif(not album.wanted(), reason="SCREENSHOTS=1 renews the pictures of the documentation"),
]

APPLICATIONS = (
    ("Մանուկյան", "Արամ", "Ագարակ", "Խանջյան փողոցի ջրագծի մասին"),
    ("Հակոբյան", "Լիլիթ", "Մեղրի", "Մանկապարտեզի բակի լուսավորության մասին"),
    ("Ստեփանյան", "Գոռ", "Շվանիձոր", "Դպրոց տանող ճանապարհի ձյան մաքրման մասին"),
    ("Ավետիսյան", "Մարիամ", "Լեհվազ", "Ոռոգման ջրի ժամանակացույցի մասին"),
)


def test_the_website(stage: Stage) -> None:
    for name, viewport, mode in (
        ("home-1280", {"width": 1280, "height": 900}, "light"),
        ("home-360", PHONE, "light"),
        ("home-dark-1280", {"width": 1280, "height": 900}, "dark"),
    ):
        page = stage.page(viewport=viewport, color_scheme=mode)
        page.goto(stage.address("meghri"))
        picture(page, name, whole=True)
    page = stage.page()
    page.goto(stage.address("", "/"))
    picture(page, "communities-1280")


def test_applying_and_answering(stage: Stage) -> None:
    officer = Officer(stage, "meghri")
    officer.sign_in("head@meghri.example")
    for surname, name, settlement, subject in APPLICATIONS:
        resident = Resident(stage, "meghri", javascript=True)
        resident.go("/apply/application-to-head/")
        resident.fill_in(
            settlement=settlement, email="resident@example.am", subject=subject, surname=surname, name=name,
            body=f"Խնդրում եմ քննարկել հարցը՝ {subject}։ Կցում եմ լուսանկար և փաստաթուղթ։",
        )  # fmt: skip
        resident.attach(papers.certificate(), papers.photo_of_the_street())
        if subject == APPLICATIONS[-1][-1]:
            picture(resident.page, "form-360", whole=True)
        resident.go_on()
        resident.agree()
        resident.send()
        number, code = resident.receipt()
        if surname != "Հակոբյան":
            officer.open_case(number)
            officer.take(officer.step("Գրանցել"), "Գրանցել")
            assign = officer.step("Հանձնարարել")
            assign.get_by_label("Պատասխանատու").select_option(label="Հայկ Գործավարյան, Գործավար")
            officer.take(assign, "Հանձնարարել")
    resident.look_up(number, code)
    picture(resident.page, "case-360", whole=True)

    clerk = Officer(stage, "meghri")
    clerk.sign_in("officer@meghri.example")
    picture(clerk.page, "workplace")
    clerk.go("/admin/work/")
    picture(clerk.page, "inbox")
    clerk.open_case(number)
    picture(clerk.page, "case")


def test_the_workplaces(stage: Stage) -> None:
    ministry = MinistryAdmin(stage)
    ministry.sign_in("admin@ministry.example")
    ministry.menu("Համայնքներ").click()
    expect(main(ministry.page).get_by_role("link", name="Մեղրի")).to_be_visible()
    ministry.go("/admin/console/?ordering=-last_activity_at")
    picture(ministry.page, "ministry-list")

    editor = CommunityAdmin(stage, "meghri")
    editor.sign_in("editor@meghri.example")
    editor.menu("Նորություններ").click()
    main(editor.page).get_by_role("link", name="Նռան տոնին մասնակցեց 42 տնտեսություն").first.click()
    expect(editor.page.get_by_role("textbox", name="Վերնագիր")).to_be_visible()
    picture(editor.page, "editor")


def test_the_handbook_of_editors(stage: Stage) -> None:
    """What docs/editors shows: approval, a time, translations, records, a budget, duties."""
    chief = CommunityAdmin(stage, "meghri")
    chief.sign_in("admin@meghri.example")
    news = chief.go("/admin/news/")
    main(news).get_by_role("link", name="Նռան տոնին մասնակցեց 42 տնտեսություն").first.click()
    page = chief.page
    page.get_by_role("button", name="Այլ գործողություններ").last.click()
    picture(page, "handbook-approval-1280")
    page.keyboard.press("Escape")
    page.locator("[data-side-panel-toggle=status]").click()
    page.get_by_role("button", name="Սահմանել ժամկետ").click()
    expect(page.get_by_role("dialog").filter(visible=True)).to_be_visible()
    picture(page, "handbook-schedule-1280")

    for path, name in (
        ("/admin/reports/translations/", "handbook-translations-1280"),
        ("/admin/records/vacancies/", "handbook-records-1280"),
        ("/admin/duties/", "handbook-duties-1280"),
    ):
        chief.go(path)
        picture(page, name)
    chief.go("/admin/records/vacancies/")
    main(page).locator("td.title a, .title-wrapper a").first.click()
    page.get_by_role("button", name="Գործողություններ").first.click()
    picture(page, "handbook-record-1280")
    chief.go("/admin/records/budget/")
    main(page).locator("td.title a, .title-wrapper a").first.click()
    budget = page.url.rstrip("/").rsplit("/", 1)[-1]
    chief.go(f"/admin/records/budget/table/{budget}/")
    page.get_by_role("heading", name="Ընդունել Excel ֆայլից").scroll_into_view_if_needed()
    expect(page.get_by_role("button", name="Տողերը փոխարինել ֆայլով")).to_be_visible()
    picture(page, "handbook-budget-1280", whole=True)
