"""What is published is found at once; what is taken away, hidden or only drafted is not."""

from __future__ import annotations

import pytest
from wagtail.models import PageViewRestriction

from cms.models import ContentPage, HomePage, NewsIndexPage, NewsPage, SectionPage
from cms.search import indexing
from cms.search.finding import find
from cms.search.models import SearchEntry
from services_api.procedures.public import withdraw
from tests.cms.search.conftest import urls

WORD = "նռան"


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """`with commit(): ...`: what waits for the commit is done at the end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def fair(in_meghri, commit):
    """A news item that is published as an editor does."""
    with commit():
        page = NewsPage(title="Նռան տոնավաճառ", slug="fair", live=False)
        NewsIndexPage.objects.get(locale__language_code="hy").add_child(instance=page)
        page.save_revision().publish()
    return NewsPage.objects.get(pk=page.pk)


def test_published_is_found_and_unpublished_is_not(fair, commit):
    assert fair.url in urls(WORD)
    with commit():
        fair.unpublish()
    assert urls(WORD) == []


def test_the_screen_that_found_nothing_finds_it_with_the_next_request(in_meghri, meghri, client_for, commit):
    """The bench's `publish until seen` asks the same: a word that nobody wrote before, asked for before and after."""
    asked = "/search/?q=զեփյուռ"
    assert "/news/zephyr/" not in client_for(meghri).get(asked).content.decode()
    with commit():
        page = NewsPage(title="Աննախադեպ զեփյուռի ավետաբեր", slug="zephyr", live=False)
        NewsIndexPage.objects.get(locale__language_code="hy").add_child(instance=page)
        page.save_revision().publish()
    answer = client_for(meghri).get(asked).content.decode()
    assert "/news/zephyr/" in answer and "<mark>զեփյուռի</mark>" in answer


def test_a_draft_is_not_found_before_it_is_published(in_meghri, commit):
    with commit():
        page = NewsPage(title="Նռան տոնավաճառ", slug="fair", live=False)
        NewsIndexPage.objects.get(locale__language_code="hy").add_child(instance=page)
        page.save_revision()
    assert urls(WORD) == []


def test_the_draft_of_a_change_is_not_found(fair, commit):
    with commit():
        fair.title = "Կիտրոնի ցուցահանդես"
        fair.save_revision()
    assert urls("կիտրոն") == [] and fair.url in urls(WORD)
    with commit():
        fair.get_latest_revision().publish()
    assert fair.url in urls("կիտրոն") and urls(WORD) == []


def test_deleted_is_not_found(fair, commit):
    with commit():
        fair.delete()
    assert urls(WORD) == []


def test_what_is_made_private_is_not_found_nor_what_is_below_it(fair, commit):
    with commit():
        restriction = PageViewRestriction.objects.create(page=fair.get_parent(), restriction_type="login")
    assert urls(WORD) == []
    with commit():
        restriction.delete()
    assert fair.url in urls(WORD)


def test_a_moved_branch_is_found_at_its_new_address(in_meghri, commit):
    section = SectionPage.objects.filter(locale__language_code="hy").first()
    other = SectionPage.objects.filter(locale__language_code="hy").exclude(pk=section.pk).first()
    with commit():
        upper = section.add_child(instance=ContentPage(title="Կիտրոն", slug="upper", locale=section.locale))
        lower = upper.add_child(instance=ContentPage(title="Նարինջ", slug="lower", locale=section.locale))
    with commit():
        upper.move(SectionPage.objects.get(pk=other.pk), pos="last-child")
    lower.refresh_from_db()
    assert urls("նարինջ") == [lower.url] and lower.url.startswith(other.url)


def test_a_page_that_is_not_translated_is_not_found_in_that_language(in_meghri, commit):
    index = NewsIndexPage.objects.get(locale__language_code="en")
    with commit():
        index.add_child(instance=NewsPage(title="Նռան տոնավաճառ", slug="fair-en", locale=index.locale, live=True))
    assert urls(WORD, "en") == [] and urls(WORD, "hy") == []


def test_a_service_that_is_withdrawn_is_not_found(in_meghri, commit):
    from services_api.procedures.models import ProcedureVersion

    assert "/services/information-request/" in urls("հարցում")
    with commit():
        withdraw(ProcedureVersion.objects.get(procedure__code="information-request", state="published"))
    assert "/services/information-request/" not in urls("հարցում")


def test_nothing_waits_after_a_rollback(fair, commit):
    """The entry is looked at again with what the database really holds."""
    from django.db import transaction

    with commit(), transaction.atomic():
        NewsPage.objects.filter(pk=fair.pk).update(title="Կիտրոն")
        fair.save()
        transaction.set_rollback(True)
    assert fair.url in urls(WORD) and urls("կիտրոն") == []


def test_reindexing_gives_the_same_index(fair):
    fields = ("source", "object_key", "language", "title", "vector")

    def rows() -> list[tuple[object, ...]]:
        return list(SearchEntry.objects.order_by(*fields[:3]).values_list(*fields))

    indexing.reindex()
    before = rows()
    indexing.reindex()
    assert rows() == before and fair.url in urls(WORD)


def test_the_names_of_a_new_community_are_found(in_meghri):
    """They were put into the cloned index, not indexed anew."""
    assert not SearchEntry.objects.filter(title__contains="{").exists()
    assert not SearchEntry.objects.filter(body__contains="{name}").exists()
    assert find("Մեղրի", "hy").total


def test_editors_find_the_pages_that_name_a_new_community(in_meghri):
    """Their index, too, came with the clone and got the names: in a title, in a summary, in another language."""
    assert "hy" in {page.locale.language_code for page in HomePage.objects.live().search("Մեղրու")}
    assert [page.locale.language_code for page in HomePage.objects.live().search("Meghri")] == ["en"]
    assert NewsIndexPage.objects.live().search("Մեղրի"), "its summary says so"
    assert not HomePage.objects.live().search("genitive"), "the place of the name is no word"
