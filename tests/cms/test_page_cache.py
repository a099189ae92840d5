"""Visitors get kept pages; whoever publishes makes all processes forget them."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import Page

from cms.models import NewsIndexPage, NewsPage, SiteProfile
from cms.page_cache import forget_pages, pages_generation
from tenants import generations
from tests.cms.conftest import home


def how(answer) -> str:
    return answer.get("X-Page-Cache", "")


def test_second_visit_asks_the_database_nothing(meghri, client_for, django_assert_num_queries):
    client = client_for(meghri)
    first = client.get("/")
    assert how(first) == "miss"
    with django_assert_num_queries(0):
        second = client.get("/")
    assert how(second) == "hit"
    assert second.content == first.content
    for header in ("Content-Security-Policy", "Content-Language", "X-Content-Type-Options", "Content-Type"):
        assert second[header] == first[header]
    assert second["Cache-Control"] == "public, max-age=0, stale-if-error=3600"


def test_etag_head_and_gzip(meghri, client_for):
    client = client_for(meghri)
    page = client.get("/")
    assert client.get("/", HTTP_IF_NONE_MATCH=page["ETag"]).status_code == 304
    head = client.head("/")
    assert (head.status_code, head.content, int(head["Content-Length"])) == (200, b"", len(page.content))
    packed = client.get("/", HTTP_ACCEPT_ENCODING="gzip, br")
    assert packed["Content-Encoding"] == "gzip" and gzip.decompress(packed.content) == page.content


def test_publishing_changes_page_list_home_and_feed(add_news, meghri, client_for, django_capture_on_commit_callbacks):
    client = client_for(meghri)
    shown = ["/", "/news/", "/news.rss", "/sitemap.xml"]
    for path in shown:
        client.get(path)
        assert how(client.get(path)) == "hit", path
    with django_capture_on_commit_callbacks(execute=True):
        page = add_news("Նոր կամուրջ", slug="bridge")
    for path in shown:
        answer = client.get(path)
        assert how(answer) == "miss", path
        assert ("bridge" in answer.content.decode()) or "Նոր կամուրջ" in answer.content.decode(), path
    client.get("/news/bridge/")
    with django_capture_on_commit_callbacks(execute=True):
        NewsPage.objects.get(pk=page.pk).delete()
    assert client.get("/news/bridge/").status_code == 404
    assert "Նոր կամուրջ" not in client.get("/").content.decode()


def test_a_changed_section_changes_the_menu_of_other_pages(
    in_meghri, meghri, client_for, django_capture_on_commit_callbacks
):
    client = client_for(meghri)
    client.get("/self-government/council/")
    section = Page.objects.get(slug="open-government", locale__language_code="hy").specific
    section.title = "Բաց համայնք"
    with django_capture_on_commit_callbacks(execute=True):
        section.save_revision().publish()
    assert "Բաց համայնք" in client.get("/self-government/council/").content.decode()


def test_settings_change_every_page(in_meghri, meghri, client_for, django_capture_on_commit_callbacks):
    client = client_for(meghri)
    client.get("/news/")
    profile = SiteProfile.objects.get()
    profile.email = "new@meghri.example"
    with django_capture_on_commit_callbacks(execute=True):
        profile.save()
    assert "new@meghri.example" in client.get("/news/").content.decode()


def test_publishing_in_one_community_leaves_the_other_alone(
    add_news, meghri, goris, client_for, django_capture_on_commit_callbacks
):
    client_for(goris).get("/")
    before = generations.current(pages_generation(goris.schema_name))
    with django_capture_on_commit_callbacks(execute=True):
        add_news("Մեղրու գաղտնիքը", slug="secret")
    assert generations.current(pages_generation(goris.schema_name)) == before
    answer = client_for(goris).get("/")
    assert how(answer) == "hit"
    assert "Մեղրու" not in answer.content.decode()
    assert "Գորիս" in answer.content.decode()


@pytest.mark.parametrize("path", ["/?utm=1", "/search/?q=1", "/en/none/", "/admin/login/"])
def test_what_is_never_kept(meghri, client_for, path):
    client = client_for(meghri)
    client.get(path)
    assert how(client.get(path)) == ""


def test_staff_bypass_the_cache(in_meghri, meghri, client_for, staff_of):
    client = client_for(meghri)
    client.get("/")
    client.force_login(staff_of(meghri, superuser=True), backend="django.contrib.auth.backends.ModelBackend")
    assert how(client.get("/")) == ""


def test_restricted_page_is_not_given_out_from_the_cache(
    in_meghri, meghri, client_for, django_capture_on_commit_callbacks
):
    from wagtail.models import PageViewRestriction

    client = client_for(meghri)
    assert client.get("/self-government/council/").status_code == 200
    page = Page.objects.get(slug="council", locale__language_code="hy")
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get("/self-government/council/").status_code == 302


def test_suspended_community_is_closed_at_once(meghri, client_for):
    from tenants import provisioning

    client = client_for(meghri)
    client.get("/")
    provisioning.suspend(meghri, "օրինակ")
    assert client.get("/").status_code == 503


def test_open_until_is_not_kept_beyond_its_moment(in_meghri, meghri, client_for):
    import time_machine

    profile = SiteProfile.objects.get()
    from cms.authoring import set_profile

    set_profile(accent=profile.accent, hours=[(0, 4, "09:00", "18:00", "", "")])
    client = client_for(meghri)
    with time_machine.travel("2026-11-24T13:59:00+00:00", tick=False):  # 17:59 in Yerevan, a Tuesday
        assert client.get("/").context["site"]["open_now"]["is_open"] is True
        assert how(client.get("/")) == "hit"
    with time_machine.travel("2026-11-24T14:00:30+00:00", tick=False):
        answer = client.get("/")
        assert how(answer) == "miss"
        assert answer.context["site"]["open_now"]["is_open"] is False


def test_home_stays_below_its_budget_and_does_not_grow_with_news(
    add_news, meghri, client_for, django_assert_max_num_queries, django_capture_on_commit_callbacks
):
    from cms import chrome, page_cache

    def count() -> int:
        page_cache.pages.clear()
        chrome._known.clear()
        with django_assert_max_num_queries(25) as captured:
            client_for(meghri).get("/")
        return len(captured)

    client_for(meghri).get("/")
    add_news("Մեկ")
    few = count()
    for number in range(6):
        add_news(f"Նորություն {number}")
    assert count() <= few
    page_cache.pages.clear()
    with django_assert_max_num_queries(25):
        client_for(meghri).get("/news/")
    assert home().live


def test_a_copy_stands_in_while_a_page_cannot_be_made(meghri, client_for, monkeypatch):
    """RFC 5861: an error is hidden behind the copy made last, for an hour; what was taken away is not."""
    client = client_for(meghri, raise_request_exception=False)
    good = client.get("/news/")
    forget_pages(meghri.schema_name)
    with monkeypatch.context() as broken:
        broken.setattr(NewsIndexPage, "serve", lambda *_args, **_kwargs: 1 / 0)
        stale = client.get("/news/")
        assert (stale.status_code, how(stale)) == (200, "stale")
        assert stale.content == good.content
        with time_machine.travel(timezone.now() + timedelta(hours=2)):
            assert client.get("/news/").status_code == 500
    assert how(client.get("/news/")) == "miss"


def test_a_page_that_was_taken_away_is_gone_at_once(meghri, client_for, as_tenant, django_capture_on_commit_callbacks):
    client = client_for(meghri)
    assert client.get("/self-government/council/").status_code == 200
    as_tenant(meghri)
    with django_capture_on_commit_callbacks(execute=True):
        Page.objects.get(slug="council", locale__language_code="hy").specific.unpublish()
    assert client.get("/self-government/council/").status_code == 404
