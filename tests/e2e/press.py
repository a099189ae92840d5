"""Who fills a community's website: a press officer who writes, a chief editor who approves. Only by what they see."""

from __future__ import annotations

import re
from collections.abc import Mapping

from playwright.sync_api import Locator, expect

from tests.e2e.people import IS_IN_THE_FORM, Staff, main

DUTIES = "Պարտականություններ"
VISIT_MS = 60_000  # a visitor's walk through the whole site


class Writer(Staff):
    """Works from the dashboard of duties: one button a duty."""

    def duties(self) -> None:
        self.menu(DUTIES).click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(DUTIES)

    def duty(self, code: str) -> Locator:
        """The row of a duty that is not kept."""
        return self.page.locator(f"#duty-{code}")

    def press(self, code: str, button: str) -> None:
        """Open the dashboard and press the button of a duty."""
        self.duties()
        self.duty(code).get_by_role("link", name=button).click()

    def buttons(self) -> dict[tuple[str, str], str]:
        """What the buttons of the dashboard lead to, by the code of the duty and their words: for whoever opens them
        one after the other, each in a tab."""
        self.duties()
        links = (
            main(self.page)
            .locator("[id^='duty-'] a")
            .evaluate_all(
                "links => links.map(link => "
                "[link.closest('[id^=duty-]').id.slice(5), link.firstChild.textContent.trim(), link.href])"
            )
        )
        return {(code, words): address for code, words, address in links}

    def score(self) -> Locator:
        """«2 / 26»."""
        return self.page.locator(".duty-score b")

    def check(self) -> None:
        """«Check now» on the dashboard."""
        self.duties()
        self.save("Ստուգել հիմա", "Ստուգված է.")

    def check_as_visitors_see_it(self) -> None:
        """What a visitor finds is shown by the same page, without a click."""
        self.check()
        expect(self.page.get_by_text("Այցելուն շրջում է կայքում")).to_have_count(0, timeout=VISIT_MS)

    def field(self, label: str) -> Locator:
        """The field with this label; labels of the workplace end with a star where something has to be written."""
        words = re.compile(rf"^\s*{re.escape(label)}\s*\*?\s*$")
        named = main(self.page).locator("label[for]").filter(has_text=words).first
        return self.page.locator(f"[id='{named.get_attribute('for')}']")

    def fill_in(self, values: Mapping[str, str]) -> None:
        """Fields by their labels, lists by the words of the choice; from field to field by the Tab key."""
        for label, value in values.items():
            field = self.field(label)
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)
                field.press("Tab")

    def write(self, text: str) -> None:
        """One paragraph, before what the page begins with."""
        page = self.page
        page.get_by_role("button", name="Տեղադրել բլոկ").first.click()
        page.get_by_role("option", name="Տեքստ", exact=True).click()
        editor = page.locator(".public-DraftEditor-content").first  # the new block stands before all others
        expect(editor).to_have_text("")
        editor.click()
        page.keyboard.insert_text(text)
        expect(editor).to_have_text(text)
        page.wait_for_function(IS_IN_THE_FORM, arg=text)

    def take(self, action: str) -> None:
        """An entry of the menu beside «save the draft»."""
        page = self.page
        page.get_by_role("button", name="Այլ գործողություններ").last.click()
        page.get_by_role("button", name=re.compile(f"^{action}")).click()

    def save(self, button: str, said: str) -> None:
        main(self.page).get_by_role("button", name=button, exact=True).click()
        expect(self.page.get_by_text(said).first).to_be_visible()


class PressOfficer(Writer):
    """Writes; what visitors see is decided by the chief editor."""

    def begin(self, address: str, asked: Mapping[str, str], text: str) -> None:
        """Write the text of a page, whose form is behind a button, and fill in what the form asks for."""
        self.page.goto(address)
        self.fill_in(asked)
        self.write(text)

    def who_receives(self, button: str, values: Mapping[str, str]) -> None:
        """On the contact page: somebody who receives residents."""
        self.press("reception", button)
        people = self.page.get_by_role("region", name="Ով է ընդունում քաղաքացիներին")
        people.get_by_role("button", name="Տեղադրել բլոկ").first.click()
        self.fill_in(values)

    def hand_in(self) -> None:
        """For approval."""
        self.take("Ուղարկել")
        expect(self.page.get_by_text("ուղարկված է հաստատման").first).to_be_visible()

    def begin_record(self, code: str, values: Mapping[str, str]) -> None:
        """A new record of a register; what its form begins with depends on what is there already."""
        self.press(code, "Ավելացնել գրառում")
        self.fill_in(values)

    def keep_draft(self) -> None:
        """A record stays a draft until somebody with the right shows it to visitors."""
        self.save("Ստեղծել", "Ստեղծված է")

    def execution(self, rows: tuple[Mapping[str, str], ...]) -> None:
        """The table of the budget: the words of the lists, names and amounts."""
        for number, cells in enumerate(rows, start=1):
            row = self.page.get_by_role("row").filter(has=self.page.get_by_role("rowheader", name=str(number)))
            for column, value in cells.items():
                cell = row.get_by_label(f"{column}, {number}", exact=True)
                if cell.evaluate("field => field.tagName") == "SELECT":
                    cell.select_option(label=value)
                else:
                    cell.fill(value)


class ChiefEditor(Writer):
    """Approves pages, shows records to visitors, sets the contacts of the site."""

    def contacts(self, values: Mapping[str, str]) -> None:
        """Phone, address and hours, from the button of the duty."""
        self.press("reception", "Լրացնել կոնտակտները")
        self.page.get_by_role("button", name="Ավելացնել՝ Օրեր և ժամեր").click()
        self.fill_in(values)

    def waiting(self) -> Locator:
        """What waits for approval on the first screen: the links to it."""
        heading = self.page.get_by_role("heading", name="Սպասում է Ձեր հաստատմանը")
        panel = self.page.locator("section, div.w-panel").filter(has=heading)
        return panel.first.locator("tbody tr td:first-child a[href*='/pages/'][href$='/edit/']")

    def approve_everything(self) -> int:
        """All that waits, one after the other; how many there were."""
        page = self.page
        addresses = self.waiting().evaluate_all("links => [...new Set(links.map(link => link.href))]")
        for address in addresses:
            page.goto(address)
            self.take("Հաստատել և հրապարակել")
            expect(page.get_by_text("էջը պահպանված է").first).to_be_visible()
        return len(addresses)

    def drafts(self, code: str) -> list[str]:
        """From the button of a duty to the list of drafts: the addresses of their forms."""
        self.press(code, "Դիտել սևագրերը և հրապարակել")
        drafts = main(self.page).locator("td.title a, .title-wrapper a")
        expect(drafts.first).to_be_visible()
        return list(drafts.evaluate_all("links => [...new Set(links.map(link => link.href))]"))

    def show(self, address: str) -> None:
        """Open a draft and show it to visitors."""
        page = self.page
        page.goto(address)
        page.get_by_role("tab", name="Հրապարակում").click()
        self.field("Ցույց է տրվում այցելուներին").check()
        self.save("Պահպանել", "Պահպանված է")
