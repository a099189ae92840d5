"""Broadcasts of the council: announced, live and recorded by the clock; no other site is asked before a click."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.authoring import records
from cms.authoring.pages import add_page
from cms.models import AnnouncementPage, ConsultationPage, EventPage
from cms.records import live
from cms.records.models import Video

BEGINS = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
ENDS = BEGINS + timedelta(hours=3)
LINK = "https://www.youtube.com/watch?v=abcdefghijk"


@pytest.fixture
def broadcast(meghri, as_tenant):
    as_tenant(meghri)
    words = {"hy": "Ավագանու հերթական նիստ", "en": "Session of the council", "ru": ""}
    return records.add(Video, words, link=LINK, is_live=True, live_from=BEGINS, live_to=ENDS, date=BEGINS.date())


def at(moment: datetime):
    return time_machine.travel(moment, tick=False)


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (BEGINS - timedelta(minutes=1), "announced"),
        (BEGINS, "live"),
        (ENDS - timedelta(seconds=1), "live"),
        (ENDS, "recorded"),
    ],
)
def test_the_clock_says_where_a_broadcast_stands(broadcast, moment, state):
    assert broadcast.state(moment) == state


def test_a_broadcast_without_times_runs_until_somebody_ends_it(broadcast):
    broadcast.live_from = broadcast.live_to = None
    assert broadcast.state(ENDS + timedelta(days=9)) == "live"
    broadcast.is_live = False
    assert broadcast.state(BEGINS) == "recorded"


@pytest.mark.parametrize(
    "fields",
    [{"live_to": None}, {"live_from": None}, {"live_to": BEGINS}, {"is_live": False}],
    ids=["no end", "no beginning", "ends at once", "not live"],
)
def test_times_that_make_no_sense_are_refused_by_form_and_table(broadcast, fields):
    for name, value in fields.items():
        setattr(broadcast, name, value)
    with pytest.raises(ValidationError):
        broadcast.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        broadcast.save()


def test_home_and_the_page_of_the_sessions_follow_the_clock(broadcast, meghri, client_for):
    """Kept pages end when the broadcast begins and when it ends."""
    client = client_for(meghri)
    with at(BEGINS - timedelta(minutes=5)):
        home = client.get("/")
        assert home.context["session"]["is_live"] is False and home.context["session"]["date"] == BEGINS
        assert client.get("/self-government/sessions/").context["sessions"]["awaited"]["is_live"] is False
        assert client.get("/")["X-Page-Cache"] == "hit"
    with at(BEGINS + timedelta(minutes=1)):
        home = client.get("/")
        assert home["X-Page-Cache"] == "miss" and "live__flag" in home.content.decode()
        sessions = client.get("/self-government/sessions/")
        assert "on-air" in sessions.content.decode() and sessions.context["sessions"]["recordings"] == []
    with at(ENDS + timedelta(minutes=1)):
        assert client.get("/").context["session"] is None
        sessions = client.get("/self-government/sessions/").context["sessions"]
        assert sessions["awaited"] is None and len(sessions["recordings"]) == 1


def test_nothing_is_asked_of_another_site_before_the_click(broadcast, meghri, client_for):
    url = f"/community/videos/{broadcast.address}/"
    client = client_for(meghri)
    with at(BEGINS + timedelta(minutes=1)):
        before = client.get(url)
        assert "<iframe" not in before.content.decode() and "youtube-nocookie" not in before.content.decode()
        assert "frame-src" not in before["Content-Security-Policy"]
        after = client.get(f"{url}?play=1")
    assert f'src="{live.PLAYER}/embed/abcdefghijk"' in after.content.decode()
    assert f"frame-src {live.PLAYER}" in after["Content-Security-Policy"]
    assert "X-Page-Cache" not in after


@pytest.mark.parametrize(
    ("link", "player"),
    [
        (LINK, f"{live.PLAYER}/embed/abcdefghijk"),
        ("https://youtu.be/abcdefghijk?t=5", f"{live.PLAYER}/embed/abcdefghijk"),
        ("https://www.youtube.com/live/abcdefghijk", f"{live.PLAYER}/embed/abcdefghijk"),
        ("https://www.facebook.com/meghri/videos/1", ""),
        ("https://youtube.com.evil.example/watch?v=abcdefghijk", ""),
        ("https://www.youtube.com/watch?v=%22%3E%3Cscript", ""),
    ],
)
def test_only_known_players_are_framed(link, player):
    assert live.player_of(link) == player


def test_a_session_without_a_title_in_a_language_is_not_shown_in_it(broadcast, meghri, client_for):
    with at(BEGINS + timedelta(minutes=1)):
        assert client_for(meghri).get("/en/").context["session"]["title"] == "Session of the council"
        assert client_for(meghri).get("/ru/").context["session"] is None


def test_without_a_broadcast_the_newest_notice_stands_on_the_home_page(meghri, as_tenant, client_for):
    as_tenant(meghri)
    last = timezone.localdate() + timedelta(days=3)
    add_page(
        AnnouncementPage, "s", "hy", below="announcements", title="Նիստ", slug="session", kind="session",
        expires_on=last, settlement="Ագարակ",
    )  # fmt: skip
    client = client_for(meghri)
    shown = client.get("/").context["session"]
    assert (shown["title"], shown["date"], shown["has_time"], shown["place"]) == ("Նիստ", last, False, "Ագարակ")
    with at(timezone.now() + timedelta(days=4)):
        assert client.get("/").context["session"] is None


def test_the_home_page_tells_of_open_hearings_and_next_events_within_its_budget(
    broadcast, meghri, client_for, django_assert_max_num_queries
):
    from cms import chrome, page_cache

    today, now = timezone.localdate(), timezone.now()

    def fill(first: int, last: int) -> None:
        for n in range(first, last):
            add_page(
                ConsultationPage, f"h{n}", "hy", below="hearings", title=f"Քննարկում {n}", slug=f"hearing-{n}",
                opens_on=today - timedelta(days=2), closes_on=today + timedelta(days=9 + n),
            )  # fmt: skip
            add_page(
                EventPage, f"e{n}", "hy", below="events", title=f"Տոն {n}", slug=f"event-{n}",
                starts_at=now + timedelta(days=1 + n), is_all_day=n == 0,
            )  # fmt: skip

    def ask() -> tuple[int, dict]:
        page_cache.pages.clear()
        chrome._known.clear()
        with django_assert_max_num_queries(25) as captured:
            shown = client_for(meghri).get("/")
        return len(captured), shown.context

    fill(0, 1)
    client_for(meghri).get("/")
    few, _context = ask()
    fill(1, 6)
    many, context = ask()
    assert many <= few
    assert [row["title"] for row in context["hearings"]] == ["Քննարկում 0", "Քննարկում 1", "Քննարկում 2"]
    assert len(context["events"]) == 4
    assert context["hearings_url"].endswith("/hearings/") and context["events_url"].endswith("/events/")
