"""A file is private until something published shows it, public at once then, and private again when nothing does."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from wagtail.rich_text import RichText

from cms.editing import public_files
from cms.models import NewsIndexPage, NewsPage, SiteDocument, SiteProfile
from tests.cms.editing.conftest import EDITORS, picture


@pytest.fixture(autouse=True)
def nothing_known():
    public_files._known.clear()
    yield
    public_files._known.clear()


@pytest.fixture
def draft(in_meghri) -> NewsPage:
    page = NewsPage(title="Նկար", slug="nkar", lede="Ամփոփում", live=False)
    NewsIndexPage.objects.get(locale__language_code="hy").add_child(instance=page)
    return page


def address_of(image) -> str:
    return image.get_rendition("width-40|format-webp").url


def test_a_picture_follows_its_page(draft, meghri, client_for, staff_of, signed_in, django_capture_on_commit_callbacks):
    image = picture("Նկար", "Դաշտ")
    visitor, editor = client_for(meghri), signed_in(meghri, staff_of(meghri, groups=[EDITORS]))
    draft.image = image
    revision = draft.save_revision()
    assert visitor.get(address_of(image)).status_code == 404
    seen = editor.get(address_of(image))
    assert seen.status_code == 200 and "no-store" in seen["Cache-Control"]
    with django_capture_on_commit_callbacks(execute=True):
        revision.publish()
    shown = visitor.get(address_of(image))
    assert shown.status_code == 200 and shown["Cache-Control"].startswith("public")
    with django_capture_on_commit_callbacks(execute=True):
        NewsPage.objects.get(pk=draft.pk).unpublish()
    assert visitor.get(address_of(image)).status_code == 404


def test_a_picture_that_a_new_version_leaves_out_is_private_again(
    add_news, meghri, client_for, django_capture_on_commit_callbacks
):
    image = picture("Նկար", "Դաշտ")
    with django_capture_on_commit_callbacks(execute=True):
        page = add_news("Մեկ", image=image)
    visitor = client_for(meghri)
    assert visitor.get(address_of(image)).status_code == 200
    page.image = None
    revision = page.save_revision()
    assert visitor.get(address_of(image)).status_code == 200, "a draft takes nothing away"
    with django_capture_on_commit_callbacks(execute=True):
        revision.publish()
    assert visitor.get(address_of(image)).status_code == 404


def test_a_picture_of_a_draft_of_a_live_page_is_private(add_news, meghri, client_for):
    page = add_news("Մեկ")
    page.image = picture("Գաղտնի", "Դաշտ")
    page.save_revision()
    assert client_for(meghri).get(address_of(page.image)).status_code == 404


def test_documents_in_a_text_follow_it_too(in_meghri, meghri, client_for, add_news, django_capture_on_commit_callbacks):
    document = SiteDocument.objects.create(title="Կարգ", file=ContentFile(b"%PDF-1.7", name="karg.pdf"))
    visitor = client_for(meghri)
    assert visitor.get(document.url).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        add_news("Կարգը", body=[("paragraph", RichText(f'<p><a linktype="document" id="{document.pk}">Կարգ</a></p>'))])
    assert visitor.get(document.url).status_code == 200


def test_the_coat_of_arms_is_public_at_once(in_meghri, meghri, client_for, django_capture_on_commit_callbacks):
    image = picture("Զինանշան", "Զինանշան")
    visitor = client_for(meghri)
    assert visitor.get(address_of(image)).status_code == 404
    profile = SiteProfile.objects.get()
    profile.arms = image
    with django_capture_on_commit_callbacks(execute=True):
        profile.save()
    assert visitor.get(address_of(image)).status_code == 200


def test_nothing_of_another_community_makes_a_file_public(
    in_meghri, meghri, goris, client_for, add_news, as_tenant, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        image = picture("Նկար", "Դաշտ")
        add_news("Մեկ", image=image)
    url = address_of(image)
    assert client_for(meghri).get(url).status_code == 200
    assert client_for(goris).get(url).status_code == 404


def test_a_picture_that_is_known_to_be_public_costs_no_query(
    meghri, client_for, add_news, django_assert_num_queries, django_capture_on_commit_callbacks
):
    image = picture("Նկար", "Դաշտ")
    with django_capture_on_commit_callbacks(execute=True):
        add_news("Մեկ", image=image)
    name = image.get_rendition("width-40|format-webp").file.name
    assert public_files.is_public_picture(name)
    with django_assert_num_queries(0):
        assert public_files.is_public_picture(name)
