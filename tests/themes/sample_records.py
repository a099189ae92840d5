"""Values for the pages of the registers: full, long and empty, as `cms/records/shown` hands them over."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator

from tests.themes.sample_articles import FILES, UPKEEP
from tests.themes.sample_values import page

LONG = "Հակամարտությունների կարգավորման, ճանապարհաշինության և բնակարանային-կոմունալ հարցերի մշտական հանձնաժողով"
NOTHING = "Տվյալները հրապարակում է աշխատակազմի քարտուղարը։"
CONTACT = {
    "address": "Մեղրի, 2-րդ հարկ",
    "phone": "0286 0-00-05",
    "phone_href": "tel:+37428600005",
    "email": "a@b.example",
}
NO_CONTACT = {"address": "", "phone": "", "phone_href": "", "email": ""}
PICTURE = {"url": "/media/a.webp", "width": 640, "height": 400, "alt": "Գյուղը լեռների տակ", "is_foreign": False}
STATE_OPEN = {"is_open": True, "text": "դիմումներն ընդունվում են ևս 12 օր"}
STATE_ENDED = {"is_open": False, "text": "ավարտված է"}


def register_page(**values: Any) -> SimpleNamespace:
    return page(**{**UPKEEP, "title": "Գրանցամատյան", "url": "/r/", "duty_codes": ["staff-list"], "body": [], **values})


def cell(name: str, text: str, kind: str = "text", **values: Any) -> dict[str, Any]:
    return {"name": name, "label": name, "kind": kind, "text": text, "url": "", "iso": "", "lang": "", **values}


CELLS = [
    cell("գումար", "12 345 000 ֏", "money"),
    cell("վերջնաժամկետ", "8 դեկտեմբերի 2026", "date", iso="2026-12-08"),
    cell("հեռախոս", "0286 0-00-05", "phone", url="tel:+37428600005"),
    cell("կայք", "gnumner.example", "link", url="https://gnumner.example/1"),
    cell("ծածկագիր", "AM-12/3", lang="en"),
]


def person(number: int = 1, **values: Any) -> dict[str, Any]:
    return {
        "name": "Անահիտ Տեր-Հովհաննիսյան-Մելիքսեթյան",
        "url": f"/r/{number}/",
        "portrait": None,
        "mark": "ԱՏ",
        "note": "համայնքի ղեկավարի առաջին տեղակալ",
        "education": "բարձրագույն, մանկավարժ",
        "profession": "տնտեսագետ",
        "phone": "0286 0-00-05",
        "phone_href": "tel:+37428600005",
        "email": "anahit@meghri.example",
        "reception": "Հինգշաբթի, 15:00–18:00",
        **values,
    }


PORTRAIT = person(2, portrait={"url": "/media/p.webp", "width": 192, "height": 228}, phone="", email="", note="")
FORMER = [{"name": "Սուրեն Հայրապետյան", "url": "/r/9/", "from": date(2018, 5, 1), "to": date(2022, 10, 1)}]
FILTERS = [
    {
        "name": "year",
        "label": "տարի",
        "value": "2026",
        "as_list": False,
        "options": [
            {"value": "", "label": "բոլորը", "count": 0, "url": "/r/", "is_current": False},
            {"value": "2026", "label": "2026", "count": 40, "url": "/r/?year=2026", "is_current": True},
        ],
    },
    {
        "name": "settlement",
        "label": "բնակավայր",
        "value": "",
        "as_list": True,
        "options": [
            {"value": "", "label": "բոլորը", "count": 0, "url": "/r/", "is_current": True},
            {"value": "3", "label": "Ագարակ", "count": 4, "url": "/r/?settlement=3", "is_current": False},
        ],
    },
]


def listed(all_rows: list[Any], **values: Any) -> dict[str, Any]:
    """What every list of a register has around its rows."""
    return {
        "page": register_page(),
        "page_obj": Paginator(all_rows, 20).get_page(1),
        "total": len(all_rows),
        "filters": FILTERS,
        "words": "",
        "is_narrowed": False,
        "orders": [
            {"label": "նորերն առաջ", "url": "", "is_current": True},
            {"label": "ըստ անվանման", "url": "/r/?order=title", "is_current": False},
        ],
        "empty_text": NOTHING,
        "only_armenian": None,
        "files_query": "",
        "feedback_url": "/feedback/",
        **values,
    }


def rows_of_table() -> list[dict[str, Any]]:
    return [
        {
            "title": LONG,
            "url": f"/r/{number}/",
            "cells": [*CELLS, cell("openness", ""), None],
            "state": STATE_OPEN if number % 2 else STATE_ENDED,
        }
        for number in range(45)
    ]


def detail(**values: Any) -> dict[str, Any]:
    return {
        "page": register_page(),
        "title": "Մեղրի քաղաքի Ադելյան փողոցի մայթերի նորոգում",
        "text": "",
        "cells": CELLS,
        "state": None,
        "updated_at": date(2026, 11, 20),
        "record": SimpleNamespace(birth_year=1975),
        **values,
    }


def sums(**values: Any) -> dict[str, Any]:
    return {
        "adopted": "1 200 000 000",
        "plan": "1 245 000 000",
        "plan_millions": "1 245",
        "done": ["300 000 000", "610 500 000"],
        "done_last": "610 500 000",
        "done_millions": "611",
        "percent": 49,
        **values,
    }


def side(code: str, title: str, *, executed: bool) -> dict[str, Any]:
    return {
        "side": code,
        "title": title,
        "total": sums(done=sums()["done"] if executed else []),
        "groups": [{"title": LONG, **sums(), "plan_bar": 1000, "done_bar": 490, "share": 61}],
        "progress": [{"label": "առաջին կիսամյակ", "amount": "610 500 000", "percent": 49, "bar": 490}]
        if executed
        else [],
        "lines": [
            {"code": "1.1", "title": LONG, **sums(done=sums()["done"] if executed else []), "is_revised": executed}
        ],
    }


def budget(*, executed: bool) -> dict[str, Any]:
    """A budget that is carried out, or the draft of the next year."""
    quarters = [{"number": 1, "label": "առաջին եռամսյակ"}, {"number": 2, "label": "առաջին կիսամյակ"}]
    return {
        "year": 2026,
        "title": "2026 թվականի բյուջե",
        "text": "Բյուջեն մեկ էջով։" if executed else "",
        "status": "ընդունված է" if executed else "նախագիծ է",
        "decision": {"number": "96-Ն" if executed else "", "date": date(2025, 12, 20)},
        "quarter": quarters[1] if executed else None,
        "quarters": quarters if executed else [],
        "sides": [side("income", "եկամուտներ", executed=executed), side("expense", "ծախսեր", executed=executed)],
        "balance": {"is_deficit": True, "amount": "45 000 000 ֏" if executed else ""},
        "data_url": "/r/2026/",
    }


DOCUMENTS = [
    {
        "title": "Ավագանու որոշում բյուջեի մասին",
        "kind": "որոշում",
        "number": "96-Ն",
        "date": date(2025, 12, 20),
        "text": "Հաստատված է միաձայն։",
        "file": FILES[0]["document"],
    },
    {"title": "Բացատրագիր", "kind": "բացատրագիր", "number": "", "date": date(2025, 12, 20), "text": "", "file": None},
]
CHANGES = [{"title": LONG, "side": "ծախս", "adopted": "1 200", "plan": "1 245", "change": "+45"}]
YEARS = [{"year": year, "url": f"/r/{year}/", "is_current": year == 2026} for year in (2027, 2026, 2025)]


def unit(level: int, anchor: str, children: list[dict[str, Any]], **values: Any) -> dict[str, Any]:
    return {
        "title": LONG if level == 2 else "Ֆինանսատնտեսագիտական, եկամուտների հաշվառման և հավաքագրման բաժին",
        "anchor": anchor,
        "level": level,
        "text": "Կազմում է բյուջեի նախագիծը։",
        "contact": CONTACT,
        "people": [person(), PORTRAIT],
        "units": children,
        **values,
    }


def video(number: int = 1, **values: Any) -> dict[str, Any]:
    return {
        "title": "Ավագանու 2026 թվականի տասնմեկերորդ հերթական նիստի տեսագրությունը",
        "url": f"/r/{number}/",
        "poster": None,
        "date": date(2026, 11, 20),
        "kind": "նիստ",
        "is_live": False,
        "minutes": 94,
        "file_url": "",
        "link": "https://example.am/video",
        "site": "example.am",
        "text": "Օրակարգում՝ բյուջեի նախագիծը։",
        **values,
    }


def offices(**values: Any) -> dict[str, Any]:
    return {
        "text": "Ավագանու անդամ",
        "from": date(2022, 10, 1),
        "to": date(2026, 1, 1),
        "basis": "որոշում N 1",
        **values,
    }


def record_pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name of the sample -> template and context."""
    table = rows_of_table()
    columns = [str(each["label"]) for each in CELLS] + ["վիճակ", "նշում"]
    films = [video(), video(2, is_live=True, minutes=None, poster=PICTURE)]
    cards = [
        {
            "title": "Ագարակ",
            "url": "/r/1/",
            "kind": "քաղաք",
            "population": 4429,
            "picture": PICTURE,
            "head": "Արմեն Հայրյան",
        },
        {"title": "Տաշտուն", "url": "/r/2/", "kind": "գյուղ", "population": None, "picture": None, "head": ""},
    ]
    council = {
        "groups": [
            {"title": LONG, "members": [person(), PORTRAIT]},
            {"title": "", "members": [person(3, phone="", note="")]},
        ],
        "has_factions": True,
        "members_total": 3,
        "seats": 15,
        "since": date(2022, 10, 1),
        "contact": CONTACT,
        "commissions": [{"title": LONG, "url": "/c/#c-1"}],
        "former": FORMER,
    }
    about = {
        "name": "Արմեն Հայրյան",
        "office": "վարչական ղեկավար",
        "url": "/p/1/",
        "phone": "0286 0-00-07",
        "phone_href": "tel:+37428600007",
        "email": "agarak@meghri.example",
        "reception": "Երկուշաբթի, 10:00–12:00",
        "since": date(2022, 11, 1),
    }
    nothing = {"page": register_page(duty_codes=[]), "empty_text": NOTHING, "feedback_url": ""}
    return {
        "register": (
            "records/list.html",
            listed(table, rows=table[:20], columns=columns, only_armenian={"count": 3, "url": "/r/"}),
        ),
        "register-none": ("records/list.html", listed([], rows=[], columns=columns)),
        "register-nothing-found": (
            "records/list.html",
            listed([], rows=[], columns=columns, is_narrowed=True, words="մայթ", files_query="q=a"),
        ),
        "record": (
            "records/detail.html",
            detail(
                text="Նորոգվում է 1 200 մ մայթ։",
                state=STATE_OPEN,
                cells=[*CELLS, cell("պայմաններ", "Առաջինը։\n\nԵրկրորդը։", "words")],
            ),
        ),
        "record-short": ("records/detail.html", detail(state=STATE_ENDED)),
        "council": ("records/council.html", {"page": register_page(), **council}),
        "council-none": ("records/council.html", {**nothing, "groups": [], "former": []}),
        "commissions": (
            "records/commissions.html",
            {
                "page": register_page(),
                "groups": [
                    {"title": LONG, "anchor": "c-1", "text": "Յոթ անդամ։", "members": [person(), PORTRAIT]},
                    {"title": "Ֆինանսավարկային", "anchor": "c-2", "text": "", "members": []},
                ],
            },
        ),
        "commissions-none": ("records/commissions.html", {**nothing, "groups": []}),
        "head": (
            "records/head.html",
            {
                "page": register_page(),
                "head": {**person(), "biography": "Ծնվել է Մեղրիում։", "since": date(2022, 10, 1), "basis": "N 1"},
                "deputies": [person(2), PORTRAIT],
                "former": FORMER,
            },
        ),
        "head-none": ("records/head.html", {**nothing, "head": None, "deputies": [], "former": []}),
        "staff": (
            "records/staff.html",
            {
                "page": register_page(),
                "units": [
                    unit(2, "u-1", [unit(3, "u-2", [unit(4, "u-3", [], people=[], contact=NO_CONTACT)])]),
                    unit(2, "u-4", [], text="", contact=NO_CONTACT),
                ],
            },
        ),
        "staff-none": ("records/staff.html", {**nothing, "units": []}),
        "person": (
            "records/person.html",
            detail(
                title="Անահիտ Տեր-Հովհաննիսյան-Մելիքսեթյան",
                person=person(),
                offices=[offices()],
                earlier=[offices(text="Քարտուղար")],
                biography="Ծնվել է Մեղրիում։\n\nԱշխատել է դպրոցում։",
            ),
        ),
        "person-short": (
            "records/person.html",
            detail(person=PORTRAIT, offices=[], earlier=[], biography="", record=SimpleNamespace(birth_year=None)),
        ),
        "settlements": ("records/settlements.html", listed(cards, cards=cards, population_total=4429)),
        "settlements-none": ("records/settlements.html", {**nothing, "cards": []}),
        "settlement": (
            "records/settlement.html",
            detail(
                kind="գյուղ",
                text="Արաքսի ձախ ափին։",
                picture=PICTURE,
                head=about,
                organisations=[
                    {"title": "Ագարակի մշակույթի տուն", "url": "/o/1/", "text": "Գործարանային 3"},
                    {"title": LONG, "url": "", "text": ""},
                ],
            ),
        ),
        "settlement-short": (
            "records/settlement.html",
            detail(kind="գյուղ", picture=None, head=None, organisations=[]),
        ),
        "budget": (
            "records/budget.html",
            {
                "page": register_page(),
                "budget": budget(executed=True),
                "years": YEARS,
                "changes": CHANGES,
                "documents": DOCUMENTS,
            },
        ),
        "budget-draft": (
            "records/budget.html",
            detail(budget=budget(executed=False), years=YEARS, changes=[], documents=[]),
        ),
        "budget-none": ("records/budget.html", {**nothing, "budget": None}),
        "videos": ("records/videos.html", listed(films, cards=films)),
        "videos-none": ("records/videos.html", listed([], cards=[])),
        "video": ("records/video.html", detail(video=video())),
        "video-file": (
            "records/video.html",
            detail(video=video(file_url="/documents/1/a.mp4", link="", site="", poster=PICTURE, text="", minutes=None)),
        ),
    }
