"""The dispatcher: who has work due is one query, and the work starts in the right tenant."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from tenants import dispatch
from tenants.context import current_schema, register, tenant


@pytest.fixture
def kinds(monkeypatch):
    monkeypatch.setattr(dispatch, "_kinds", {})
    return dispatch.register_work


def test_work_starts_in_each_tenant_that_has_some(meghri, goris, kinds):
    started = []
    kinds("test", due=lambda: ["t_meghri", "t_goris"], start=lambda: started.append(current_schema()), every=60)
    dispatcher = dispatch.Dispatcher()
    assert dispatcher.once() == 2
    assert sorted(started) == ["t_goris", "t_meghri"]
    assert dispatcher.once() == 0, "not asked again before its time"


def test_an_absent_database_or_broker_is_waited_out(real_commits, kinds):
    def no_database():
        raise DatabaseError("gone")

    def no_broker():
        raise ConnectionRefusedError

    kinds("database", due=no_database, start=print, every=60)
    kinds("broker", due=lambda: ["t_meghri"], start=no_broker, every=60)
    done = []
    kinds("well", due=lambda: ["t_meghri"], start=lambda: done.append(1), every=60)
    assert dispatch.Dispatcher().once() == 1 and done


def test_whose_pages_are_due_is_one_query(meghri, goris, django_assert_num_queries):
    from cms.models import NewsIndexPage, NewsPage

    moments = (
        dispatch.Moment("wagtailcore_revision", "approved_go_live_at"),
        dispatch.Moment("wagtailcore_page", "expire_at", "live"),
    )
    with register():
        assert dispatch.schemas_with_past(*moments) == []
    with tenant(goris):
        index = NewsIndexPage.objects.filter(locale__language_code="hy").first()
        page = NewsPage(title="Վաղը", slug="tomorrow", lede="", body=[], live=False, locale=index.locale)
        page.go_live_at = timezone.now() + timedelta(days=1)
        index.add_child(instance=page)
        revision = page.save_revision(approved_go_live_at=page.go_live_at)
    with register():
        assert dispatch.schemas_with_past(*moments) == []
    with tenant(goris):
        type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    # The list of active tenants, the question, and the search path before it.
    with register(), django_assert_num_queries(3):
        assert dispatch.schemas_with_past(*moments) == ["t_goris"]


def test_the_website_and_the_outbox_are_known_to_the_dispatcher():
    assert {"pages", "outbox", "drafts"} <= set(dispatch._kinds)
