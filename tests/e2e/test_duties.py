"""The story of the official website: a fresh community, its press officer, its chief editor, the law's duties."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.album import picture
from tests.e2e.people import DEMO_PASSWORD
from tests.e2e.press import ChiefEditor, PressOfficer
from tests.e2e.stage import Stage

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("product")]

HOST = "sisian"
PRESS, CHIEF = f"press@{HOST}.example", f"chief@{HOST}.example"
TODAY = date.today()
YEAR = TODAY.year
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
RECORDS = (
    ("head-and-council", {NAME_LABEL: "Արմեն Սահակյան", "Առաջին օրը": "01.11.2024"}),
    ("head-and-council", {NAME_LABEL: "Սուսաննա Մելիքյան", "Առաջին օրը": "01.11.2024"}),
    ("staff-list", {NAME_LABEL: "Կարեն Հովսեփյան", "Առաջին օրը": "15.01.2025"}),
    ("budget", {TITLE: f"{YEAR} թվականի բյուջե", "Որոշման համարը": "74-Ն", "Որոշման ամսաթիվը": f"22.12.{YEAR - 1}"}),
    ("broadcast", {TITLE: "Ավագանու նիստի տեսագրությունը", "Տեսանյութի հասցեն": "https://www.youtube.com/watch?v=aqz-KE-bpKQ"}),
    ("programme", {TITLE: "Հնգամյա զարգացման ծրագիր", "Առաջին տարին": str(YEAR), "Վերջին տարին": str(YEAR + 4)}),
    ("annual-report", {TITLE: "Ղեկավարի տարեկան հաշվետվությունը", "Հաշվետու տարին": str(YEAR - 1)}),
    ("foi-statistics", {TITLE: "Ստացված հարցումների վիճակագրությունը", "Հաշվետու տարին": str(YEAR - 1)}),
    ("property", {TITLE: "Համայնքապետարանի շենք", "Հասցե (հայերեն)": "Սիսական 31"}),
    ("procurement", {TITLE: f"{YEAR} թվականի գնումների պլան", "Գումար, դրամ": "48500000"}),
    ("organisations", {TITLE: "Սիսիանի N 1 մանկապարտեզ", "Տնօրեն (հայերեն)": "Լուսինե Աղաջանյան"}),
)  # fmt: skip
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


def test_a_press_officer_writes_what_the_law_asks_for_and_the_chief_editor_approves(stage: Stage) -> None:
    a_fresh_community(stage)
    the_press_officer_writes(stage)
    the_chief_editor_approves(stage)


def a_fresh_community(stage: Stage) -> None:
    """How a community is connected and its people are invited is told by the first story (test_story)."""
    stage.product.manage("onboard", HOST, "--admin-email", f"admin@{HOST}.example")
    people = (
        (PRESS, "Պետրոսյան", "Լիլիթ", "Մամուլի պատասխանատու", "Խմբագիրներ"),
        (CHIEF, "Ավետյան", "Գագիկ", "Գլխավոր խմբագիր", "Գլխավոր խմբագիրներ"),
    )
    stage.product.manage("shell", "-c", STAFF.format(host=HOST, people=people, password=DEMO_PASSWORD))


def the_press_officer_writes(stage: Stage) -> None:
    officer = PressOfficer(stage, HOST)
    officer.sign_in(PRESS)
    officer.check()
    assert officer.score() == "1 / 26", "services stand there from the first day"
    officer.duties()
    picture(officer.page, "site-01-duties-fresh")
    for code, fields in RECORDS:
        officer.draft(code, fields)
    for code, button, text in PAGES:
        officer.hand_in(code, button, text, ASKED.get(code, {}))
    officer.duties()
    picture(officer.page, "site-03-duties-drafts")
    expect(officer.duty("organisations")).to_contain_text("1 սևագիր սպասում է հրապարակման")
    assert officer.score() == "1 / 26", "what nobody approved is not published"


def the_chief_editor_approves(stage: Stage) -> None:
    chief = ChiefEditor(stage, HOST)
    chief.sign_in(CHIEF)
    picture(chief.page, "site-04-approval")
    assert chief.approve_everything() == len(PAGES)
    for code in IN_REGISTERS:
        chief.show_drafts(code)
