"""The screens on which officers, clerks and the ministry work: nothing for axe to find, nothing past a phone's edge.

Each screen is opened once, by whoever works on it. What is folded is unfolded, axe is asked at 1280 px about the
whole page, Wagtail's own frame included, and at 360 px nothing may stand where nobody can scroll to.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.a11y.findings import axe_findings
from tests.a11y.furnish_workplace import SLUG, furnished_workplace
from tests.e2e.people import Staff, main
from tests.e2e.stage import DESK, PHONE, Stage

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("product")]

# Below /admin/; {names} are things that furnish_workplace.py has made.
WORK = (
    "work/", "work/?which=closed&q=qqqqq", "work/cases/{with_tasks}/", "work/cases/{late}/", "work/cases/{answered}/",
    "work/cases/{asked}/", "work/tasks/", "work/figures/", "work/keys/", "notices/",
)  # fmt: skip
PROCEDURES = (
    "procedures/", "procedures/new/", "procedures/land-lease/", "procedures/land-lease/1/", "procedures/canary/1/",
    "procedures/canary/1/steps/", "procedures/canary/1/terms/", "procedures/canary/1/edit/",
    "procedures/canary/1/examples/", "procedures/canary/1/try/", "procedures/canary/1/try/form/",
    "procedures/canary/1/letters/", "procedures/canary/1/letters/mail/received/",
)  # fmt: skip
EXCHANGE = (
    "exchange/outbox/", "exchange/registers/", "exchange/registers/ask/person/", "exchange/texts/",
    "exchange/texts/mail/received/", "exchange/programs/", "exchange/programs/add/", "exchange/programs/{program}/",
)  # fmt: skip
ORGANISATION = (
    "organisation/", "organisation/positions/", "organisation/retention/", "organisation/units/new/",
    "organisation/substitutions/new/", "organisation/functions/new/", "organisation/retention/new/",
)  # fmt: skip
MINISTRY = ("", "national/", "duties/board/", "shared/", "console/", "console/connect/", "console/communities/meghri/")

# What stands past the right edge and inside nothing that scrolls by itself.
PAST_THE_EDGE = """
() => [...document.querySelectorAll("main, main *")].filter(each => {
  const box = each.getBoundingClientRect();
  if (box.width < 2 || box.height < 2 || box.right <= document.documentElement.clientWidth + 1) return false;
  for (let above = each.parentElement; above && above.tagName !== "MAIN"; above = above.parentElement) {
    const style = getComputedStyle(above);
    if (style.overflowX !== "visible" || style.clipPath !== "none") return false;
  }
  return getComputedStyle(each).clipPath === "none";
}).slice(0, 3).map(each => `${each.tagName} ${each.className} ${each.textContent.trim().slice(0, 40)}`)
"""
# The menu at the side glides away when the window becomes narrow; measured is what stands still.
STAND_STILL = "*, ::before, ::after { transition: none !important; animation: none !important }"
# The first of many are enough: rows of one editor are alike.
UNFOLD = '[...document.querySelectorAll("main details")].slice(0, 12).forEach(each => { each.open = true })'


@pytest.fixture(scope="module")
def known(stage_of_module: Stage) -> dict[str, str]:
    return furnished_workplace(stage_of_module.product)


def seen(page: Page, name: str) -> list[str]:
    """What is wrong with the open screen on a desk and on a telephone."""
    page.evaluate(UNFOLD)
    page.add_style_tag(content=STAND_STILL)
    found = [f"{name}: {each}" for each in axe_findings(page)]
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    found += [f"{name}, past the edge: {each}" for each in page.evaluate(PAST_THE_EDGE)]
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    return found


def walk(staff: Staff, screens: tuple[str, ...], known: dict[str, str]) -> list[str]:
    found: list[str] = []
    for screen in screens:
        path = f"/admin/{screen.format(**known)}"
        staff.go(path)
        assert staff.page.url.endswith(path), f"{screen} led to {staff.page.url}"
        found += seen(staff.page, screen)
    return found


def selected_cases(staff: Staff) -> str:
    """What is to be done with several cases at once."""
    page = staff.go("/admin/work/")
    for box in main(page).locator("input[name=case]").all()[:2]:
        box.check()
    main(page).get_by_role("button", name="Փոխանցել", exact=True).click()
    expect(main(page).locator("select[name=to]")).to_be_visible()
    return "selected"


def form_builder(staff: Staff) -> str:
    """With a question unfolded, and what is folded in it."""
    page = staff.go("/admin/procedures/canary/1/form/")
    expect(page.locator("[data-proc-builder]")).to_have_attribute("data-rounds", "1")
    question = page.locator(".proc-question").first.locator("xpath=ancestor::section[1]")
    question.locator("[data-panel-toggle]").first.click()
    for toggle in question.locator("section.collapsed [data-panel-toggle]").all():
        toggle.click()
    # To the end: the button that keeps the form floats over whatever stands at the lower edge of the window.
    page.locator("details.proc-heads").last.scroll_into_view_if_needed()
    return "form builder"


def open_and_see(staff: Staff, way: Callable[[Staff], str]) -> list[str]:
    return seen(staff.page, way(staff))


def test_an_officers_screens(stage: Stage, known: dict[str, str]) -> None:
    head = Staff(stage, SLUG)
    head.sign_in(f"head@{SLUG}.example")
    assert walk(head, WORK, known) + open_and_see(head, selected_cases) == []


def test_a_clerks_screens(stage: Stage, known: dict[str, str]) -> None:
    clerk = Staff(stage, SLUG)
    clerk.sign_in(f"admin@{SLUG}.example")
    screens = (*PROCEDURES, *EXCHANGE, *ORGANISATION)
    assert walk(clerk, screens, known) + open_and_see(clerk, form_builder) == []


def test_the_ministrys_screens(stage: Stage, known: dict[str, str]) -> None:
    ministry = Staff(stage, "")
    ministry.sign_in("admin@ministry.example")
    assert walk(ministry, MINISTRY, known) == []
