"""A clerk who takes a procedure from its steps to its publication. Only by what they see."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import Locator, expect

from tests.e2e.clerks import Clerk
from tests.e2e.people import main


class Publisher(Clerk):
    """Works through the tabs of a draft."""

    def tab(self, name: str) -> None:
        tabs = self.page.get_by_role("navigation", name="Նախագծի մասերը")
        tabs.get_by_role("link", name=name).click()
        expect(tabs.locator("[aria-current=page]")).to_contain_text(name)

    def press(self, name: str) -> None:
        main(self.page).get_by_role("button", name=name, exact=True).last.click()

    def told(self, words: str) -> None:
        """What the screen says after a deed."""
        expect(self.page.get_by_text(words).first).to_be_visible()

    def open_row(self, key: str) -> Locator:
        """The row of a state («s code»), a step («t code») or a term («c code»), unfolded."""
        row = self.page.locator(f"details.proc-row[data-key='{key}']")
        if row.get_attribute("open") is None:
            row.locator("summary").click()
        return row

    def add_row(self, button: str, key: str) -> Locator:
        """A new row at the end."""
        self.press(button)
        row = self.page.locator(f"details.proc-row[data-key='{key}'][open]")
        expect(row).to_be_visible()
        return row

    def first_day(self, day: date) -> None:
        """From when on new cases follow the draft."""
        self.tab("Ժամկետներ")
        self.page.get_by_label("Գործում է").fill(day.isoformat())
        self.press("Պահպանել ժամկետները")
        self.told("Ժամկետները պահպանված են։")

    def publish(self) -> None:
        self.tab("Ստուգում և հրապարակում")
        self.press("Հրապարակել")
        self.told("Հրապարակված է։")


def only(row: Locator, group: str, *wanted: str) -> None:
    """Of the boxes of a group exactly these are ticked."""
    boxes = row.get_by_role("group", name=group, exact=True)
    expect(boxes).to_have_count(1)
    found = boxes.get_by_role("checkbox").all()
    names = {box.evaluate("box => box.parentElement.textContent.trim()"): box for box in found}
    assert set(wanted) <= set(names), names
    for name, box in names.items():
        box.set_checked(name in wanted)
