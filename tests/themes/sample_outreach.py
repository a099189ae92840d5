"""Values for the pages of alerts, feedback, subscriptions and polls."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator

from tests.themes.sample_values import field

WATER = {
    "id": "a1",
    "kind": "water",
    "kind_text": "ջրի անջատում",
    "place": "Ագարակ",
    "place_slugs": "agarak",
    "title": "Ջրի անջատում՝ 25 նոյեմբերի, 10:00–16:00",
    "text": "Գարեգին Նժդեհի և Գործարանային փողոցներում փոխում են խողովակները։",
    "url": "/alerts/a1/",
    "period": "25 նոյեմբերի 2026, 10:00–16:00",
    "source": "«Ջուր» ՓԲԸ",
    "is_dismissible": True,
}
EMERGENCY = {**WATER, "id": "a2", "kind": "emergency", "title": "Մերկասառույց", "place": "", "is_dismissible": False}
PLACES = [
    {"name": "Ագարակ", "url": "/alerts/in/agarak/", "is_current": True},
    {"name": "Շվանիձոր", "url": "/alerts/in/shvanidzor/", "is_current": False},
]

FEEDBACK = {
    "title": "Շնորհակալություն",
    "stage": "ask",
    "useful": "0",
    "back": {"title": "Բյուջե", "url": "/open-government/budget/", "lang": "hy"},
    "honeypot": "website",
    "field": field("textarea", "text", "Ի՞նչն էր պակաս", hint="Առավելագույնը 500 նիշ։", maxlength=500),
}

SUBSCRIBE = {
    "title": "Նորություններն էլ. փոստով",
    "form": {
        "fields": [
            field("email", "email", "Ձեր էլ. փոստը", error="Գրեք հասցեն", autocomplete="email"),
            field("checkboxes", "topics", "Ինչի մասին", choices=[{"value": "news", "label": "Լուրեր"}]),
        ],
        "errors": [{"id": "f-email", "message": "Գրեք հասցեն"}],
    },
    "honeypot": "website",
    "feeds": [{"title": "Նորություններ", "url": "/news.rss"}],
}

POLL = {"title": "Այգի", "text": "Հարցնում ենք", "period": "1–8 դեկտեմբերի", "url": "/polls/1/", "participants": 12}
RESULTS = [
    {
        "question": "Այգի՞",
        "rows": [{"label": "Այո", "count": 9, "share": 75}, {"label": "Ոչ", "count": 3, "share": 25}],
        "average": 3.5,
    },
    {"question": "Ինչո՞ւ", "rows": [], "texts": 2},
]


def outreach_pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name of a sample -> template and context."""
    return {
        "alerts": (
            "outreach/alerts.html",
            {
                "title": "Ահազանգեր. Ագարակ",
                "place": {"slug": "agarak", "name": "Ագարակ"},
                "places": PLACES,
                "all_url": "/alerts/",
                "current": [EMERGENCY, WATER],
                "planned": [WATER],
                "page_obj": Paginator([WATER] * 45, 20).get_page(2),
                "feed_url": "/alerts.rss",
                "json_url": "/alerts.json",
            },
        ),
        "alerts-none": (
            "outreach/alerts.html",
            {
                "title": "Ահազանգեր և անջատումներ",
                "places": PLACES,
                "all_url": "/alerts/",
                "current": [],
                "planned": [],
                "page_obj": Paginator([], 20).get_page(1),
                "feed_url": "/alerts.rss",
                "json_url": "/alerts.json",
            },
        ),
        "alert": (
            "outreach/alert.html",
            {
                "alert": WATER,
                "state": "current",
                "more": {"title": "Հայտարարություն", "url": "/announcements/1/"},
                "updated_at": datetime(2026, 11, 24, 12, 30),
            },
        ),
        "feedback": ("outreach/feedback.html", FEEDBACK),
        "feedback-said": ("outreach/feedback.html", {**FEEDBACK, "stage": "said"}),
        "feedback-refused": ("outreach/feedback.html", {**FEEDBACK, "stage": "refused", "title": "Չի հաշվվել"}),
        "subscribe": ("outreach/subscribe.html", SUBSCRIBE),
        "subscription-settings": (
            "outreach/subscribe.html",
            {**SUBSCRIBE, "email": "anna@example.am", "done": "Պահպանվել է։", "unsubscribe_url": "/u/", "feeds": []},
        ),
        "subscription": (
            "outreach/subscription.html",
            {"title": "Հաստատեք", "text": "Կգրենք", "topics": ["Նորություններ"], "button": "Այո", "again_url": "/s/"},
        ),
        "polls": (
            "outreach/polls.html",
            {
                "title": "Հարցումներ",
                "open": [POLL],
                "announced": [POLL],
                "page_obj": Paginator([POLL] * 3, 2).get_page(1),
            },
        ),
        "poll": (
            "outreach/poll.html",
            {
                "poll": POLL,
                "state": "open",
                "form": {"fields": [field("radio", "q1", "Այգի՞", choices=[{"value": "1", "label": "Այո"}])]},
                "token": "t",
                "honeypot": "website",
            },
        ),
        "poll-closed": ("outreach/poll.html", {"poll": POLL, "state": "closed", "results": RESULTS}),
        "alert-past": (
            "outreach/alert.html",
            {"alert": EMERGENCY, "state": "past", "updated_at": datetime(2026, 11, 24, 12, 30)},
        ),
    }
