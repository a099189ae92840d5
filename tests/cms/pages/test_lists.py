"""Lists that follow from dates, feeds and calendars that programs read, and what publishing makes fresh."""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.core.paginator import Paginator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.models import NewsIndexPage, NewsPage
from cms.models.news import news_of
from cms.models.paging import LongListPaginator
from cms.views import robots
from tests.cms.pages import examples


def test_an_announcement_moves_to_the_archive_after_its_last_day(in_meghri, meghri, client_for, time_machine):
    today = timezone.localdate()
    page = examples.announcement("Լիճքի հողամասի աճուրդ", published_on=today, expires_on=today + timedelta(days=3))
    client = client_for(meghri)
    assert "Լիճքի" in client.get("/announcements/").content.decode()
    assert "Լիճքի" in client.get("/announcements/kind/auction/").content.decode()
    assert client.get("/announcements/kind/nothing/").status_code == 404
    time_machine.move_to(timezone.now() + timedelta(days=4))
    assert "Լիճքի" not in client.get("/announcements/").content.decode()
    assert "Լիճքի" in client.get("/announcements/archive/").content.decode()
    assert "այլևս ուժի մեջ չէ" in client.get(page.url).content.decode()


def test_a_page_that_names_today_is_kept_until_midnight(in_meghri, meghri, client_for, time_machine):
    examples.event("Վաղվա տոն", in_days=1)
    client = client_for(meghri)
    client.get("/community/events/")
    assert client.get("/community/events/")["X-Page-Cache"] == "hit"
    time_machine.move_to(timezone.now() + timedelta(days=2))
    answer = client.get("/community/events/")
    assert answer["X-Page-Cache"] == "miss" and "Վաղվա տոն</a></h3>" not in answer.content.decode()
    assert "Վաղվա տոն</a></h3>" in client.get("/community/events/archive/").content.decode()


def test_a_month_is_an_address_and_its_days_are_links(in_meghri, meghri, client_for):
    event = examples.event("Նռան տոն", in_days=40)
    day = event.date
    client = client_for(meghri)
    html = client.get(f"/community/events/{day.year}/{day.month:02}/").content.decode()
    assert "Նռան տոն" in html and f'href="{event.url}"' in html and 'rel="next"' in html
    assert client.get("/community/events/2026/13/").status_code == 404
    assert client.get("/community/events/1800/01/").status_code == 404
    assert client.get("/community/events/2100/12/").status_code == 200


def test_the_language_switch_keeps_the_month(in_meghri, meghri, client_for):
    html = client_for(meghri).get("/community/events/2026/12/").content.decode()
    assert 'href="/en/community/events/2026/12/"' in html


@pytest.mark.parametrize(
    ("make", "path"),
    [
        (examples.announcement, "/announcements.rss"),
        (examples.event, "/events.rss"),
        (examples.consultation, "/consultations.rss"),
    ],
)
def test_feeds_are_rss_with_whole_addresses(in_meghri, meghri, client_for, make, path):
    page = make("Հետևելու բան & այլ")
    answer = client_for(meghri).get(path)
    channel = ElementTree.fromstring(answer.content).find("channel")
    items = channel.findall("item")
    assert [item.findtext("title") for item in items] == [page.title]
    for link in (channel.findtext("link"), items[0].findtext("link"), items[0].findtext("guid")):
        assert re.match(r"https?://meghri\.", link), link
    assert items[0].findtext("pubDate")
    assert client_for(meghri).get(f"/en{path}").status_code == 200


def test_an_event_is_a_calendar_that_programs_understand(in_meghri, meghri, client_for):
    event = examples.event("Նռան տոն; մաս 1, գլխավոր հրապարակում՝ երաժշտությամբ և պարերով մինչև ուշ գիշեր")
    answer = client_for(meghri).get(f"/events/{event.slug}.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    text = answer.content.decode()
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = text.replace("\r\n ", "").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2] == "END:VCALENDAR"
    assert f"DTSTART:{event.starts_at:%Y%m%dT}080000Z" in lines
    assert any(line.startswith("SUMMARY:Նռան տոն\\; մաս 1\\, գլխավոր") for line in lines)
    assert any(line.startswith("UID:") for line in lines) and any(line.startswith("DTSTAMP:") for line in lines)
    assert client_for(meghri).get("/events/nothing.ics").status_code == 404


def test_a_whole_day_ends_on_the_next_one(in_meghri, meghri, client_for):
    event = examples.event("Քաղաքի օր", is_all_day=True)
    text = client_for(meghri).get("/events.ics").content.decode()
    assert f"DTSTART;VALUE=DATE:{event.date:%Y%m%d}" in text
    assert f"DTEND;VALUE=DATE:{event.date + timedelta(days=1):%Y%m%d}" in text


def test_publishing_makes_lists_feeds_and_calendars_fresh(
    in_meghri, meghri, client_for, django_capture_on_commit_callbacks
):
    client = client_for(meghri)
    paths = {
        examples.announcement: ["/announcements/", "/announcements.rss"],
        examples.event: ["/community/events/", "/events.ics", "/events.rss"],
        examples.consultation: ["/open-government/hearings/", "/consultations.rss"],
    }
    for make, shown in paths.items():
        for path in shown:
            client.get(path)
            assert client.get(path)["X-Page-Cache"] == "hit", path
        with django_capture_on_commit_callbacks(execute=True):
            make("Նոր բան")
        for path in shown:
            answer = client.get(path)
            assert answer["X-Page-Cache"] == "miss" and "Նոր բան" in answer.content.decode(), path


def test_the_site_map_asks_no_more_for_more_pages(in_meghri, meghri, client_for, django_capture_on_commit_callbacks):
    client = client_for(meghri)
    with CaptureQueriesContext(connection) as few:
        first = client.get("/sitemap.xml").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(10):
            examples.announcement(f"Հայտարարություն {number}")
    with CaptureQueriesContext(connection) as many:
        second = client.get("/sitemap.xml").content.decode()
    # One for each register that a page shows, besides those of the tree.
    assert len(many) <= len(few) <= 30
    assert second.count("<url>") == first.count("<url>") + 10
    assert 'hreflang="en"' in second
    ElementTree.fromstring(second)


def test_a_long_site_map_is_divided(in_meghri, meghri, client_for, monkeypatch):
    monkeypatch.setattr(robots, "MAX_ADDRESSES", 50)
    client = client_for(meghri)
    index = client.get("/sitemap.xml").content.decode()
    assert "<sitemapindex" in index and "/sitemap-1.xml" in index
    assert client.get("/sitemap-1.xml").content.decode().count("<url>") == 50
    assert client.get("/sitemap-99.xml").status_code == 404


def test_dates_of_announcements_are_in_order(in_meghri):
    from django.db import IntegrityError, transaction

    page = examples.announcement()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(page).objects.filter(pk=page.pk).update(expires_on=date(2000, 1, 1))


def test_every_page_of_a_long_list_is_what_it_would_be_by_counting_off(in_meghri, django_assert_num_queries):
    """Pages of the farther half are counted from the end; news of one day keep their order."""
    parent = NewsIndexPage.objects.get(locale__language_code="hy")
    for number in range(7):
        parent.add_child(
            instance=NewsPage(title=f"{number}", slug=f"long-{number}", date=date(2026, 5, 1 + number // 4))
        )
    for size in (1, 2, 3, 4, 100):
        plain, ours = Paginator(news_of(parent), size), LongListPaginator(news_of(parent), size)
        assert ours.num_pages == plain.num_pages
        for number in plain.page_range:
            assert list(ours.page(number)) == list(plain.page(number)), (size, number)
    with django_assert_num_queries(3):  # how many there are, their keys, the rows
        assert len(list(LongListPaginator(news_of(parent).prefetch_related(None), 3).page(2))) == 3
