"""The story of the official website: a fresh community, its press officer, its chief editor, the law's duties."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.album import picture
from tests.e2e.people import DEMO_PASSWORD, MinistryAdmin, main
from tests.e2e.press import ChiefEditor, PressOfficer
from tests.e2e.stage import Stage

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("product")]

HOST, NAME = "sisian", "Սիսիան"
KEPT, MISSED = "կատարված", "կատարված չէ"
PRESS, CHIEF = f"press@{HOST}.example", f"chief@{HOST}.example"
TODAY = datetime.now(ZoneInfo("Asia/Yerevan")).date()
YEAR = TODAY.year
# The last quarter that has ended: until the end of March it is one of the year before.
REPORTED = YEAR if TODAY.month > 3 else YEAR - 1
QUARTER = ("ամբողջ տարին", "առաջին եռամսյակ", "առաջին կիսամյակ", "ինն ամիս")[(TODAY.month - 1) // 3]
SOON = f"{TODAY + timedelta(days=20):%d.%m.%Y}"

# What is written on pages: the code of the duty, the words of its button, the text of the press officer.
WRITE, ANNOUNCE, INSTEAD = "Լրացնել էջը", "Գրել հայտարարություն", "Կամ գրել տեքստ էջում"
PAGES = (
    ("agenda", ANNOUNCE, "Ավագանու նիստը կկայանա դահլիճում՝ ժամը 12-ին։ Օրակարգում բյուջեի կատարումն է։"),
    ("draft-decisions", ANNOUNCE, "Քննարկման է ներկայացվում տեղական տուրքերի դրույքաչափերի մասին որոշման նախագիծը։"),
    ("decisions", WRITE, "Ավագանու N 74-Ն որոշումը ընդունվել է միաձայն՝ 15 կողմ, դեմ չկա, ձեռնպահ չկա։"),
    ("rates", WRITE, "Աղբահանության վճարը մեկ բնակչի համար 200 դրամ է, թոշակառուների համար՝ 100 դրամ։"),
    ("foi-officer", WRITE, "Տեղեկատվության ազատության պատասխանատուն Անահիտ Օրինակյանն է, հեռախոս՝ 0283 2 33 30։"),
    ("council-rules", WRITE, "Ավագանին նիստ է գումարում երկու ամիսը մեկ անգամ՝ երեքշաբթի օրը, ժամը 12-ին։"),
    ("head-decisions", WRITE, "Ղեկավարի N 112-Ա որոշմամբ ձմեռային մաքրման աշխատանքները սկսվում են դեկտեմբերի 1-ին։"),
    ("minutes", WRITE, "Նիստի արձանագրությունը ստորագրել է աշխատակազմի քարտուղարը. մասնակցել է 15 անդամ։"),
    ("hearings", ANNOUNCE, "Հանրային լսումը կկայանա մշակույթի տանը. կքննարկվի հաջորդ տարվա բյուջեի նախագիծը։"),
    ("auctions", INSTEAD, "Այս պահին համայնքի գույքի աճուրդ կամ մրցույթ չկա։ Նոր ծանուցումները կլինեն այստեղ։"),
    ("vacancies", INSTEAD, "Այս պահին համայնքային ծառայության թափուր պաշտոն չկա։ Մրցույթների մասին կգրենք այստեղ։"),
    ("accessibility", WRITE, "Կայքն ստուգվել է էկրանի ընթերցողով. չենթագրված տեսանյութերի մասին գրեք մեզ։"),
    ("master-plan", WRITE, "Սիսիան քաղաքի գլխավոր հատակագիծը հաստատվել է 2019 թվականին և գործում է մինչև 2034 թ.։"),
)  # fmt: skip
# What else a form of these duties asks for.
ASKED = {code: {"Առաջարկներն ընդունվում են մինչև": SOON} for code in ("draft-decisions", "hearings")}
# What is a record of a register: the code of the duty and the fields by their labels.
NAME_LABEL, TITLE = "Անուն, ազգանուն (հայերեն)", "Վերնագիր (հայերեն)"
BUDGETS = {
    year: {TITLE: f"{year} թվականի բյուջե", "Որոշման համարը": "74-Ն", "Որոշման ամսաթիվը": f"22.12.{year - 1}"}
    for year in (YEAR, REPORTED)
}
RECORDS = (
    ("head-and-council", {NAME_LABEL: "Արմեն Սահակյան", "Առաջին օրը": "01.11.2024"}),
    ("head-and-council", {NAME_LABEL: "Սուսաննա Մելիքյան", "Առաջին օրը": "01.11.2024"}),
    ("staff-list", {NAME_LABEL: "Կարեն Հովսեփյան", "Առաջին օրը": "15.01.2025"}),
    ("budget", BUDGETS[YEAR]),
    ("broadcast", {TITLE: "Ավագանու նիստի տեսագրությունը", "Տեսանյութի հասցեն": "https://www.youtube.com/watch?v=aqz-KE-bpKQ"}),
    ("programme", {TITLE: "Հնգամյա զարգացման ծրագիր", "Առաջին տարին": str(YEAR), "Վերջին տարին": str(YEAR + 4)}),
    ("annual-report", {TITLE: "Ղեկավարի տարեկան հաշվետվությունը", "Հաշվետու տարին": str(YEAR - 1)}),
    ("foi-statistics", {TITLE: "Ստացված հարցումների վիճակագրությունը", "Հաշվետու տարին": str(YEAR - 1)}),
    ("property", {TITLE: "Համայնքապետարանի շենք", "Հասցե (հայերեն)": "Սիսական 31"}),
    ("procurement", {TITLE: f"{YEAR} թվականի գնումների պլան", "Գումար, դրամ": "48500000"}),
    ("organisations", {TITLE: "Սիսիանի N 1 մանկապարտեզ", "Տնօրեն (հայերեն)": "Լուսինե Աղաջանյան"}),
)  # fmt: skip
EXECUTION_COLUMNS = ("Եկամուտ կամ ծախս", "Խումբ", "Անվանումը հայերեն", "Հաստատված", QUARTER)
EXECUTION = tuple(
    dict(zip(EXECUTION_COLUMNS, cells, strict=True))
    for cells in (
        ("եկամուտներ", "հարկեր", "Անշարժ գույքի հարկ", "186 000 000", "121 400 000"),
        ("ծախսեր", "կրթություն և մանկապարտեզներ", "Մանկապարտեզներ", "142 000 000", "98 700 000"),
    )
)
CONTACTS = {
    "Հեռախոս": "0283 2 33 30",
    "Էլ. փոստ": "sisian@example.am",
    "Հասցեն՝ հայերեն": "Սիսական 31",
    "Բացվում է": "09:00",
    "Փակվում է": "18:00",
}
RECEIVES = {
    "Պաշտոն": "Համայնքի ղեկավար",
    "Անուն ազգանուն": "Արմեն Սահակյան",
    "Ընդունելության օր և ժամ": "Հինգշաբթի, 14:00–17:00",
}
# One duty a register: all its drafts are shown to visitors from one list.
SAME_REGISTER = {"staff-list", "foi-statistics"}
IN_REGISTERS = tuple(dict.fromkeys(code for code, _fields in RECORDS if code not in SAME_REGISTER))
STAFF = """
from django.contrib.auth.models import Group
from accounts.models import User
from tenants.context import register, tenant
from tenants.models import Community
with register():
    community = Community.objects.get(slug={host!r})
with tenant(community):
    for email, surname, name, post, group in {people!r}:
        user = User.objects.create_staff(email, {password!r}, last_name=surname, first_name=name, job_title=post)
        user.groups.set(Group.objects.filter(name=group))
"""
AGED = """
from datetime import timedelta
from django.db.models import F
from wagtail.models import Page
from cms.seeds.tree import translation_key
from tenants.context import register, tenant
from tenants.models import Community
with register():
    community = Community.objects.get(slug={host!r})
with tenant(community):
    page = Page.objects.filter(translation_key=translation_key("decisions"), locale__language_code="hy")
    assert page.update(last_published_at=F("last_published_at") - timedelta(days=366)) == 1
"""


def test_a_fresh_community_comes_to_keep_the_law_and_time_undoes_it(stage: Stage) -> None:
    a_fresh_community(stage)
    officer = PressOfficer(stage, HOST)
    chief = ChiefEditor(stage, HOST)
    officer.sign_in(PRESS)
    chief.sign_in(CHIEF)
    the_chief_editor_gives_the_contacts(chief)
    the_press_officer_writes(officer)
    the_chief_editor_approves(chief)
    everything_is_green(chief)
    ministry = MinistryAdmin(stage)
    ministry.sign_in("admin@ministry.example")
    the_country_sees_it(stage, ministry)
    a_year_passes(stage, officer, ministry)


def a_fresh_community(stage: Stage) -> None:
    """How a community is connected and its people are invited is told by the first story (test_story)."""
    stage.product.manage("onboard", HOST, "--admin-email", f"admin@{HOST}.example")
    people = (
        (PRESS, "Պետրոսյան", "Լիլիթ", "Մամուլի պատասխանատու", "Խմբագիրներ"),
        (CHIEF, "Ավետյան", "Գագիկ", "Գլխավոր խմբագիր", "Գլխավոր խմբագիրներ"),
    )
    stage.product.manage("shell", "-c", STAFF.format(host=HOST, people=people, password=DEMO_PASSWORD))


def the_chief_editor_gives_the_contacts(chief: ChiefEditor) -> None:
    chief.check()
    expect(chief.score()).to_have_text("1 / 26")  # services stand there from the first day
    picture(chief.page, "site-01-fresh")
    chief.contacts(CONTACTS)
    chief.save("Պահպանել", "Պահպանված է")
    chief.check()
    expect(chief.duty("reception")).to_contain_text("Պակասում է՝ ով է ընդունում քաղաքացիներին։")


def the_press_officer_writes(officer: PressOfficer) -> None:
    for number, (code, fields) in enumerate(RECORDS):
        officer.begin_record(code, fields)
        if not number:
            picture(officer.page, "site-02-record")
        officer.keep_draft()
    if REPORTED != YEAR:
        officer.begin_record("budget-execution", BUDGETS[REPORTED])
        officer.keep_draft()
    officer.press("budget-execution", "Լրացնել կատարումը")
    officer.execution(EXECUTION)
    picture(officer.page, "site-03-execution")
    officer.save("Պահպանել աղյուսակը", "Բյուջեի տողերը պահպանված են՝ 2։")
    officer.who_receives(WRITE, RECEIVES)
    officer.hand_in()
    buttons = officer.buttons()
    for number, (code, button, text) in enumerate(PAGES):
        officer.begin(buttons[code, button], ASKED.get(code, {}), text)
        if not number:
            picture(officer.page, "site-04-page")
        officer.hand_in()
    officer.duties()
    picture(officer.page, "site-05-drafts")
    expect(officer.duty("organisations")).to_contain_text("1 սևագիր սպասում է հրապարակման")
    expect(officer.score()).to_have_text("1 / 26")  # what nobody approved is not published


def the_chief_editor_approves(chief: ChiefEditor) -> None:
    chief.go("/admin/")
    picture(chief.page, "site-06-approval")
    assert chief.approve_everything() == len(PAGES) + 1
    for code in IN_REGISTERS:
        drafts = chief.drafts(code)
        if code == "head-and-council":
            picture(chief.page, "site-07-records")
        for address in drafts:
            chief.show(address)


def everything_is_green(chief: ChiefEditor) -> None:
    chief.check_as_visitors_see_it()
    expect(chief.page.get_by_role("heading", name="Օրենքի բոլոր պահանջները կատարված են։")).to_be_visible()
    expect(chief.score()).to_have_text("26 / 26")
    picture(chief.page, "site-08-green")


def the_country_sees_it(stage: Stage, ministry: MinistryAdmin) -> None:
    assert set(verdicts(ministry)) == {KEPT}
    picture(ministry.page, "site-09-board")
    expect(public_page(stage).get_by_role("heading", name="Կատարված չէ")).to_have_count(0)


def a_year_passes(stage: Stage, officer: PressOfficer, ministry: MinistryAdmin) -> None:
    """The page with the council's decisions becomes a year old, and the night's check comes."""
    stage.product.manage("shell", "-c", AGED.format(host=HOST))
    stage.product.manage("duties", "check", "--community", HOST)
    officer.duties()
    expect(officer.score()).to_have_text("25 / 26")
    expect(officer.duty("decisions")).to_contain_text("Հնացած է")
    expect(officer.duty("decisions").get_by_role("link", name=WRITE)).to_be_visible()
    picture(officer.page, "site-10-stale")
    assert sorted(verdicts(ministry)).count(MISSED) == 1
    picture(ministry.page, "site-11-board-red")
    page = public_page(stage)
    missed = page.get_by_role("region", name="Կատարված չէ")
    expect(missed.get_by_role("listitem")).to_have_count(1)
    expect(missed).to_contain_text("որոշումները")
    picture(page.page, "site-12-public", whole=True)


def verdicts(ministry: MinistryAdmin) -> list[str]:
    """What the ministry's board says of the community, duty by duty, in words."""
    ministry.go("/admin/")
    ministry.menu("Օրենքի պահանջներն ըստ համայնքների").click()
    row = main(ministry.page).get_by_role("row").filter(has=ministry.page.get_by_role("link", name=NAME))
    cells = row.locator(".duty-cell .w-sr-only")
    expect(cells).to_have_count(26)
    return cells.all_text_contents()


def public_page(stage: Stage) -> Locator:
    """How the community keeps the law, as everybody may read on the ministry's host."""
    page = stage.page()
    page.goto(stage.address("", f"/duties/{HOST}/"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(NAME)
    return main(page)
