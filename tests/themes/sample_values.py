"""Meghri as the views of other rooms would hand it over: the parts of which the sample pages are made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import themes

BASE = Path(themes.__file__).resolve().parent / "base"
"""The theme under test."""

Render = Callable[..., str]
"""render(template, context, language="hy", path=...) -> HTML; the fixture in conftest.py."""

TODAY = date(2026, 11, 24)


def site(**changes: Any) -> dict[str, Any]:
    """The common object of a public page of Meghri."""
    return {
        "name": "Մեղրի համայնք",
        "genitive": "Մեղրի համայնքի",
        "region": "Սյունիքի մարզ",
        "arms_url": "",
        "home_url": "/",
        "search_url": "/search/",
        "case_url": "/case/",
        "theme_url": "/theme.css",
        "menu": [
            {
                "title": "Ծառայություններ",
                "url": "/a/",
                "summary": "Տեղեկանք, թույլտվություն, մանկապարտեզ, վճարումներ",
                "is_current": True,
                "children": [
                    {"title": "Ինչպես դիմել", "url": "/a/1/", "is_current": False},
                    {"title": "Հաճախ տրվող հարցեր", "url": "/a/2/", "is_current": True},
                ],
            },
            {
                "title": "Համայնք",
                "url": "/b/",
                "summary": "Բնակավայրեր, կազմակերպություններ, միջոցառումներ",
                "is_current": False,
            },
            {
                "title": "Ինքնակառավարում",
                "url": "/c/",
                "summary": "Ղեկավար, ավագանի, նիստեր, որոշումներ",
                "is_current": False,
            },
            {
                "title": "Բաց կառավարում",
                "url": "/d/",
                "summary": "Բյուջե, ծրագրեր, գնումներ, լսումներ",
                "is_current": False,
            },
            {
                "title": "Նորություններ",
                "url": "/e/",
                "summary": "Լուրեր, հայտարարություններ, ահազանգեր",
                "is_current": False,
            },
        ],
        "languages": [
            {"code": "hy", "name": "Հայերեն", "url": "/", "is_current": True},
            {"code": "en", "name": "English", "url": "/en/", "is_current": False},
            {"code": "ru", "name": "Русский", "url": "/ru/", "is_current": False},
        ],
        "open_now": {"is_open": True, "text": "բաց է մինչև 18:00"},
        "alerts": [
            {
                "id": "412",
                "place": "Լիճք, Տաշտուն",
                "title": "Լեռնային ճանապարհին մերկասառույց է։",
                "text": "",
                "url": "/alerts/",
            }
        ],
        "contact": {
            "address": "3403, Մեղրի, Զորավար Անդրանիկի 2",
            "phone": "0286 0-00-00",
            "phone_href": "tel:+37428600000",
            "email": "info@meghri.example",
            "hours_text": "Երկուշաբթի–ուրբաթ՝ 9:00–18:00",
        },
        "footer_columns": [
            {
                "title": "Օգնություն",
                "links": [
                    {"title": "Կապ և ընդունելություն", "url": "/f/", "lang": ""},
                    {"title": "Դիմումի ընթացքը", "url": "/case/", "lang": ""},
                ],
            },
            {"title": "Հետևել", "links": [{"title": "RSS", "url": "/g/", "lang": "en"}]},
            {
                "title": "Կայքի մասին",
                "links": [
                    {"title": "Մատչելիություն", "url": "/h/", "lang": ""},
                    {"title": "Անձնական տվյալներ", "url": "/i/", "lang": ""},
                ],
            },
        ],
        "root_url": "http://meghri.localhost",
        "canonical_url": "http://meghri.localhost/b/",
        "share_url": "/share.png?v=ab12",
        "opening_spans": [{"days": [0, 1, 2, 3, 4], "opens": "09:00", "closes": "18:00"}],
        "theme": "base",
        "fonts": "sans",
        "layout": "tasks",
        "hero_image": None,
        "social": [{"title": "Facebook", "url": "https://www.facebook.com/meghri"}],
        "is_demo": True,
        "year": 2026,
        "staff_login_url": "/admin/",
        **changes,
    }


CRUMBS = [{"title": "Գլխավոր", "url": "/"}, {"title": "Ծառայություններ", "url": "/a/"}]
HOURS = [
    {"days": "Երկուշաբթի", "text": "9:00–18:00", "is_today": False},
    {"days": "Երեքշաբթի", "text": "9:00–18:00", "is_today": True},
    {"days": "Չորեքշաբթի–ուրբաթ", "text": "9:00–18:00", "is_today": False},
    {"days": "Շաբաթ, կիրակի", "text": "փակ է", "is_today": False},
]
PLACES = [
    ("Մեղրի", 4580),
    ("Ագարակ", 4429),
    ("Լեհվազ", 571),
    ("Ալվանք", 352),
    ("Շվանիձոր", 312),
    ("Կարճևան", 301),
    ("Վարդանիձոր", 228),
    ("Լիճք", 161),
    ("Նռնաձոր", 148),
    ("Տաշտուն", 104),
    ("Թխկուտ", 69),
    ("Վահրավար", 48),
    ("Կուրիս", 44),
    ("Գուդեմնիս", 21),
    ("Այգեձոր", 9),
]


def news(count: int) -> list[SimpleNamespace]:
    """So many news pages, the newest first."""
    titles = [
        (
            "Լեհվազի և Վարդանիձորի նոր ջրագիծը կգործի դեկտեմբերի սկզբից",
            "Կառուցվել է 6,4 կիլոմետր խողովակաշար, 280 տնտեսություն ջուր կունենա շուրջօրյա։",
        ),
        ("Շաբաթ օրը Մեղրիում նռան տոն է", "Այգեգործները հրապարակում կներկայացնեն բերքը։"),
        (
            "Շվանիձորի մանկապարտեզը վերանորոգումից հետո ընդունել է 24 երեխայի",
            "Տաք ջուրն ապահովում են արևային ջրատաքացուցիչները։",
        ),
    ]
    return [
        SimpleNamespace(
            title=titles[at % 3][0], lede=titles[at % 3][1], url=f"/e/{at}/", date=date(2026, 11, 20), image=None
        )
        for at in range(count)
    ]


def page(**values: Any) -> SimpleNamespace:
    """A page of the site; fields a template asks for and the page does not have are empty."""
    base: dict[str, Any] = {
        "seo_title": "",
        "search_description": "",
        "title": "Բնակավայրեր",
        "lede": "Տասնհինգ բնակավայր՝ Արաքսից մինչև Զանգեզուրի լեռները։",
        "body": [],
    }
    return SimpleNamespace(**{**base, **values})


SERVICE = page(
    title="Երեխայի ընդունելություն մանկապարտեզ",
    lede="Դիմեք տարվա ցանկացած օր, որպեսզի երեխան հաճախի համայնքի վեց մանկապարտեզից մեկը։",
    whom="<p>Երկուսից վեց տարեկան երեխաների ծնողների կամ օրինական ներկայացուցիչների համար։</p>",
    get="<p>Ուղեգիր ձեր ընտրած մանկապարտեզ։</p>",
    need="<ul><li>ձեր անձնագիրը կամ նույնականացման քարտը,</li><li>երեխայի ծննդյան վկայականը։</li></ul>",
    how="<p>Առցանց՝ մոտ 8 րոպեում, առանց գրանցվելու։</p>",
    time="<p>Մինչև 30 օրացուցային օր՝ դիմումը գրանցելու պահից։</p>",
    price="<p>Դիմելն անվճար է։</p>",
    benefit="",
    next="<ol><li>Կստանաք համար և 12-նիշանոց կոդ։</li><li>Մասնագետը կստուգի փաստաթղթերը։</li></ol>",
    refuse="<p>Եթե երեխան այլ համայնքի բնակիչ է։</p>",
    appeal="",
    law="<p>«Նախադպրոցական կրթության մասին» ՀՀ օրենք։</p>",
    who="<p>Կրթության և մշակույթի բաժին</p>",
    faq=[SimpleNamespace(question="Երեխաս ՀԾՀ չունի։ Ի՞նչ անեմ", answer="<p>Դիմումում նշեք, որ երեխան ՀԾՀ չունի։</p>")],
    updated_at=date(2026, 11, 9),
    reviewed_until=date(2027, 5, 9),
)


def field(kind: str, name: str, label: str, **values: Any) -> dict[str, Any]:
    """A field as procedures describe it."""
    return {
        "id": f"f-{name}",
        "name": name,
        "label": label,
        "kind": kind,
        "hint": "",
        "value": "",
        "error": "",
        "required": True,
        "autocomplete": "",
        "inputmode": "",
        "choices": [],
        "maxlength": None,
        "accept": "",
        "multiple": False,
        "parts": None,
        "files": [],
        **values,
    }


def form(with_errors: bool) -> dict[str, Any]:
    """The application form with one field of each kind."""

    def error(text: str) -> str:
        return text if with_errors else ""

    return {
        "title": "Երեխայի տվյալները",
        "intro": "Լրացրեք այնպես, ինչպես գրված է ծննդյան վկայականում։",
        "step": 2,
        "steps_total": 5,
        "errors": [
            {"id": "f-bd-d", "message": "Ծննդյան ամսաթիվը՝ նոյեմբերը 31 օր չունի"},
            {"id": "f-kg-1", "message": "Ընտրեք մանկապարտեզը"},
            {"id": "f-cert", "message": "Ծննդյան վկայականը՝ այս տեսակի ֆայլ չենք կարող ընդունել"},
        ]
        if with_errors
        else [],
        "fields": [],
        "groups": [
            {
                "legend": "Անունը",
                "fields": [
                    field("text", "ln", "Ազգանուն", autocomplete="family-name"),
                    field("text", "pn", "Հայրանուն", required=False, hint="Հոր անունը՝ սեռական հոլովով, օրինակ՝ Աշոտի"),
                    field("email", "em", "Էլ. հասցե", autocomplete="email"),
                    field("tel", "te", "Հեռախոս", autocomplete="tel"),
                ],
            },
            {
                "legend": "Ծնունդը",
                "fields": [
                    field(
                        "date",
                        "bd",
                        "Ծննդյան ամսաթիվ",
                        hint="Օրինակ՝ 14 3 2023",
                        error=error("Նոյեմբերը 31 օր չունի։ Ստուգեք օրը կամ ամիսը։"),
                        parts={
                            part: {
                                "id": f"f-bd-{part[0]}",
                                "name": f"bd-{part}",
                                "value": "",
                                "invalid": with_errors and part != "year",
                            }
                            for part in ("day", "month", "year")
                        },
                    ),
                    field("number", "ch", "Երեխաների թիվը"),
                    field(
                        "select",
                        "st",
                        "Բնակավայր",
                        choices=[
                            {"value": "a", "label": "Ագարակ", "selected": False},
                            {"value": "l", "label": "Լեհվազ", "selected": True},
                        ],
                    ),
                    field(
                        "radio",
                        "kg",
                        "Ո՞ր մանկապարտեզն եք ընտրում",
                        error=error("Ընտրեք գոնե մեկ մանկապարտեզ։"),
                        choices=[
                            {"value": "1", "label": "Մեղրի, թիվ 1", "hint": "6 ազատ տեղ", "selected": False},
                            {"value": "2", "label": "Լեհվազ", "hint": "3 ազատ տեղ", "selected": False},
                        ],
                    ),
                    field(
                        "checkboxes",
                        "ln2",
                        "Ինչպե՞ս կապվել",
                        required=False,
                        choices=[
                            {"value": "m", "label": "Էլ. փոստով", "selected": True},
                            {"value": "p", "label": "Հեռախոսով", "selected": False},
                        ],
                    ),
                    field("info", "in", "", value="ՀԾՀ-ն տպված է ծննդյան վկայականի վրա։"),
                    field(
                        "file",
                        "cert",
                        "Երեխայի ծննդյան վկայականը",
                        hint="Լուսանկար կամ սքան՝ մինչև 10 ՄԲ։",
                        error=error("«vkayakan.docx» ֆայլը չենք կարող ընդունել։"),
                        accept=".pdf,.jpg,.png",
                        multiple=True,
                        files=[{"name": "ծնունդ.jpg", "size": 1_240_000, "remove_value": "f1"}],
                    ),
                    field("textarea", "nt", "Ի՞նչ պետք է իմանա մանկապարտեզը", required=False, hint="Օրինակ՝ ալերգիա"),
                    field("checkbox", "no", "Երեխան ՀԾՀ չունի", value=True),
                ],
            },
        ],
        "hidden": [{"name": "draft", "value": "abc"}],
        "action": "",
        "submit_label": "",
        "back_url": "/a/",
        "has_files": True,
    }


HELP = {
    "text": "Զանգահարեք կրթության և մշակույթի բաժին՝",
    "phone": "0286 0-00-12",
    "phone_href": "tel:+37428600012",
    "at_hand": ["երեխայի ծննդյան վկայականը,", "երեխայի ՀԾՀ-ն։"],
}


def moment(day: int, hour: int, minute: int) -> datetime:
    """A moment of November 2026, in UTC."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


REVIEW = {
    "told": {
        "id": "tell-by-sms",
        "name": "tell_by_sms",
        "label": "Տեղեկացնել նաև կարճ հաղորդագրությամբ (SMS)՝ +37491123456",
        "hint": "Գիշերը հաղորդագրություն չի ուղարկվում։",
        "value": False,
        "error": "",
    },
    "step": 5,
    "steps_total": 5,
    "action": "",
    "back_url": "/back/",
    "sections": [
        {
            "title": "Ձեր տվյալները",
            "change_url": "/change/1/",
            "rows": [
                {"label": "Անուն, ազգանուն", "value": "Կարեն Հակոբյան"},
                {"label": "Էլ. հասցե", "value": "karen@example.am"},
                {"label": "Հայրանուն", "value": ""},
            ],
        },
        {
            "title": "Դիմումը",
            "change_url": "/change/2/",
            "rows": [
                {
                    "label": "Բովանդակությունը",
                    "value": "Խնդրում եմ վերանորոգել 3-րդ փողոցի լուսավորությունը։\nԵրկու ամիս է՝ լույս չկա։",
                },
                {"label": "Կցված փաստաթղթերը", "files": [{"name": "լուսանկար.jpg", "size": 1_240_000}]},
            ],
        },
    ],
    "consent": field(
        "checkbox", "consent", "Համաձայն եմ, որ տվյալներս մշակվեն դիմումին պատասխանելու համար։", value=False
    ),
    "errors": [],
}
CONFIRMATION = {
    "title": "Դիմում համայնքի ղեկավարին",
    "number": "Դ-2026/1184",
    "code": "4817 2260 9315",
    "submitted_at": moment(13, 16, 40),
    "registered_at": date(2026, 11, 16),
    "due_at": date(2026, 12, 16),
    "email": "karen@example.am",
    "status_url": "/case/",
    "receipt_url": "",
    "next_steps": ["Գրասենյակը կգրանցի դիմումը։", "Մասնագետը կպատրաստի պատասխանը։"],
}


def case(**changes: Any) -> dict[str, Any]:
    """A case in the middle of its way, something needed from the resident."""
    return {
        "number": "Դ-2026/1184",
        "code": "4817 2260 9315",
        "title": "Երեխայի ընդունելություն մանկապարտեզ",
        "submitted_at": moment(13, 16, 40),
        "standing": "Սպասում ենք ծննդյան վկայականի ընթեռնելի պատճենին",
        "next_text": "Պատճենը ստանալուց հետո կստուգենք ազատ տեղերը և կպատրաստենք ուղեգիրը։",
        "due_at": date(2026, 12, 16),
        "days_left": 22,
        "is_overdue": False,
        "is_closed": False,
        "needed": {"label": "Կցել ծննդյան վկայականը", "url": "/attach/", "due_at": date(2026, 11, 30), "days_left": 6},
        "stages": [
            {"title": "Գրանցվել է", "note": "16 նոյեմբերի", "state": "done"},
            {"title": "Քննվում է", "note": "հիմա այստեղ է", "state": "current"},
            {"title": "Որոշում", "note": "մինչև 16 դեկտեմբերի", "state": "todo"},
            {"title": "Ուղեգիր", "note": "էլ. փոստով", "state": "todo"},
        ],
        "timeline": [
            {
                "at": moment(19, 10, 20),
                "text": "Ձեզանից փաստաթուղթ ենք խնդրել։",
                "detail": "Կցված լուսանկարում վկայականի համարը չի երևում։",
            },
            {"at": moment(16, 5, 0), "text": "Դիմումը գրանցվել է։ 30-օրյա ժամկետը սկսվել է։", "detail": ""},
        ],
        "files": [
            {
                "title": "Ծննդյան վկայական (լուսանկար)",
                "url": "/f/1/",
                "kind": "JPG",
                "size": 1_240_000,
                "at": moment(13, 16, 40),
                "note": "անընթեռնելի է, պետք է փոխարինել",
            }
        ],
        "answer": None,
        "responsible": {
            "name": "Հասմիկ Օհանյան",
            "office": "կրթության և մշակույթի բաժին",
            "phone": "0286 0-00-12",
            "phone_href": "tel:+37428600012",
        },
        "messages": [
            {
                "author": "Հասմիկ Օհանյան",
                "at": moment(19, 10, 20),
                "text": "Խնդրում եմ կցել ավելի պարզ լուսանկար կամ սքան։",
                "is_own": False,
            },
            {
                "author": "",
                "at": moment(20, 5, 12),
                "text": "Բարև Ձեզ։ Այսօր երեկոյան կլուսանկարեմ և կկցեմ։",
                "is_own": True,
            },
        ],
        "views": [{"at": moment(19, 10, 2), "text": "Գլխավոր մասնագետ Հ. Օհանյան, դիմումի քննություն"}],
        **changes,
    }


ANSWER = {
    "text": "Հարգելի՛ Կարեն Հակոբյան, 3-րդ փողոցի լուսավորությունը կվերականգնվի մինչև դեկտեմբերի 10-ը։",
    "decided_at": moment(23, 8, 0),
    "files": [{"title": "Պատասխան գրություն", "url": "/f/2/", "kind": "PDF", "size": 84_000, "at": moment(23, 8, 0)}],
    "outcome": "granted",
    "outcome_text": "Բավարարվել է",
    "reasons": "",
    "appeal_text": "Կարող եք բողոքարկել երկու ամսվա ընթացքում։",
}
MAILS = [
    {
        "url": "/outbox/1/",
        "to": "karen@example.am",
        "subject": "Ձեր դիմումը ստացվել է. Դ-2026/1184",
        "sent_at": moment(13, 16, 41),
    }
]
MARZES = [
    {
        "name": f"Մարզ {marz}",
        "communities": [
            {
                "name": f"Համայնք {marz}-{at}",
                "url": "/x/" if at % 3 == 0 else "",
                "status": ["active", "provisioning", "draft"][at % 3],
                "status_text": ["գործում է", "ստեղծվում է", ""][at % 3],
                "population": 9000,
            }
            for at in range(7)
        ],
    }
    for marz in range(1, 11)
]
OFFICE = {
    "name": "Կրթության և մշակույթի բաժին",
    "text": "երկուշաբթի–ուրբաթ, 9:00–18:00",
    "phone": "0286 0-00-12",
    "phone_href": "tel:+37428600012",
    "url": "",
}
RELATED = [
    {"title": "Մանկապարտեզի վճարի արտոնություն", "url": "/r/1/"},
    {"title": "Տեղեկանք ընտանիքի կազմի մասին", "url": "/r/2/"},
]

KEPT = {
    "title": "Շինարարության թույլտվություն",
    "link": "http://meghri.localhost/apply/building-permit/x/",
    "code": "K7MP 4RTX 9ACD",
    "until": date(2026, 12, 25),
    "resume_url": "/resume/",
}
