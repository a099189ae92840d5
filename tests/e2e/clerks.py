"""The trained clerk who builds procedures in the workplace."""

from __future__ import annotations

from playwright.sync_api import FrameLocator, Locator, expect

from tests.e2e.people import Staff
from tests.e2e.stage import Stage

CHILD = ":scope > [data-streamfield-child]"
STREAM, LIST = "[data-streamfield-stream-container]", "[data-streamfield-list-container]"


class Clerk(Staff):
    """Works below /admin/procedures/."""

    def __init__(self, stage: Stage, host: str) -> None:
        super().__init__(stage, host)

    def begin_procedure(self, name: str, summary: str, family: str, begins: str) -> None:
        """The screen of a new procedure; leads to its form. `family` and `begins` are words of the lists."""
        page = self.go("/admin/procedures/")
        page.get_by_role("link", name="Նոր գործընթաց").click()
        page.get_by_label("Անվանումը հայերեն").fill(name)
        page.get_by_label("Համառոտ՝ հայերեն").fill(summary)
        page.get_by_label("Խումբ").select_option(label=family)
        page.get_by_label("Սկսել").select_option(label=begins)
        page.get_by_role("button", name="Ստեղծել առաջին նախագիծը").click()
        expect(self.builder).to_have_attribute("data-rounds", "1")

    @property
    def builder(self) -> Locator:
        return self.page.locator("[data-proc-builder]")

    @property
    def resident_page(self) -> FrameLocator:
        """What the resident would see."""
        return self.page.frame_locator("[data-proc-frame]")

    @property
    def open_points(self) -> Locator:
        """What is still wrong, beside the blocks."""
        return self.page.locator("[data-proc-problems] li")

    def part(self, heading: str) -> Locator:
        """A part of the form by its heading: the stream of its questions."""
        title = self.page.locator("[data-panel-heading-text]", has_text=heading)
        found = self.builder.locator("[data-streamfield-child]").filter(has=title)
        return found.first.locator('[data-contentpath="questions"]').first

    def add(self, stream: Locator, kind: str) -> Locator:
        """A new block at the end of a stream; `kind` is chosen by its name."""
        stream.locator("button.c-sf-add-button").last.click()
        self.page.get_by_role("option", name=kind, exact=True).click()
        return stream.locator(STREAM).first.locator(CHILD).last

    def write(self, block: Locator, name: str, words: str) -> None:
        """Fill the control of a block that belongs to the block itself, by the end of its name."""
        block.locator(f'[name$="-value-{name}"]').first.fill(words)

    def condition(self, block: Locator, question: str, answer: str) -> None:
        """«Shown only when» one answer was given."""
        when = block.locator('[data-contentpath="when"]').last
        when.locator("[data-panel-toggle]").first.click()
        when.locator("button.c-sf-add-button").first.click()
        row = when.locator(LIST).first.locator(CHILD).last
        row.get_by_label("Հարց կամ կանոն").select_option(label=question)
        row.get_by_label("Պատասխան").select_option(label=answer)

    def keep(self) -> None:
        self.page.get_by_role("button", name="Պահել ձևաթուղթը").click()
