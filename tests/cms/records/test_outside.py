"""Records in the rest of the website: site map, old addresses, feedback, alerts, subscriptions, menu."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.authoring import records
from cms.outreach.models import Alert
from cms.outreach.topics import TOPICS
from cms.records.models import Report, SettlementCard, Vacancy


@pytest.fixture
def vacancy(meghri, as_tenant):
    as_tenant(meghri)
    words = {"hy": "Առաջատար մասնագետ", "en": "Leading specialist"}
    return records.add(Vacancy, words, deadline=timezone.now() + timedelta(days=5), legacy_id="4711")


def test_search_engines_are_told_of_each_record_in_its_languages(
    vacancy, meghri, client_for, django_assert_max_num_queries
):
    from cms import page_cache

    def ask() -> tuple[str, int]:
        page_cache.pages.clear()
        with django_assert_max_num_queries(30) as captured:
            answer = client_for(meghri).get("/sitemap.xml")
        return answer.content.decode(), len(captured)

    ask()
    xml, few = ask()
    address = f"open-government/vacancies/{vacancy.address}/"
    assert f"/{address}</loc>" in xml and f"/en/{address}</loc>" in xml and f"/ru/{address}" not in xml
    for number in range(5):
        records.add(Report, {"hy": f"Հաշվետվություն {number}"}, kind="annual", year=2025)
    records.add(Vacancy, {"hy": "Սևագիր"}, published=False, deadline=timezone.now(), slug="draft-post")
    xml, many = ask()
    assert many <= few and "draft-post" not in xml


def test_an_old_address_leads_to_the_record_that_took_its_number(vacancy, meghri, client_for):
    client = client_for(meghri)
    answer = client.get("/Pages/Misc/Announces/Default.aspx?recId=4711")
    assert (answer.status_code, answer["Location"]) == (301, f"/open-government/vacancies/{vacancy.address}/")
    assert client.get("/Pages/Misc/Faq/Default.aspx?recId=4711").status_code == 410
    Vacancy.objects.filter(pk=vacancy.pk).update(is_published=False)
    assert client.get("/Pages/Misc/Announces/Default.aspx?recId=4711").status_code == 410


def test_readers_say_whether_a_record_was_useful(vacancy, meghri, client_for):
    from cms.outreach import feedback

    shown = client_for(meghri).get(f"/open-government/vacancies/{vacancy.address}/")
    token = str(shown.context["feedback_url"]).rstrip("/").rsplit("/", 1)[-1]
    assert 'class="feedback"' in shown.content.decode()
    assert feedback.asked(token).title == "Առաջատար մասնագետ"


def test_a_letter_about_a_vacancy_leads_to_it(vacancy):
    items = TOPICS["vacancies"].since("en", timezone.now() - timedelta(hours=1))
    assert [item.path for item in items] == [f"/en/open-government/vacancies/{vacancy.address}/"]


def test_a_settlement_shows_its_own_alerts(meghri, as_tenant, client_for):
    as_tenant(meghri)
    one, other = SettlementCard.objects.order_by("pk")[:2]
    now = timezone.now()
    Alert.objects.create(
        title_hy="Ջուր չի լինի", kind="water", published_at=now, starts_at=now, ends_at=now + timedelta(hours=5),
        settlements=[one.name_hy], is_published=True,
    )  # fmt: skip
    client = client_for(meghri)
    assert len(client.get(f"/community/settlements/{one.address}/").context["alerts"]) == 1
    assert client.get(f"/community/settlements/{other.address}/").context["alerts"] == []


def test_announcements_alerts_and_polls_stand_below_the_news_in_the_menu(meghri, client_for):
    for language, prefix in (("hy", "/"), ("en", "/en/")):
        menu = client_for(meghri).get(prefix).context["site"]["menu"]
        news = next(item for item in menu if item["url"] == f"{prefix}news/")
        expected = [f"{prefix}{path}/" for path in ("announcements", "alerts", "polls")]
        assert [child["url"] for child in news["children"]] == expected, language
