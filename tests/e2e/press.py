"""Who fills a community's website: a press officer who writes, a chief editor who approves. Only by what they see."""

from __future__ import annotations

import re
from collections.abc import Mapping

from playwright.sync_api import Locator, expect

from tests.e2e.people import Staff, main

# The editor of texts hands its words to the form a moment after they are typed.
IS_IN_THE_FORM = (
    "text => [...document.querySelectorAll('input[type=hidden]')].some(field => field.value.includes(text))"
)
DUTIES = "Պարտականություններ"


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

    def score(self) -> str:
        """«2 / 26»."""
        return self.page.locator(".duty-score b").inner_text().strip()

    def check(self) -> None:
        """«Check now» on the dashboard."""
        self.duties()
        self.save("Ստուգել հիմա", "Ստուգվել է")

    def failing(self) -> list[str]:
        """Codes of the duties that are not kept, as the dashboard lists them, with what was found."""
        return [text.strip() for text in self.page.locator(".duty--fail .duty-words").all_inner_texts()]

    def field(self, label: str) -> Locator:
        """The field with this label; labels of the workplace end with a star where something has to be written."""
        words = re.compile(rf"^\s*{re.escape(label)}\s*\*?\s*$")
        named = main(self.page).locator("label[for]").filter(has_text=words).first
        return self.page.locator(f"[id='{named.get_attribute('for')}']")

    def fill_in(self, values: Mapping[str, str]) -> None:
        """Fields by their labels, lists by the words of the choice."""
        for label, value in values.items():
            field = self.field(label)
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)
                field.press("Tab")  # the calendar of a day closes

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

    def hand_in(self, code: str, button: str, text: str, asked: Mapping[str, str]) -> None:
        """Write the text of a page, fill in what the form asks for, and hand it in for approval."""
        self.press(code, button)
        self.fill_in(asked)
        self.write(text)
        self.take("Ուղարկել")
        expect(self.page.get_by_text("ուղարկված է հաստատման").first).to_be_visible()

    def draft(self, code: str, values: Mapping[str, str]) -> None:
        """A new record of a register; it stays a draft."""
        self.press(code, "Ավելացնել գրառում")
        self.fill_in(values)
        self.save("Ստեղծել", "Ստեղծված է")


class ChiefEditor(Writer):
    """Approves pages, shows records to visitors."""

    def approve_everything(self) -> int:
        """All that waits on the first screen, one after the other; how many there were."""
        page, number = self.page, 0
        while True:
            self.go("/admin/")
            waiting = page.locator("section, div.w-panel").filter(
                has=page.get_by_role("heading", name="Սպասում է Ձեր հաստատմանը")
            )
            if not waiting.count():
                return number
            waiting.first.get_by_role("row").get_by_role("link").first.click()
            self.take("Հաստատել և հրապարակել")
            expect(page.get_by_text("էջը պահպանված է").first).to_be_visible()
            number += 1

    def show_drafts(self, code: str) -> None:
        """From the button of a duty to the list of drafts, and each of them is shown to visitors."""
        page = self.page
        self.press(code, "Դիտել սևագրերը և հրապարակել")
        drafts = main(page).locator("td.title a, .title-wrapper a")
        expect(drafts.first).to_be_visible()
        for address in drafts.evaluate_all("links => [...new Set(links.map(link => link.href))]"):
            page.goto(address)
            page.get_by_role("tab", name="Հրապարակում").click()
            self.field("Ցույց է տրվում այցելուներին").check()
            self.save("Պահպանել", "Պահպանված է")
