"""The page tree of a community and its rules."""

from __future__ import annotations

import pytest
from wagtail.models import Page, Site

from cms.models import PAGE_TYPES, CommunitiesPage, ContentPage, HomePage, NewsIndexPage, NewsPage, SiteProfile
from cms.provisioning import GENITIVE_TOKEN, NAME_TOKEN
from tests.cms.conftest import home


def test_every_community_has_the_five_sections_in_three_languages(in_meghri):
    expected = {
        "hy": ["Ծառայություններ", "Համայնք", "Ինքնակառավարում", "Բաց կառավարում", "Նորություններ"],
        "en": ["Services", "Community", "Self-government", "Open government", "News"],
        "ru": ["Услуги", "Община", "Самоуправление", "Открытое управление", "Новости"],
    }
    for language, titles in expected.items():
        children = home(language).get_children().filter(show_in_menus=True)
        assert [page.title for page in children] == titles


def test_names_stand_where_the_tokens_were(in_meghri, client_for):
    assert home("hy").title == "Մեղրու համայնքի պաշտոնական կայք"
    assert home("en").title == "Official website of Meghri community"
    assert "Мегри" in home("ru").title
    for model in PAGE_TYPES:
        for page in model.objects.all():
            words = f"{page.title} {page.draft_title} {page.lede} {page.search_description} {page.body_text}"
            assert NAME_TOKEN not in words and GENITIVE_TOKEN not in words, page.url_path


def test_template_brings_no_person_and_no_revision(in_meghri):
    from wagtail.models import Revision

    assert not Revision.objects.exists()
    assert not Page.objects.filter(owner__isnull=False).exists()


def test_site_follows_the_primary_host(in_meghri, settings):
    site = Site.objects.get()
    assert (site.hostname, site.port) == (in_meghri.primary_host(), settings.PORT)
    assert site.root_page.specific == home("hy")


@pytest.mark.parametrize(
    ("child", "parent", "allowed"),
    [
        (NewsPage, NewsIndexPage, True),
        (NewsPage, HomePage, False),
        (ContentPage, HomePage, True),
        (ContentPage, NewsIndexPage, False),
        (HomePage, HomePage, False),
    ],
)
def test_page_types_stand_where_they_belong(child, parent, allowed):
    assert (parent in child.allowed_parent_page_models()) is allowed


def test_only_the_ministry_has_the_list_of_communities(in_meghri):
    assert not CommunitiesPage.can_create_at(home())


def test_ministry_lists_communities_with_links_to_live_ones(ministry, client_for):
    client = client_for(ministry)
    answer = client.get("/")
    assert answer.status_code == 302
    page = client.get(answer["Location"])
    html = page.content.decode()
    assert "Մեղրի" in html and "meghri." in html and "Կապան" in html
    assert page.context["communities_total"] == 71


def test_unreadable_colour_is_refused_with_a_proposal(in_meghri):
    from django.core.exceptions import ValidationError

    profile = SiteProfile.objects.get()
    profile.accent = "#e8833a"
    with pytest.raises(ValidationError) as refused:
        profile.full_clean()
    assert "#a95300" in str(refused.value)


def test_colour_sheet_changes_its_address_with_the_colour(in_meghri, client_for):
    from cms.chrome import theme_url

    one, other = theme_url("#0b5a82"), theme_url("#1f6b3a")
    assert one != other
    SiteProfile.objects.update(accent="#0b5a82")
    answer = client_for(in_meghri).get(one)
    assert "immutable" in answer["Cache-Control"] and b"#0b5a82" in answer.content


def test_svg_is_no_picture(settings):
    assert "svg" not in settings.WAGTAILIMAGES_EXTENSIONS


def test_description_of_a_picture_is_asked_for(in_meghri):
    from wagtail.images import get_image_model
    from wagtail.images.forms import get_image_form

    assert get_image_form(get_image_model()).base_fields["description"] is not None
    form = get_image_form(get_image_model())()
    assert form.fields["description"].required
