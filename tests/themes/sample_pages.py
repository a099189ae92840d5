"""One believable context for every template of the look: what views of other rooms hand over (themes/README.md)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.core.paginator import Paginator

from tests.themes.sample_articles import article_pages
from tests.themes.sample_outreach import outreach_pages
from tests.themes.sample_own import OWN_ANSWER, OWN_RATING, TOGETHER
from tests.themes.sample_records import record_pages
from tests.themes.sample_values import (
    ANSWER,
    CONFIRMATION,
    CRUMBS,
    HELP,
    HOURS,
    KEPT,
    MAILS,
    MARZES,
    OFFICE,
    PLACES,
    RELATED,
    REVIEW,
    SERVICE,
    TODAY,
    case,
    field,
    form,
    news,
    page,
)

SESSION = {
    "title": "Ավագանու 11-րդ նիստ",
    "url": "/s/11/",
    "date": datetime(2026, 11, 27, 7, 0, tzinfo=UTC),
    "has_time": True,
    "place": "Մեղրի, նիստերի դահլիճ",
    "is_live": False,
}
HEARINGS = [
    {
        "title": "Մեղրի համայնքի 2027 թվականի բյուջեի նախագիծը",
        "url": "/h/1/",
        "text": "Ստացվել է 12 առաջարկ։",
        "until": date(2026, 12, 8),
    }
]
EVENTS = [
    {
        "title": "Նռան տոն",
        "url": "/ev/1/",
        "starts_at": datetime(2026, 11, 28, 8, 0, tzinfo=UTC),
        "place": "Մեղրի, կենտրոնական հրապարակ",
    }
]


LISTS = [
    {
        "title": "թափուր պաշտոններ",
        "page_title": "Թափուր պաշտոններ",
        "url": "/v/",
        "rows": [
            {
                "title": "Քաղաքաշինության, հողաշինության և գյուղատնտեսության բաժնի առաջատար մասնագետ",
                "url": "/v/1/",
                "date": date(2026, 11, 20),
                "cells": [{"name": "unit", "label": "Բաժին", "kind": "text", "text": "աշխատակազմ", "url": ""}],
                "state": {"is_open": True, "text": "բաց է, մնացել է 10 օր"},
            },
            {"title": "Վարորդ", "url": "", "date": None, "cells": [], "state": {"is_open": False, "text": "ավարտված"}},
        ],
        "empty_text": "",
    },
    {"title": "աճուրդներ", "page_title": "", "url": "", "rows": [], "empty_text": "Այստեղ կլինեն աճուրդները։"},
]


def _home(**changes: Any) -> dict[str, Any]:
    tasks = [
        ("Ստանալ տեղեկանք", "Ընտանիքի կազմ, բնակության վայր, գույք"),
        ("Վճարել հարկ կամ տուրք", "Գույքահարկ, աղբահանություն, վարձավճար"),
        ("Գրանցել երեխային մանկապարտեզում", "Վեց մանկապարտեզ, ազատ տեղերը և հերթը"),
        ("Ստանալ շինարարության թույլտվություն", "Նախագիծ, թույլտվություն, ավարտական ակտ"),
        ("Հայտնել խնդրի մասին", "Ճանապարհ, ջուր, լուսավորություն, աղբ"),
        ("Հետևել դիմումին", "Համարով և 12-նիշանոց կոդով"),
    ]
    return {
        "page": page(title="Գլխավոր"),
        "hero": {
            "hints": [{"title": "աղբահանության վճար", "url": "/1/"}, {"title": "ընդունելության ժամեր", "url": "/2/"}]
        },
        "tasks": [{"title": title, "text": text, "url": "/t/"} for title, text in tasks],
        "services_total": 34,
        "services_url": "/a/",
        "alerts": [
            {
                "place": "Լիճք, Տաշտուն",
                "title": "Լեռնային ճանապարհին մերկասառույց է",
                "text": "Մինչև 25 նոյեմբերի։ Երթևեկեք միայն ձմեռային անվադողերով։",
                "url": "",
            },
            {
                "place": "Ագարակ",
                "title": "Ջրի անջատում՝ 25 նոյեմբերի, 10:00–16:00",
                "text": "Գարեգին Նժդեհի և Գործարանային փողոցներում փոխում են խողովակները։",
                "url": "/x/",
            },
        ],
        "news": news(3),
        "news_url": "/e/",
        "figures": [
            {"label": "բնակիչ, 2011 թ. մարդահամար", "value": "11\xa0377", "unit": ""},
            {"label": "բնակավայր", "value": "15", "unit": ""},
            {"label": "2026 թ. բյուջեն", "value": "1\xa0384", "unit": "մլն\xa0֏"},
        ],
        "places": [{"name": name, "population": population, "url": ""} for name, population in PLACES],
        "places_note": "Բնակիչների թիվը՝ 2011 թ. մարդահամարով",
        "hours": HOURS,
        **changes,
    }


def sample_pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name -> (template, context without `site`), every public template at least once, empty and full."""
    return {
        **article_pages(),
        "home": ("cms/home_page.html", _home()),
        "home-news-first": (
            "cms/home_page.html",
            _home(session=SESSION, hearings=HEARINGS, events=EVENTS, lists=LISTS),
        ),
        "home-bare": ("cms/home_page.html", {"page": page(title="Գլխավոր"), "hours": []}),
        "section": (
            "cms/section_page.html",
            {
                "page": page(),
                "children": [
                    {"title": "Լեհվազ", "url": "/l/", "text": "571 բնակիչ"},
                    {"title": "Ագարակ", "url": "/a/", "text": ""},
                ],
                "crumbs": CRUMBS[:1],
            },
        ),
        "section-empty": ("cms/section_page.html", {"page": page(), "children": []}),
        "content": (
            "cms/content_page.html",
            {
                "page": page(
                    updated_at=TODAY,
                    reviewed_until=date(2027, 5, 9),
                    legal_basis="«Տեղական ինքնակառավարման մասին» օրենք, 11-րդ հոդված",
                ),
                "toc": [],
                "related": RELATED,
                "office": OFFICE,
                "crumbs": CRUMBS,
                "feedback_url": "/feedback/",
            },
        ),
        "news-index": (
            "cms/news_index_page.html",
            {
                "page": page(title="Նորություններ"),
                "page_obj": Paginator(news(300), 9).get_page(4),
                "crumbs": CRUMBS[:1],
            },
        ),
        "news-index-empty": (
            "cms/news_index_page.html",
            {"page": page(title="Նորություններ"), "page_obj": Paginator([], 9).get_page(1)},
        ),
        "news": (
            "cms/news_page.html",
            {
                "page": page(
                    title=news(1)[0].title,
                    date=date(2026, 11, 20),
                    place="Լեհվազ, Վարդանիձոր",
                    image=None,
                    publisher="տեղեկատվության բաժինը",
                    updated_at=TODAY,
                ),
                "facts": [{"label": "Արժեքը", "value": "312 մլն ֏"}],
                "related": RELATED,
                "crumbs": CRUMBS,
            },
        ),
        "contact": (
            "cms/contact_page.html",
            {
                "page": page(title="Կապ և ընդունելություն", lede=""),
                "hours": HOURS,
                "offices": [
                    {
                        "name": "Ագարակ",
                        "address": "Գարեգին Նժդեհի 1",
                        "phone": "0286 0-00-20",
                        "phone_href": "tel:+37428600020",
                        "hours_text": "9:00–18:00",
                    }
                ],
                "people": [
                    {
                        "name": "Բագրատ Զաքարյան (օրինակ)",
                        "post": "Համայնքի ղեկավար",
                        "phone": "0286 0-00-01",
                        "phone_href": "tel:+37428600001",
                        "email": "head@meghri.example",
                        "hours_text": "հինգշաբթի, 15:00–18:00",
                    }
                ],
            },
        ),
        "services": (
            "cms/service_catalogue_page.html",
            {
                "page": page(title="Ծառայություններ", lede="34 ծառայություն, 2-ը՝ առցանց"),
                "groups": [
                    {
                        "title": "Դիմումներ և հարցումներ",
                        "services": [
                            {
                                "title": "Դիմում համայնքի ղեկավարին",
                                "text": "Պատասխանը՝ մինչև 30 օրում",
                                "url": "/s/1/",
                                "is_online": True,
                            },
                            {"title": "Հարցում", "text": "Պատասխանը՝ մինչև 5 օրում", "url": "/s/2/", "is_online": True},
                        ],
                    },
                    {
                        "title": "Երեխաներ և կրթություն",
                        "services": [
                            {
                                "title": "Երեխայի ընդունելություն մանկապարտեզ",
                                "text": "",
                                "url": "/s/3/",
                                "is_online": False,
                            }
                        ],
                    },
                ],
                "services_total": 34,
            },
        ),
        "services-empty": ("cms/service_catalogue_page.html", {"page": page(title="Ծառայություններ"), "groups": []}),
        "service": (
            "cms/service_page.html",
            {
                "page": SERVICE,
                "apply_url": "/apply/x/",
                "facts": [
                    {"label": "Պատասխանը", "value": "մինչև 30 օրում"},
                    {"label": "Արժեքը", "value": "անվճար"},
                    {"label": "Լրացնելը", "value": "մոտ 8 րոպե"},
                ],
                "related": RELATED,
                "crumbs": CRUMBS,
                "feedback_url": "/feedback/",
            },
        ),
        "communities": (
            "cms/communities_page.html",
            {
                "page": page(title="Հայաստանի համայնքները"),
                "marzes": MARZES,
                "communities_total": 70,
                "communities_live": 30,
            },
        ),
        "not-translated": (
            "cms/not_translated.html",
            {"asked": "en", "original": {"title": "Բնակավայրեր", "url": "/b/", "code": "hy"}},
        ),
        "fallback": (
            "cms/section_page.html",
            {"page": page(), "children": [], "fallback": {"asked": "en", "name": "English"}},
        ),
        "search": (
            "search/results.html",
            {
                "query": "տեղեկանք",
                "page_obj": Paginator(
                    [
                        {
                            "title": "Տեղեկանք ընտանիքի կազմի մասին",
                            "url": "/x/",
                            "text": "Ո՞ւմ համար է",
                            "kind": "Ծառայություն",
                            "date": TODAY,
                        }
                    ]
                    * 30,
                    10,
                ).get_page(1),
            },
        ),
        "search-nothing": ("search/results.html", {"query": "xyz", "page_obj": Paginator([], 10).get_page(1)}),
        "search-start": ("search/results.html", {"query": "", "page_obj": None}),
        "form": ("procedures/form.html", {"form": form(False), "help": HELP, "crumbs": CRUMBS}),
        "form-error": ("procedures/form.html", {"form": form(True), "help": HELP, "crumbs": CRUMBS}),
        "review": ("procedures/review.html", {"review": REVIEW, "crumbs": CRUMBS}),
        "confirmation": ("procedures/confirmation.html", {"confirmation": CONFIRMATION}),
        "kept application": ("procedures/kept.html", {"kept": KEPT}),
        "going on": (
            "procedures/resume.html",
            {
                "form": {
                    "title": "Շարունակել անավարտ դիմումը",
                    "intro": "Կոդը ստացել եք, երբ ընտրել եք ավարտել ավելի ուշ։",
                    "action": "/resume/",
                    "errors": [],
                    "groups": [],
                    "submit_label": "Բացել",
                    "fields": [field("text", "code", "Շարունակելու կոդ", size="short")],
                }
            },
        ),
        "lookup": (
            "cases/lookup.html",
            {
                "form": {
                    "fields": [
                        field("text", "number", "Դիմումի համարը", hint="Օրինակ՝ Դ-2026/1184", size="short"),
                        field(
                            "text",
                            "code",
                            "Հետևելու կոդը",
                            hint="12 նիշ",
                            size="short",
                            error="Այս համարով և կոդով դիմում չկա։",
                        ),
                    ],
                    "errors": [{"id": "f-code", "message": "Այս համարով և կոդով դիմում չկա"}],
                    "action": "",
                }
            },
        ),
        "own answer": ("cases/own.html", OWN_ANSWER),
        "own rating": ("cases/own.html", OWN_RATING),
        "together": ("cases/together.html", TOGETHER),
        "together-said": ("cases/together.html", {**TOGETHER, "said": "Շնորհակալություն։", "may_answer": False}),
        "status": ("cases/status.html", {"case": case(), "message_url": "/case/message/", "crumbs": CRUMBS}),
        "status-answered": (
            "cases/status.html",
            {
                "case": case(
                    standing="Պատասխանը պատրաստ է", needed=None, answer=ANSWER, is_closed=True, messages=[], views=[]
                )
            },
        ),
        "status-late": (
            "cases/status.html",
            {"case": case(is_overdue=True, days_left=-2, needed=None, stages=[], timeline=[], files=[])},
        ),
        "outbox": (
            "exchange/outbox.html",
            {"mails": MAILS, "messages_sent": [{**MAILS[0], "text": "Մեղրի: Ձեր դիմումը ստացվել է։"}]},
        ),
        "outbox-empty": ("exchange/outbox.html", {"mails": []}),
        "outbox-mail": (
            "exchange/outbox.html",
            {
                "mail": {
                    **MAILS[0],
                    "sender": "info@meghri.example",
                    "body": "Բարև Ձեզ։\n\nhttp://meghri.localhost:8000/case/",
                    "attachments": [{"name": "ստացական.pdf", "size": 41_000}],
                    "list_url": "/outbox/",
                }
            },
        ),
        "404": ("404.html", {}),
        "500": ("500.html", {}),
        "csrf": ("403_csrf.html", {}),
        "suspended": ("tenants/suspended.html", {"community": {"name": "Մեղրի համայնք"}}),
        "maintenance": ("tenants/maintenance.html", {}),
        "unknown-host": ("tenants/unknown_host.html", {}),
        **outreach_pages(),
        **record_pages(),
    }
