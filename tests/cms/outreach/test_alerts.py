"""An alert stands where it should, from its first minute to its last, in the reader's language or marked as foreign."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cms import page_cache
from cms.outreach import alerts
from cms.outreach.models import Alert
from cms.outreach.workspace.alerts import begun
from cms.seeds.roles import EDITORS
from cms.syndication import services
from cms.syndication.models import SharedItem
from tests.cms.outreach.conftest import NOW


def html(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


@time_machine.travel(NOW, tick=False)
def test_an_alert_stands_on_every_page_and_on_the_home_page(put_alert, meghri, client_for):
    put_alert("Ջրի անջատում՝ մինչև 14:00", title_en="No water until 14:00", text_hy="Փոխում են խողովակները։")
    client = client_for(meghri)
    home = html(client.get("/"))
    assert home.count("Ջրի անջատում՝ մինչև 14:00") == 2
    assert "Շվանիձոր" in home and "24 նոյեմբերի 2026, 10:00–14:00" in home
    assert "Ջրի անջատում՝ մինչև 14:00" in html(client.get("/news/"))
    english = html(client.get("/en/news/"))
    assert "No water until 14:00" in english and "Shvanidzor" in english and "Ջրի" not in english


def test_a_kept_page_loses_the_alert_in_its_last_minute_without_anybody_doing_anything(put_alert, meghri, client_for):
    client = client_for(meghri)
    with time_machine.travel(NOW, tick=False) as clock:
        put_alert("Ջրի անջատում")
        assert "Ջրի անջատում" in html(client.get("/news/"))
        clock.move_to(NOW + timedelta(hours=2, minutes=59))
        kept = client.get("/news/")
        assert kept["X-Page-Cache"] == "hit" and "Ջրի անջատում" in html(kept)
        clock.move_to(NOW + timedelta(hours=3))
        assert "Ջրի անջատում" not in html(client.get("/news/"))


def test_a_planned_alert_is_announced_on_the_home_page_and_begins_by_the_clock(put_alert, meghri, client_for):
    client = client_for(meghri)
    with time_machine.travel(NOW, tick=False) as clock:
        begins = NOW + timedelta(days=4)
        put_alert("Գազի անջատում", kind="gas", starts_at=begins, ends_at=begins + timedelta(hours=2))
        assert "Գազի անջատում" not in html(client.get("/"))
        clock.move_to(begins - timedelta(days=2))
        home = html(client.get("/"))
        assert home.count("Գազի անջատում") == 1 and 'class="alertbar"' not in home
        clock.move_to(begins)
        assert "Գազի անջատում" in html(client.get("/news/"))


@time_machine.travel(NOW, tick=False)
def test_an_untranslated_alert_is_not_withheld_but_marked(put_alert, meghri, client_for):
    alert = put_alert("Մերկասառույց", kind="emergency", is_whole_community=True)
    client = client_for(meghri)
    for page in ("/en/news/", "/en/alerts/", f"/en/alerts/{alert.uuid}/"):
        shown = html(client.get(page))
        assert 'lang="hy"' in shown and "Մերկասառույց" in shown
        assert "not translated yet" in shown


@time_machine.travel(NOW, tick=False)
def test_an_emergency_comes_first_and_cannot_be_hidden_when_the_officer_says_so(put_alert, meghri, client_for):
    put_alert("Ջրի անջատում", starts_at=NOW - timedelta(minutes=5))
    put_alert("Հրդեհ", kind="emergency", is_whole_community=True, is_dismissible=False)
    page = html(client_for(meghri).get("/news/"))
    bar = page[page.index('class="alertbar"') : page.index("</section>", page.index('class="alertbar"'))]
    assert bar.index("Հրդեհ") < bar.index("Ջրի անջատում")
    first = bar[: bar.index("Ջրի անջատում")]
    assert first.count("data-hide") == 0 and "data-alert=" in bar


@time_machine.travel(NOW, tick=False)
def test_the_list_has_what_is_what_will_be_and_what_was(put_alert, meghri, client_for):
    put_alert("Հիմա")
    put_alert("Վաղը", starts_at=NOW + timedelta(days=1), ends_at=NOW + timedelta(days=1, hours=1))
    put_alert("Երեկ", starts_at=NOW - timedelta(days=1), ends_at=NOW - timedelta(hours=20))
    put_alert("Սևագիր", is_published=False)
    page = html(client_for(meghri).get("/alerts/"))
    assert page.index("Հիմա</a>") < page.index("Վաղը</a>") < page.index("Երեկ</a>")
    assert "Սևագիր" not in page


@time_machine.travel(NOW, tick=False)
def test_a_resident_sees_the_alerts_of_the_own_settlement_and_of_all(put_alert, meghri, client_for):
    put_alert("Շվանիձորում")
    put_alert("Լեհվազում", settlements=["Լեհվազ"])
    put_alert("Ամենուր", is_whole_community=True)
    client = client_for(meghri)
    listed = html(client.get("/alerts/in/shvanidzor/"))
    main = listed[listed.index("<main") :]
    assert "Շվանիձորում" in main and "Ամենուր" in main and "Լեհվազում" not in main
    assert client.get("/alerts/in/shvanidzor/")["X-Page-Cache"] == "hit"
    assert client.get("/alerts/in/nowhere/").status_code == 404
    feed = client.get("/alerts/in/shvanidzor.rss")
    assert feed["Content-Type"].startswith("application/rss+xml")
    assert "Շվանիձորում" in feed.content.decode() and "Լեհվազում" not in feed.content.decode()
    data = client.get("/alerts/in/shvanidzor.json").json()["alerts"]
    assert {row["title"] for row in data} == {"Շվանիձորում", "Ամենուր"}
    assert data[0]["starts_at"].endswith("+04:00")


@time_machine.travel(NOW, tick=False)
def test_an_ended_alert_keeps_its_address_and_says_that_it_has_ended(put_alert, meghri, client_for):
    alert = put_alert("Երեկվա ջուրը", starts_at=NOW - timedelta(days=1), ends_at=NOW - timedelta(hours=20))
    draft = put_alert("Սևագիր", is_published=False)
    client = client_for(meghri)
    assert "Ավարտվել է" in html(client.get(f"/alerts/{alert.uuid}/"))
    assert client.get(f"/alerts/{draft.uuid}/").status_code == 404


def test_queries_do_not_grow_with_alerts(put_alert, meghri, client_for, django_assert_max_num_queries):
    client = client_for(meghri)
    with time_machine.travel(NOW, tick=False):
        put_alert("Առաջին")
        for path in ("/alerts/", "/alerts/in/shvanidzor/"):
            client.get(path)
        for number in range(15):
            put_alert(f"Ահազանգ {number}")
            put_alert(f"Անցած {number}", starts_at=NOW - timedelta(days=2), ends_at=NOW - timedelta(days=1))
        page_cache.pages.clear()
        for path in ("/alerts/", "/alerts/in/shvanidzor/", "/alerts.rss", "/alerts.json"):
            with django_assert_max_num_queries(25):
                assert client.get(path).status_code == 200


def test_an_alert_says_where_and_ends_after_it_begins(in_meghri):
    times = {"starts_at": NOW, "ends_at": NOW + timedelta(hours=1)}
    with pytest.raises(ValidationError):
        alerts.save(Alert(title_hy="Ոչ մի տեղ", **times))
    with pytest.raises(ValidationError):
        alerts.save(Alert(title_hy="Հետ", is_whole_community=True, starts_at=NOW, ends_at=NOW - timedelta(hours=1)))
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.create(title_hy="Ոչ մի տեղ", published_at=NOW, **times)
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.create(title_hy="Հետ", is_whole_community=True, starts_at=NOW, ends_at=NOW, published_at=NOW)
    assert alerts.save(Alert(title_hy="Ամենուր", is_whole_community=True, **times)).published_at


def test_ready_words_are_written_in_three_languages(in_meghri):
    alert = begun({"kind": "water", "place": "Շվանիձոր", "day": "2026-11-25", "since": "10:00", "until": "14:00"})
    assert alert is not None
    assert alert.title_hy == "Ջրի անջատում՝ 25 նոյեմբերի, 10:00–14:00"
    assert alert.title_en == "Water interruption: 25 November, 10:00–14:00"
    assert alert.title_ru == "Отключение воды: 25 ноября, 10:00–14:00"
    assert alert.settlements == ["Շվանիձոր"]
    night = begun({"kind": "gas", "place": "", "day": "2026-11-25", "since": "22:00", "until": "02:00"})
    assert night is not None and night.ends_at - night.starts_at == timedelta(hours=4) and night.is_whole_community
    assert begun({"kind": "rain", "day": "2026-11-25", "since": "10:00", "until": "14:00"}) is None


def test_a_press_officer_publishes_an_alert_with_one_form(meghri, as_tenant, staff_of, signed_in, client_for):
    as_tenant(meghri)
    officer = signed_in(meghri, staff_of(meghri, groups=[EDITORS]))
    start = "/admin/outreach/alerts/new/?kind=water&place=Շվանիձոր&day=2026-11-25&since=10:00&until=14:00"
    form = html(officer.get(start))
    assert "Ջրի անջատում՝ 25 նոյեմբերի, 10:00–14:00" in form and "Պատրաստի" not in form.lower()
    sent = officer.post(
        "/admin/outreach/alerts/new/",
        {
            "kind": "water",
            "starts_at": "2026-11-25 10:00",
            "ends_at": "2026-11-25 14:00",
            "settlements": ["Շվանիձոր"],
            "title_hy": "Ջրի անջատում՝ 25 նոյեմբերի, 10:00–14:00",
            "is_published": "on",
            "is_dismissible": "on",
        },
    )
    assert sent.status_code == 302, sent.content.decode()[:3000]
    alert = Alert.objects.get()
    assert alert.published_at and alert.settlements == ["Շվանիձոր"]
    assert "Շվանիձոր" in html(officer.get("/admin/outreach/alerts/"))
    assert html(officer.get(f"/admin/outreach/alerts/edit/{alert.pk}/"))
    with time_machine.travel("2026-11-25 11:00+04:00", tick=False):
        assert "Ջրի անջատում" in html(client_for(meghri).get("/news/"))


@time_machine.travel(NOW, tick=False)
def test_an_alert_of_the_ministry_stands_on_the_pages_before_the_own_ones(put_alert, meghri, client_for):
    put_alert("Ջրի անջատում")
    services.share_alert(
        {"hy": {"title": "Ուժեղ քամի", "lede": "Մնացեք տանը։", "url": ""}},
        mode=SharedItem.Mode.LOCKED,
        by="Նախարարություն",
        ends_at=NOW + timedelta(hours=5),
        slugs=["meghri"],
    )
    page_cache.forget_pages(meghri.schema_name)
    page = html(client_for(meghri).get("/news/"))
    assert page.index("Ուժեղ քամի") < page.index("Ջրի անջատում")
    assert '<span lang="hy">Ուժեղ քամի</span>' in html(client_for(meghri).get("/en/news/"))
