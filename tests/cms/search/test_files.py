"""Files are found by their title while something published gives them out."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction
from wagtail.rich_text import RichText

from cms.models import NewsPage, SiteDocument
from cms.records.models import Programme
from cms.search.files import public_files
from cms.search.models import SearchEntry
from tests.cms.search.conftest import urls

pytestmark = pytest.mark.usefixtures("in_meghri")


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def file(title: str, name: str = "file.pdf") -> SiteDocument:
    return SiteDocument.objects.create(title=title, file=ContentFile(b"%PDF-1.7", name=name))


def link(document: SiteDocument) -> list[tuple[str, RichText]]:
    return [("paragraph", RichText(f'<p><a linktype="document" id="{document.pk}">այստեղ</a></p>'))]


@pytest.fixture
def page_with(news, commit):
    def add(document: SiteDocument, language: str = "hy") -> NewsPage:
        with commit():
            return news("Լուր ֆայլով", language, body=link(document))

    return add


def test_a_file_of_a_published_page_is_found_by_its_title(page_with):
    document = file("Երկնաքարերի մատյան")
    assert urls("երկնաքարեր") == []
    page_with(document)
    assert urls("երկնաքար") == [document.url]
    assert urls("երկնաքար", "en") == []


def test_a_file_of_a_draft_is_not_found(news, commit):
    document = file("Երկնաքարերի մատյան")
    with commit():
        page = news("Լուր")
        page.body = link(document)
        page.save_revision()
    assert urls("երկնաքար") == []


def test_a_file_goes_with_the_page_that_gave_it_out(page_with, commit):
    document = file("Երկնաքարերի մատյան")
    page = page_with(document)
    with commit():
        page.unpublish()
    assert urls("երկնաքար") == []
    with commit():
        page.get_latest_revision().publish()
    assert urls("երկնաքար") == [document.url]
    with commit():
        NewsPage.objects.get(pk=page.pk).delete()
    assert urls("երկնաքար") == []


def test_a_file_behind_a_password_is_not_found(page_with, commit):
    document = file("Երկնաքարերի մատյան")
    page = page_with(document)
    with commit():
        PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")
    assert urls("երկնաքար") == []


def test_a_file_of_a_closed_collection_is_not_found(page_with):
    collection = Collection.get_first_root_node().add_child(name="Փակ")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    document = file("Երկնաքարերի մատյան")
    document.collection = collection
    document.save()
    page_with(document)
    assert urls("երկնաքար") == []


def test_a_new_title_is_found_instead_of_the_old(page_with, commit):
    document = file("Երկնաքարերի մատյան")
    page_with(document)
    with commit():
        document.title = "Կնքադրոշմների ցանկ"
        document.save()
    assert urls("երկնաքար") == [] and urls("կնքադրոշմ") == [document.url]


def test_a_file_of_a_published_record_is_found(commit):
    document = file("Երկնաքարերի մատյան")
    with commit():
        record = Programme.objects.create(
            title_hy="Ծրագիր", first_year=2026, last_year=2026, file=document, is_published=False
        )
    assert urls("երկնաքար") == []
    with commit():
        record.is_published = True
        record.save()
    assert document.url in urls("երկնաքար")


def test_a_title_in_latin_letters_is_found_where_its_page_is(page_with):
    document = file("Zorvank map", name="qartez_zorvank.pdf")
    page_with(document, "hy")
    assert urls("zorvank") == [document.url] and urls("zorvank", "en") == [document.url]
    assert urls("zorvank", "ru") == []


def test_many_files_cost_no_more_queries_than_one(page_with, django_assert_max_num_queries):
    for number in range(8):
        page_with(file(f"Ծածկագիր {number}"))
    with django_assert_max_num_queries(10):
        assert len(list(public_files())) >= 8
    assert SearchEntry.objects.filter(source="file", language="hy").count() >= 8
