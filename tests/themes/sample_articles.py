"""Believable announcements, events, discussions and publications, as plain objects of themes/README.md."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator

from tests.themes.sample_values import field, page

PAPER = SimpleNamespace(title="Մեկնարկային գներ", url="/documents/1/", file_extension="pdf", file_size=120_400)
FILES = [{"document": PAPER, "date": date(2026, 11, 20), "note": "Հաստատված է ավագանու որոշմամբ"}]
UPKEEP = {"updated_at": date(2026, 11, 20), "reviewed_until": None, "legal_basis": "11-րդ հոդված"}


def announcement(**values: Any) -> SimpleNamespace:
    return page(
        **{
            **UPKEEP,
            "title": "Լիճք գյուղի հողամասի աճուրդ",
            "url": "/announcements/1/",
            "date": date(2026, 11, 20),
            "published_on": date(2026, 11, 20),
            "expires_on": date(2026, 12, 10),
            "is_ended": False,
            "settlement": "Լիճք",
            "get_kind_display": "Աճուրդ",
            "azdarar": "https://azdarar.am/1",
            "azdarar_url": "https://azdarar.am/1",
            **values,
        }
    )


def event(day: int = 28, **values: Any) -> SimpleNamespace:
    starts = datetime(2026, 11, day, 8, 0, tzinfo=UTC)
    return page(
        **{
            **UPKEEP,
            "title": "Նռան տոն",
            "url": "/events/1/",
            "date": date(2026, 11, day),
            "last_date": date(2026, 11, day),
            "starts_at": starts,
            "ends_at": None,
            "is_all_day": False,
            "is_past": False,
            "place": "Կենտրոնական հրապարակ",
            "settlement": "Մեղրի",
            "online_url": "",
            "image": None,
            **values,
        }
    )


class Stage(str):
    """A stage as templates see it: a code with a label."""

    label = "Առաջարկներն ընդունվում են"


def consultation(**values: Any) -> SimpleNamespace:
    return page(
        **{
            **UPKEEP,
            "title": "2027 թվականի բյուջեի նախագիծը",
            "url": "/hearings/1/",
            "get_kind_display": "Հանրային լսում",
            "settlement": "Ագարակ",
            "opens_on": date(2026, 11, 16),
            "closes_on": date(2026, 12, 8),
            "meets_at": datetime(2026, 12, 1, 13, 0, tzinfo=UTC),
            "place": "Մշակույթի տուն",
            "online_url": "",
            "stage": Stage("open"),
            "days_left": 14,
            "result_on": date(2026, 12, 10),
            "result": [],
            **values,
        }
    )


STAGES = [
    {"title": "Հայտարարված է", "state": "done"},
    {"title": "Առաջարկներն ընդունվում են", "state": "current"},
    {"title": "Արդյունքը հրապարակված է", "state": "todo"},
]
DRAFTS = [
    {
        "title": "Բյուջեի նախագիծ",
        "text": "<p>Հիմնավորում</p>",
        "document": PAPER,
        "edraft_number": "9398",
        "edraft_url": "https://e-draft.am/projects/9398",
    }
]
DIGEST = [
    {
        "author": "Բնակիչ",
        "date": date(2026, 11, 18),
        "content": "Ավելացնել գյուղական ճանապարհների գումարը։",
        "conclusion": "Ընդունվել է մասամբ",
        "changes": "",
    }
]
COMMENTS = [
    SimpleNamespace(uuid="0001", author="Կարեն Հակոբյան", text="Ավելացրեք ճանապարհներ։", created_at=date(2026, 11, 18)),
    SimpleNamespace(uuid="0002", author="", text="Համաձայն եմ։", created_at=date(2026, 11, 19)),
]
CHAPTERS = [
    {
        "number": 1,
        "title": "Որտեղ ենք հիմա",
        "text": "Իրավիճակը",
        "url": "/p/1/",
        "is_current": True,
        "body": [],
        "lede": "",
    },
    {
        "number": 2,
        "title": "Ինչ ենք անելու",
        "text": "",
        "url": "/p/2/",
        "is_current": False,
        "body": [],
        "lede": "Նպատակ",
    },
]
WEEK: list[Any] = [None, *({"date": date(2026, 11, day), "events": [], "is_today": day == 3} for day in range(2, 8))]
MONTH = {
    "first": date(2026, 11, 1),
    "weeks": [WEEK, [{"date": date(2026, 11, 28), "events": [event()], "is_today": False}, *([None] * 6)]],
    "url": "/events/2026/11/",
    "previous_url": "/events/2026/10/",
    "previous": date(2026, 10, 1),
    "next_url": "/events/2026/12/",
    "next": date(2026, 12, 1),
}
DAYS = [{"name": f"Օր {number}", "short": f"Օ{number}"} for number in range(1, 8)]


def ask(with_errors: bool = False) -> dict[str, Any]:
    """A short form of the community's own."""
    return {
        "title": "Ուղարկել առաջարկ",
        "fields": [field("text", "name", "Անուն"), field("textarea", "text", "Ձեր առաջարկը")],
        "groups": [],
        "errors": [{"id": "f-name", "message": "Գրեք ձեր անունը"}] if with_errors else [],
        "action": "",
        "submit_label": "Ուղարկել",
        "back_url": "/hearings/1/",
        "trap": "website",
    }


def page_of(rows: list[Any]) -> Any:
    return Paginator(rows, 20).get_page(1)


def article_pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name of the sample -> template and context."""
    chips = [{"title": "Աճուրդ", "url": "/announcements/kind/auction/", "total": 3, "is_current": True}]
    lists = {
        "all_url": "/announcements/",
        "all_total": 4,
        "archive_url": "/announcements/archive/",
        "feed_url": "/a.rss",
    }
    events = {"month": MONTH, "weekdays": DAYS, "upcoming_url": "/events/", "archive_url": "/events/archive/"}
    talks = {"archive_url": "/hearings/archive/", "running_url": "/hearings/", "has_archive": True}
    steps = [
        {"title": "Հավաքեք փաստաթղթերը", "text": "<p>Երեք թուղթ։</p>", "links": [{"title": "Ձևաթղթեր", "url": "/f/"}]}
    ]
    folders = [{"id": "f-1", "title": "Դիմումներ", "text": "Լրացնելու համար", "files": FILES}]
    tree = [{"title": "Համայնք", "url": "/c/", "children": [{"title": "Բնակավայրեր", "url": "/c/b/", "children": []}]}]
    publication = {"title": "Հնգամյա ծրագիր", "url": "/p/", "updated_at": None}
    return {
        "announcements": (
            "cms/announcement_index_page.html",
            {"page": page(), "page_obj": page_of([announcement()] * 3), "filters": chips, **lists},
        ),
        "announcements-archive": (
            "cms/announcement_index_page.html",
            {"page": page(), "page_obj": page_of([]), "filters": [], "is_archive": True, **lists},
        ),
        "announcements-none": ("cms/announcement_index_page.html", {"page": page(), "page_obj": page_of([]), **lists}),
        "announcement": (
            "cms/announcement_page.html",
            {"page": announcement(), "files": FILES, "related": [{"title": "Մրցույթ", "url": "/x/"}]},
        ),
        "announcement-ended": ("cms/announcement_page.html", {"page": announcement(is_ended=True, azdarar="")}),
        "events": (
            "cms/event_index_page.html",
            {"page": page(), "page_obj": page_of([event(), event(29)]), "shown": "upcoming", **events},
        ),
        "events-none": (
            "cms/event_index_page.html",
            {"page": page(), "page_obj": page_of([]), "shown": "month", **events},
        ),
        "event": ("cms/event_page.html", {"page": event(), "calendar_url": "/events/x.ics", "related": []}),
        "event-days": (
            "cms/event_page.html",
            {"page": event(is_all_day=True, last_date=date(2026, 11, 30), is_past=True), "related": []},
        ),
        "guide": (
            "cms/guide_page.html",
            {"page": page(**UPKEEP), "steps": steps, "related": [{"title": "Տուն", "url": "/h/"}]},
        ),
        "guide-empty": ("cms/guide_page.html", {"page": page(), "steps": []}),
        "publication": (
            "cms/publication_page.html",
            {
                "page": page(date=date(2026, 3, 1), number="Որոշում N 12-Ա", **UPKEEP),
                "chapters": CHAPTERS,
                "files": FILES,
                "whole_url": "/p/whole/",
            },
        ),
        "publication-whole": ("cms/publication_whole.html", {"page": page(**UPKEEP), "chapters": CHAPTERS}),
        "chapter": (
            "cms/chapter_page.html",
            {
                "page": page(**UPKEEP),
                "publication": publication,
                "chapters": CHAPTERS,
                "number": 1,
                "previous": None,
                "following": CHAPTERS[1],
                "whole_url": "/p/whole/",
            },
        ),
        "gallery": (
            "cms/gallery_page.html",
            {
                "page": page(date=None),
                "albums": [page(title="Նռան տոն", url="/g/1/", date=date(2026, 11, 1), image=None)],
                "photos": [],
                "page_obj": page_of([]),
            },
        ),
        "gallery-none": (
            "cms/gallery_page.html",
            {"page": page(date=date(2026, 11, 1)), "albums": [], "photos": [], "page_obj": page_of([])},
        ),
        "documents": (
            "cms/documents_page.html",
            {"page": page(**UPKEEP), "folders": folders, "toc": [], "children": []},
        ),
        "documents-none": ("cms/documents_page.html", {"page": page(), "folders": [], "toc": [], "children": []}),
        "own-form": ("cms/form_page.html", {"page": page(purpose="Պատասխանելու համար"), "form": ask()}),
        "own-form-errors": ("cms/form_page.html", {"page": page(), "form": ask(with_errors=True)}),
        "own-form-sent": ("cms/form_sent.html", {"page": page(url="/f/", thanks="Կպատասխանենք երեք օրում։")}),
        "discussions": (
            "cms/consultation_index_page.html",
            {"page": page(**UPKEEP), "page_obj": page_of([consultation()]), **talks},
        ),
        "discussions-none": ("cms/consultation_index_page.html", {"page": page(), "page_obj": page_of([]), **talks}),
        "discussion": (
            "cms/consultation_page.html",
            {
                "page": consultation(body=[]),
                "stages": STAGES,
                "drafts": DRAFTS,
                "digest": DIGEST,
                "comments": COMMENTS,
                "comments_total": 2,
                "page_obj": page_of(COMMENTS),
                "comment_url": "/hearings/1/comment/",
            },
        ),
        "discussion-comment": ("cms/consultation_comment.html", {"page": consultation(), "form": ask()}),
        "discussion-sent": ("cms/consultation_sent.html", {"page": consultation()}),
        "gone": ("cms/gone.html", {"section": {"title": "Նորություններ", "url": "/news/"}}),
        "site-map": ("cms/site_map_page.html", {"page": page(), "branches": tree}),
    }
