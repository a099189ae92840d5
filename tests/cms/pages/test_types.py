"""Every page type opens, stands where it belongs, and asks the database no more when there is more to show."""

from __future__ import annotations

import pytest
from wagtail.models import Page

from cms import models
from cms.models import PAGE_TYPES, AnnouncementIndexPage, ConsultationIndexPage, EventIndexPage
from tests.cms.conftest import home
from tests.cms.pages import examples

MAX_QUERIES = 25
# Types that the seeded tree or the ministry has; all others are made by `examples.one_of_each`.
SEEDED = {
    "HomePage",
    "SectionPage",
    "ServiceCataloguePage",
    "NewsIndexPage",
    "ContactPage",
    "NewsPage",
    "SyndicatedPage",
    "CommunitiesPage",
    "RegisterPage",
    "AnnouncementIndexPage",
    "EventIndexPage",
    "ConsultationIndexPage",
}


def test_examples_hold_every_type(in_meghri):
    made = {type(page).__name__ for page in examples.one_of_each()}
    assert {model.__name__ for model in PAGE_TYPES} == made | SEEDED


def test_every_type_opens_within_the_budget(in_meghri, meghri, client_for, django_assert_max_num_queries):
    client = client_for(meghri)
    pages = examples.one_of_each()
    pages += [model.objects.get(locale__language_code="hy") for model in
              (AnnouncementIndexPage, EventIndexPage, ConsultationIndexPage)]  # fmt: skip
    client.get("/")
    for page in pages:
        with django_assert_max_num_queries(MAX_QUERIES) as counted:
            answer = client.get(page.url)
        assert answer.status_code == 200, page.url
        html = answer.content.decode()
        assert html.count("<h1") == 1, (page.url, len(counted))
        assert page.title.split()[0] in html


@pytest.mark.parametrize(
    ("child", "parent", "allowed"),
    [
        ("AnnouncementPage", "AnnouncementIndexPage", True),
        ("AnnouncementPage", "NewsIndexPage", False),
        ("EventPage", "EventIndexPage", True),
        ("EventIndexPage", "SectionPage", True),
        ("ConsultationPage", "ConsultationIndexPage", True),
        ("ChapterPage", "PublicationPage", True),
        ("ChapterPage", "SectionPage", False),
        ("ServiceCardPage", "ServiceCataloguePage", True),
        ("ServiceCardPage", "SectionPage", False),
        ("GuidePage", "SectionPage", True),
        ("GalleryPage", "GalleryPage", True),
        ("SiteMapPage", "HomePage", True),
        ("FormPage", "NewsIndexPage", False),
    ],
)
def test_types_stand_where_they_belong(child, parent, allowed):
    child_model, parent_model = getattr(models, child), getattr(models, parent)
    assert (parent_model in child_model.allowed_parent_page_models()) is allowed
    assert (child_model in parent_model.allowed_subpage_models()) is allowed


@pytest.mark.parametrize("what", [examples.announcement, examples.event, examples.consultation])
def test_lists_ask_no_more_for_more_rows(
    in_meghri, meghri, client_for, django_capture_on_commit_callbacks, django_assert_max_num_queries, what
):
    client = client_for(meghri)
    with django_capture_on_commit_callbacks(execute=True):
        address = what("Առաջին").get_parent().url
    client.get("/")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as few:
        assert client.get(address).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(12):
            what(f"Հերթական {number}")
    client.get("/")
    with CaptureQueriesContext(connection) as many:
        assert "Հերթական 11" in client.get(address).content.decode()
    assert len(many) <= len(few)


def test_the_site_map_leads_to_every_section_and_its_pages(in_meghri, meghri, client_for):
    page = examples.the(models.SiteMapPage, home(), "Կայքի քարտեզ")
    html = client_for(meghri).get(page.url).content.decode()
    for section in home().get_children().live():
        assert f'href="{section.url}"' in html or section.pk == page.pk
    for child in Page.objects.get(slug="self-government", locale=home().locale).get_children():
        assert f'href="{child.url}"' in html
