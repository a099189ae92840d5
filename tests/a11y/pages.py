"""Every public page type, and how a visitor comes to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.a11y.furnish import OTHERS
from tests.e2e.people import CommunityAdmin, Mailbox, Officer, Resident
from tests.e2e.stage import Stage

HOST = "meghri"
MINISTRY = ""
EMAIL = "karen@example.am"
SUBJECT = "Ադելյան փողոցի մայթի մասին"
ANSWER = "Մայթը կնորոգվի մինչև դեկտեմբերի 20-ը։"
PREFIX = {"hy": "", "en": "/en", "ru": "/ru"}


@dataclass(frozen=True)
class PublicPage:
    """A page with an address of its own. `languages`: where it exists; `path` "": furnish.py knows it by the name."""

    name: str
    path: str = ""
    host: str = HOST
    languages: tuple[str, ...] = ("hy", "en", "ru")

    def at(self, language: str, known: dict[str, dict[str, str]]) -> str:
        """The path in a language; `known` is what furnish.py has found."""
        if not self.path:
            return known[self.name][language]
        return PREFIX[language] + self.path.format(word=WORDS[language])


# One page of each type (cms.models.PAGE_TYPES); news shared by the ministry look like others and are left out, the
# list of communities is the ministry's, registers have a list of their own below.
TYPES = (
    "HomePage", "SectionPage", "ServiceCataloguePage", "NewsIndexPage", "AnnouncementIndexPage", "EventIndexPage",
    "ConsultationIndexPage", "ContentPage", "ContactPage", "DocumentsPage", "GalleryPage", "GuidePage",
    "PublicationPage", "ChapterPage", "FormPage", "ServiceCardPage", "NewsPage", "AnnouncementPage", "EventPage",
    "ConsultationPage", "SiteMapPage",
)  # fmt: skip
REGISTERS = (
    "people", "settlements", "organisations", "budget", "programmes", "reports", "procurement", "property", "auctions",
    "vacancies", "videos",
)  # fmt: skip
PARTS = ("head", "council", "staff", "commissions")
IN_ARMENIAN_ONLY = {"all-blocks"}
FURNISHED = (
    *TYPES,
    *OTHERS,
    *(f"list-{register}" for register in REGISTERS if register != "people"),
    *(f"list-people-{part}" for part in PARTS),
    *(f"one-{register}" for register in REGISTERS),
)
PAGES = (
    *(PublicPage(name, languages=("hy",) if name in IN_ARMENIAN_ONLY else ("hy", "en", "ru")) for name in FURNISHED),
    PublicPage("announcement-archive", "/announcements/archive/"),
    PublicPage("event-archive", "/community/events/archive/"),
    PublicPage("alerts", "/alerts/"),
    PublicPage("alerts-of-a-place", "/alerts/in/agarak/"),
    PublicPage("polls", "/polls/"),
    PublicPage("subscribe", "/subscribe/"),
    PublicPage("old-address", "/Pages/Misc/Announces/view.aspx?recID=1"),
    PublicPage("service-of-the-state", "/services/application-to-head/"),
    PublicPage("form", "/apply/application-to-head/"),
    PublicPage("status-lookup", "/case/"),
    PublicPage("search-results", "/search/?q={word}"),
    PublicPage("search-narrowed", "/search/?q={word}&kind=news"),
    PublicPage("search-empty", "/search/?q=qqqqq"),
    PublicPage("register-narrowed", "/open-government/procurement/?q=qqqqq"),
    PublicPage("not-found", "/nothing-here/"),
    PublicPage("not-translated", "/news/shvanidzor-school/", languages=("en", "ru")),
    PublicPage("communities", "/", host=MINISTRY),
    PublicPage("duties", "/duties/", host=MINISTRY),
    PublicPage("duties-of-a-community", "/duties/meghri/", host=MINISTRY),
    PublicPage("mailbox", "/outbox/"),
    PublicPage("invitation-not-valid", "/invitation/MQ/aaaaaa-bbbbbb/"),
)
WORDS = {"hy": "բյուջե", "en": "budget", "ru": "бюджет"}


@dataclass
class Traces:
    """What the pages without a fixed address need: a case that is answered, an invitation that is not used."""

    number: str
    code: str
    invitation: str


def leave_traces(stage: Stage) -> Traces:
    """Somebody applies, the officer answers, the administrator invites a colleague."""
    resident = Resident(stage, HOST)
    resident.go("/apply/application-to-head/")
    resident.fill_in(settlement="Մեղրի", email=EMAIL, subject=SUBJECT, body=f"{SUBJECT}՝ խնդրում եմ նորոգել այն։")
    resident.go_on()
    resident.agree()
    resident.send()
    number, code = resident.receipt()

    officer = Officer(stage, HOST)
    officer.sign_in("head@meghri.example")
    officer.open_case(number)
    officer.take(officer.step("Գրանցել"), "Գրանցել")
    assign = officer.step("Հանձնարարել")
    assign.get_by_label("Պատասխանատու").select_option(label="Արմեն Օրինակյան, Համայնքի ղեկավար")
    officer.take(assign, "Հանձնարարել")
    answer = officer.step("Պատասխանել")
    answer.get_by_label("Պատասխան դիմողին").fill(ANSWER)
    officer.take(answer, "Պատասխանել")
    expect(officer.step("Ավարտել")).to_be_visible()

    administrator = CommunityAdmin(stage, HOST)
    administrator.sign_in("admin@meghri.example")
    administrator.invite_colleague("Նորեկյան", "Դավիթ", "davit@meghri.example")
    letter = Mailbox(stage, HOST).letter("Հրավեր", to="davit@meghri.example")
    link = letter.locator("main").get_by_role("link", name="/invitation/").get_attribute("href") or ""
    return Traces(number, code, link.partition("/invitation/")[2])


def _form_with_errors(page: Page, stage: Stage, prefix: str, traces: Traces) -> None:
    page.goto(stage.address(HOST, f"{prefix}/apply/application-to-head/"))
    page.locator("main form button.button[type=submit]").click()
    expect(page.locator(".error-summary")).to_be_visible()


def _review(page: Page, stage: Stage, prefix: str, traces: Traces) -> None:
    page.goto(stage.address(HOST, f"{prefix}/apply/application-to-head/"))
    for name, text in {
        "applicant-surname": "Սարգսյան", "applicant-name": "Կարեն", "address": "Ադելյան 3", "email": EMAIL,
        "subject": SUBJECT, "body": f"{SUBJECT}՝ խնդրում եմ նորոգել այն։",
    }.items():  # fmt: skip
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=settlement]").select_option(index=1)
    page.locator("main form button.button[type=submit]").click()
    page.wait_for_url("**/review/")


def _confirmation(page: Page, stage: Stage, prefix: str, traces: Traces) -> None:
    _review(page, stage, prefix, traces)
    page.locator("input[name=consent]").check()
    page.locator("main form button.button[type=submit]").click()
    page.wait_for_url("**/done/")


def _status(page: Page, stage: Stage, prefix: str, traces: Traces) -> None:
    page.goto(stage.address(HOST, f"{prefix}/case/"))
    page.locator("[name=number]").fill(traces.number)
    page.locator("[name=code]").fill(traces.code)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/case/*-*/")
    expect(page.locator("main")).to_contain_text(ANSWER)


def _wrong_pair(page: Page, stage: Stage, prefix: str, traces: Traces) -> None:
    page.goto(stage.address(HOST, f"{prefix}/case/"))
    page.locator("[name=number]").fill("Դ-2026/999")
    page.locator("[name=code]").fill("AAAA BBBB CCCC")
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".error-summary")).to_be_visible()


def _own_form_with_errors(page: Page, stage: Stage, prefix: str, traces: Traces) -> None:
    page.goto(stage.address(HOST, f"{prefix}/community/form/"))
    page.locator("main form.form button[type=submit]").click()
    expect(page.locator(".error-summary")).to_be_visible()


def _subscribe_with_errors(page: Page, stage: Stage, prefix: str, traces: Traces) -> None:
    page.goto(stage.address(HOST, f"{prefix}/subscribe/"))
    page.locator("main form button.button[type=submit]").click()
    expect(page.locator(".error-summary")).to_be_visible()


def _thanks(page: Page, stage: Stage, prefix: str, traces: Traces) -> None:
    page.goto(stage.address(HOST, f"{prefix}/open-government/rates/"))
    page.locator(".feedback button[value='0']").click()
    page.wait_for_url("**/feedback/**")


def _invitation(page: Page, stage: Stage, prefix: str, traces: Traces) -> None:
    page.goto(stage.address(HOST, f"{prefix}/invitation/{traces.invitation}"))


WAYS: dict[str, Callable[[Page, Stage, str, Traces], None]] = {
    "form-with-errors": _form_with_errors,
    "review": _review,
    "confirmation": _confirmation,
    "status-with-answer": _status,
    "lookup-wrong-pair": _wrong_pair,
    "invitation": _invitation,
    "own-form-with-errors": _own_form_with_errors,
    "subscribe-with-errors": _subscribe_with_errors,
    "feedback-thanks": _thanks,
}
