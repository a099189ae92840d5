"""Three languages, honestly: never Armenian text under /en/ or /ru/."""

from __future__ import annotations

import re

import pytest
from wagtail.models import Locale

from cms.models import ContentPage, NewsPage
from tests.cms.conftest import home

ARMENIAN = re.compile("[\u0531-\u0556\u0561-\u0587]{2,}")


def foreign_words(html: str) -> list[str]:
    """Armenian words outside elements that are marked as Armenian."""
    return ARMENIAN.findall(re.sub(r'<(\w+)[^>]*lang="hy"[^>]*>.*?</\1>', "", html, flags=re.S))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_seeded_page_shows_armenian_text_in_another_language(meghri, client_for, language, as_tenant):
    as_tenant(meghri)
    client = client_for(meghri)
    for page in home(language).get_descendants(inclusive=True):
        answer = client.get(page.url)
        assert answer.status_code == 200, page.url
        assert answer["Content-Language"] == language
        assert foreign_words(answer.content.decode()) == [], page.url


def test_page_without_translation_answers_with_a_notice(add_news, meghri, client_for):
    add_news("Գրադարանը բաց է", slug="library")
    answer = client_for(meghri).get("/en/news/library/")
    html = answer.content.decode()
    assert answer.status_code == 404
    assert 'href="/news/library/"' in html and "not yet in your language" in html
    assert foreign_words(html) == []
    assert answer.context["nearest"]["url"] == "/en/news/"


def test_unknown_page_is_an_ordinary_404(meghri, client_for):
    answer = client_for(meghri).get("/en/nothing/here/")
    assert answer.status_code == 404
    assert "not yet in your language" not in answer.content.decode()


def test_translation_under_another_address_is_redirected_to(add_news, meghri, client_for):
    original = add_news("Գրադարանը բաց է", slug="library")
    english = Locale.objects.get(language_code="en")
    translation = original.copy_for_translation(english)
    translation.title, translation.slug, translation.lede = "The library is open", "library-open", "Summary"
    translation.save_revision().publish()
    answer = client_for(meghri).get("/en/news/library/")
    assert (answer.status_code, answer["Location"]) == (302, "/en/news/library-open/")


def test_untranslated_copy_in_the_english_tree_is_not_shown(add_news, meghri, client_for):
    original = add_news("Գրադարանը բաց է", slug="library")
    copy = original.copy_for_translation(Locale.objects.get(language_code="en"))
    copy.save_revision().publish()
    answer = client_for(meghri).get(copy.url)
    assert answer.status_code == 404
    assert "Ամփոփում" not in answer.content.decode()


def test_language_link_leads_to_this_page_or_to_the_home(add_news, meghri, client_for):
    add_news("Գրադարանը բաց է", slug="library")
    client = client_for(meghri)
    urls = {row["code"]: row["url"] for row in client.get("/news/library/").context["site"]["languages"]}
    assert urls == {"hy": "/news/library/", "en": "/en/", "ru": "/ru/"}
    urls = {row["code"]: row["url"] for row in client.get("/self-government/council/").context["site"]["languages"]}
    assert urls["ru"] == "/ru/self-government/council/"


def test_language_without_a_home_is_hidden(meghri, client_for, as_tenant, django_capture_on_commit_callbacks):
    as_tenant(meghri)
    with django_capture_on_commit_callbacks(execute=True):
        home("ru").unpublish()
    client = client_for(meghri)
    assert [row["code"] for row in client.get("/").context["site"]["languages"]] == ["hy", "en"]
    answer = client.get("/ru/")
    assert answer.status_code == 404
    assert "համայնքի ղեկավարին" not in answer.content.decode()


def test_service_card_has_its_headings_and_one_button(meghri, client_for):
    html = client_for(meghri).get("/services/application-to-head/").content.decode()
    assert "Դիմել առցանց" in html and 'href="/apply/application-to-head/"' in html
    assert html.count("<section aria-labelledby=") >= 10
    english = client_for(meghri).get("/en/services/application-to-head/").content.decode()
    assert 'href="/en/apply/application-to-head/"' in english and foreign_words(english) == []


def test_unpublished_page_is_gone(add_news, meghri, client_for, django_capture_on_commit_callbacks):
    page = add_news("Գրադարանը բաց է", slug="library")
    with django_capture_on_commit_callbacks(execute=True):
        NewsPage.objects.get(pk=page.pk).unpublish()
    assert client_for(meghri).get("/news/library/").status_code == 404
    assert ContentPage.objects.filter(slug="about").exists()
