"""A clerk builds a form: a question that opens others, a repeating group; the page beside it is the resident's."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.a11y.findings import axe_findings, overhang
from tests.e2e.album import picture
from tests.e2e.clerks import Clerk
from tests.e2e.stage import Stage

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("product")]

NAME, ASKED, ROWS = "Ծառահատման թույլտվություն", "Ծառը պատմական վայրո՞ւմ է", "Հատվող ծառեր"


def test_a_clerk_builds_a_form_and_sees_it_as_the_resident_does(stage: Stage) -> None:
    clerk = Clerk(stage, "meghri")
    clerk.sign_in("admin@meghri.example")
    clerk.begin_procedure(NAME, "Թույլտվություն ծառ հատելու համար։", "թույլտվություն", "թույլտվություն")
    shown = clerk.resident_page
    expect(shown.get_by_role("heading", level=1)).to_have_text(NAME)
    assert overhang(clerk.page) <= 0
    part = clerk.part("Դիմողը")

    asked = clerk.add(part, "այո կամ ոչ")
    clerk.write(asked, "label_hy", ASKED)
    expect(shown.get_by_text(ASKED)).to_be_visible()

    rows = clerk.add(part, "կրկնվող խումբ")
    clerk.write(rows, "label_hy", ROWS)
    expect(clerk.open_points.first).to_contain_text(ROWS)
    clerk.write(rows, "item_hy", "Ծառ")
    kind = clerk.add(rows.locator('[data-contentpath="items"]'), "տեքստ")
    clerk.write(kind, "label_hy", "Տեսակը")
    clerk.condition(rows, ASKED, "այո")
    expect(clerk.open_points).to_have_count(0)
    rows.scroll_into_view_if_needed()
    picture(clerk.page, "handbook-builder-1280")
    assert axe_findings(clerk.page) == []
    clerk.page.emulate_media(color_scheme="dark")
    assert axe_findings(clerk.page, "colours") == []
    clerk.page.emulate_media(color_scheme="light")

    # The preview is the working form: the rows come with the answer.
    expect(shown.get_by_text("Տեսակը")).to_be_hidden()
    shown.get_by_label("Այո").check()
    shown.get_by_role("button", name="Ավելացնել").click()
    expect(shown.get_by_label("Տեսակը")).to_be_visible()

    clerk.keep()
    expect(clerk.page.get_by_text("Ձևաթուղթը պահված է։")).to_be_visible()
    expect(clerk.page.locator("[data-panel-heading-text]", has_text=ROWS)).to_have_count(1)
