"""The people of the stories. What they do is named as they would say it; what they read is checked by visible text."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.e2e.stage import PHONE, Stage

DEMO_PASSWORD = "hamaynk-demo-2026"
CHOSEN_PASSWORD = "Nuran-tsar-2026-Goris"
LETTER_SECONDS = 30.0
APPLICATION = "Դիմում համայնքի ղեկավարին"
# The editor of texts hands its words to the form a moment after they are typed.
IS_IN_THE_FORM = (
    "text => [...document.querySelectorAll('input[type=hidden]')].some(field => field.value.includes(text))"
)


def main(page: Page) -> Locator:
    """What the page is about."""
    return page.locator("main")


def error_summary(page: Page) -> Locator:
    """The list of what must be corrected, on top of a form."""
    return page.get_by_role("alert").filter(has_text="Շարունակելու համար")


@dataclass
class Mailbox:
    """The letters that the machine would have sent, as the demo mailbox of a community shows them."""

    stage: Stage
    host: str

    def letter(self, about: str, to: str) -> Page:
        """Wait until the worker has sent the letter, and open the newest of that kind."""
        page = self.stage.page()
        deadline = time.monotonic() + LETTER_SECONDS
        while True:
            page.goto(self.stage.address(self.host, "/outbox/"))
            letters = main(page).get_by_role("listitem").filter(has_text=to)
            wanted = letters.get_by_role("link", name=about)
            if wanted.count():
                wanted.first.click()
                return page
            if time.monotonic() > deadline:
                pytest.fail(f"No letter about {about} to {to} within {LETTER_SECONDS:.0f} s")
            page.wait_for_timeout(250)


@dataclass
class Staff:
    """A member of staff at a desk."""

    stage: Stage
    host: str
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self.page = self.stage.page()

    def go(self, path: str) -> Page:
        self.page.goto(self.stage.address(self.host, path))
        return self.page

    def sign_in(self, email: str, password: str = DEMO_PASSWORD) -> None:
        page = self.go("/admin/")
        page.get_by_label("Էլ. փոստի հասցե").fill(email)
        page.get_by_label("Գաղտնաբառ").fill(password)
        page.get_by_role("button", name="Մուտք գործել").click()
        expect(page.get_by_role("navigation").first).to_be_visible()
        expect(page).to_have_url(self.stage.address(self.host, "/admin/"))

    def menu(self, name: str) -> Locator:
        """An entry of the menu at the side."""
        return self.page.get_by_role("complementary").get_by_role("link", name=name, exact=True)


class MinistryAdmin(Staff):
    """Connects communities in the console of the ministry."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, "")

    def choose_community(self, name: str) -> None:
        page = self.page
        self.menu("Համայնքներ").click()
        page.get_by_role("link", name="Միացնել համայնք").first.click()
        page.get_by_role("searchbox", name=re.compile("^Որոնում ըստ անվանման")).fill(name)
        page.get_by_role("searchbox", name=re.compile("^Որոնում ըստ անվանման")).press("Enter")
        page.get_by_role("radio", name=name).check()

    def go_on(self) -> None:
        self.page.get_by_role("button", name="Շարունակել").click()

    def invite(self, surname: str, name: str, email: str) -> None:
        self.page.get_by_label("Ազգանուն").fill(surname)
        self.page.get_by_label("Անուն", exact=True).fill(name)
        self.page.get_by_label("Էլ. փոստի հասցե").fill(email)

    def start(self) -> None:
        self.page.get_by_role("button", name="Միացնել համայնքը").click()

    def suspend(self, slug: str, reason: str) -> None:
        self.go(f"/admin/console/communities/{slug}/")
        main(self.page).get_by_role("link", name="Կասեցնել").first.click()
        self.page.get_by_label("Պատճառ").fill(reason)
        self.page.get_by_role("button", name="Կասեցնել կայքը").click()
        expect(self.page.get_by_text("համայնքը կասեցված է")).to_be_visible()

    def resume(self, slug: str) -> None:
        self.go(f"/admin/console/communities/{slug}/")
        main(self.page).get_by_role("link", name="Վերաբացել").first.click()
        self.page.get_by_role("button", name="Վերաբացել կայքը").click()
        expect(self.page.get_by_text("համայնքը կրկին գործում է")).to_be_visible()

    def progress(self) -> Locator:
        return self.page.get_by_role("progressbar", name="Ընթացք")


class CommunityAdmin(Staff):
    """Runs the website of one community."""

    def accept_invitation(self, letter: Page, surname: str, name: str, post: str, password: str) -> None:
        """Follow the link of the letter in the own browser and choose a password."""
        link = main(letter).get_by_role("link", name="/invitation/")
        self.page.goto(link.get_attribute("href") or "")
        self.page.get_by_label("Ազգանուն").fill(surname)
        self.page.get_by_label("Անուն", exact=True).fill(name)
        self.page.get_by_label("Պաշտոն").fill(post)
        self.page.get_by_label("Նոր գաղտնաբառ").fill(password)
        self.page.get_by_label("Նույն գաղտնաբառը ևս մեկ անգամ").fill(password)

    def invite_colleague(self, surname: str, name: str, email: str) -> None:
        page = self.go("/admin/users/new/")
        page.get_by_label("Էլ. փոստի հասցե").fill(email)
        page.get_by_role("textbox", name="Ազգանուն").fill(surname)
        page.get_by_role("textbox", name=re.compile(r"^Անուն\*?$")).fill(name)
        main(page).get_by_role("button", name="Ստեղծել").click()
        expect(page.get_by_text("նամակն ուղարկվում է")).to_be_visible()

    def begin_news(self, title: str, summary: str) -> None:
        page = self.page
        self.menu("Նորություններ").click()
        page.get_by_role("link", name="Ավելացնել ենթաէջ").click()
        page.get_by_role("textbox", name="Վերնագիր").fill(title)
        page.get_by_role("textbox", name="Ամփոփում").fill(summary)

    def add_picture(self, photo: FilePayload, title: str, description: str) -> None:
        page = self.page
        page.get_by_role("button", name="Ընտրել նկար").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("tab", name="Վերբեռնել").click()
        dialog.locator("input[type=file]").set_input_files(photo)
        dialog.get_by_role("textbox", name="Վերնագիր").fill(title)
        dialog.get_by_role("textbox", name="Ինչ է նկարում").fill(description)
        dialog.get_by_role("button", name="Վերբեռնել").click()
        expect(dialog).to_be_hidden()

    def write(self, text: str) -> None:
        """One paragraph in the text of the page."""
        page = self.page
        page.get_by_role("button", name="Տեղադրել բլոկ").click()
        page.get_by_role("option", name=re.compile("Պարբերություն|Տեքստ")).click()
        page.locator(".public-DraftEditor-content").last.fill(text)
        page.wait_for_function(IS_IN_THE_FORM, arg=text)

    def publish(self) -> None:
        page = self.page
        page.get_by_role("button", name="Այլ գործողություններ").last.click()
        page.get_by_role("button", name="Հրապարակել").click()


class Officer(Staff):
    """Registers and answers applications."""

    def open_case(self, number: str) -> None:
        self.menu("Գործեր").click()
        self.page.get_by_role("link", name=number, exact=True).click()

    def step(self, label: str) -> Locator:
        """The form of one step of the case, opened."""
        step = (
            main(self.page)
            .locator("details")
            .filter(has=self.page.locator("summary", has_text=re.compile(f"^{label}$")))
        )
        if step.get_attribute("open") is None:
            step.locator("summary").click()
        return step

    def take(self, step: Locator, label: str) -> None:
        step.get_by_role("button", name=label, exact=True).click()


class Resident:
    """Has a cheap phone, and no JavaScript on it."""

    def __init__(self, stage: Stage, host: str, *, javascript: bool = False) -> None:
        self.stage, self.host = stage, host
        self.context = stage.visitor(viewport=PHONE, java_script_enabled=javascript, has_touch=True, is_mobile=True)
        self.page = self.context.new_page()

    def go(self, path: str = "/") -> Page:
        self.page.goto(self.stage.address(self.host, path))
        return self.page

    def find_the_service(self) -> None:
        """From the home page to the form, as the links lead."""
        page = self.go("/")
        main(page).get_by_role("link", name=APPLICATION).first.click()
        main(page).get_by_role("link", name="Դիմել առցանց").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Դիմում համայնքի")

    def fill_in(
        self, *, settlement: str, email: str, subject: str, body: str, surname: str = "Բնակչյան", name: str = "Նարե"
    ) -> None:
        page = self.page
        # The first: whoever applies for another is asked for that person's name further down.
        page.get_by_label("Ազգանուն", exact=True).first.fill(surname)
        page.get_by_label("Անուն", exact=True).first.fill(name)
        where = page.get_by_label("Բնակավայր")  # a list where the register knows the settlements, a line elsewhere
        if where.evaluate("field => field.tagName") == "SELECT":
            where.select_option(label=settlement)
        else:
            where.fill(settlement)
        page.get_by_label("Փողոց, տուն, բնակարան").fill("Մաշտոցի 12, բն. 4")
        page.get_by_label("Էլ. հասցե").fill(email)
        page.get_by_label("Դիմումի թեման").fill(subject)
        page.get_by_label("Դիմումի տեքստը").fill(body)

    def attach(self, *papers: FilePayload) -> None:
        self.page.get_by_label("Կցվող փաստաթղթեր").set_input_files(list(papers))

    def go_on(self) -> None:
        self.page.get_by_role("button", name="Շարունակել").click()

    def send(self) -> None:
        self.page.get_by_role("button", name="Ուղարկել դիմումը").click()

    def agree(self) -> None:
        self.page.get_by_role("checkbox", name=re.compile("^Համաձայն եմ")).check()

    def receipt(self) -> tuple[str, str]:
        """Number and tracking code of the confirmation."""
        large = self.page.locator(".receipt__large")
        expect(large).to_have_count(2)
        number, code = large.all_inner_texts()
        return number.strip(), code.strip()

    def look_up(self, number: str, code: str) -> None:
        page = self.go("/case/")
        page.get_by_label("Դիմումի համարը").fill(number)
        page.get_by_label("Հետևելու կոդը").fill(code)
        page.get_by_role("button", name="Ցույց տալ").click()
