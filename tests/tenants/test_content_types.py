"""An id of a content type means the same model in communities of yesterday's template and of today's.

The process keeps content types for all tenants in one dictionary: were the ids different, a page of one community
would be read as another kind of page, and be saved so.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from tenants import content_types, fleet
from tenants.content_types import ids_of, keep_ids, known_ids
from tenants.context import operator, register, tenant
from tenants.names import TEMPLATE_SCHEMA


@pytest.fixture
def template(meghri) -> Iterator[None]:
    """Inside the template, as a build is; the test's transaction takes everything back."""
    with operator(TEMPLATE_SCHEMA):
        yield
    ContentType.objects.clear_cache()


def rights() -> set[tuple[str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.app_label, c.model, p.codename FROM auth_permission p
               JOIN django_content_type c ON c.id = p.content_type_id"""
        )
        return set(cursor.fetchall())


def pages() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.url_path, c.model FROM wagtailcore_page p JOIN django_content_type c ON c.id = p.content_type_id"
        )
        return set(cursor.fetchall())


def proved() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_communities_and_the_template_agree(meghri, goris, ministry):
    with register():
        wanted = ids_of(TEMPLATE_SCHEMA)
        assert known_ids() == wanted
        for community in (meghri, goris, ministry):
            assert ids_of(community.schema_name) == wanted


def test_a_model_added_in_the_middle_moves_no_other(template):
    """Today's build has numbered `cms.poem` before all that comes after it; yesterday's template did not know it."""
    today = ids_of(TEMPLATE_SCHEMA)
    poem = ("cms", "homepage")
    yesterday = {
        key: number - (number > today[poem]) for key, number in today.items() if key != poem
    }  # the same models, one number less after the new one
    had_rights, had_pages = rights(), pages()
    assert keep_ids(yesterday) > 10
    proved()
    kept = ids_of(TEMPLATE_SCHEMA)
    assert {key: kept[key] for key in yesterday} == yesterday
    assert kept[poem] == max(yesterday.values()) + 1, "a new model comes after all that there ever were"
    assert rights() == had_rights and pages() == had_pages, "whatever refers to them has followed"


def test_numbers_that_change_places_do_not_meet(template):
    today = ids_of(TEMPLATE_SCHEMA)
    turned = dict(zip(today, reversed(today.values()), strict=True))
    had_rights, had_pages = rights(), pages()
    keep_ids(turned)
    proved()
    assert ids_of(TEMPLATE_SCHEMA) == turned
    assert rights() == had_rights and pages() == had_pages


def test_the_number_of_a_model_that_is_gone_is_never_given_again(template):
    today = ids_of(TEMPLATE_SCHEMA)
    gone, last = ("cms", "gone"), max(today.values()) + 7
    without_news = {key: number for key, number in today.items() if key != ("cms", "newspage")}
    keep_ids({**without_news, gone: last})
    kept = ids_of(TEMPLATE_SCHEMA)
    assert kept[gone] == last and kept["cms", "newspage"] == last + 1
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_content_type (app_label, model) VALUES ('cms', 'later') RETURNING id")
        assert cursor.fetchone()[0] == last + 2


def test_the_first_template_of_an_installation_is_left_as_it_is(template):
    before = ids_of(TEMPLATE_SCHEMA)
    assert keep_ids({}) == 0
    assert ids_of(TEMPLATE_SCHEMA) == before


def test_without_a_template_the_oldest_community_says_what_numbers_mean(meghri, monkeypatch):
    monkeypatch.setattr(content_types, "TEMPLATE_SCHEMA", "no_such_schema")
    with register():
        assert known_ids() == ids_of(TEMPLATE_SCHEMA)


def test_an_upgrade_gives_a_new_model_the_number_of_the_template(meghri, goris):
    """Also where Django's own `migrate` runs: it would count on from what the schema has counted so far."""
    key = ("taggit", "tag")
    with register(), transaction.atomic():
        number = ids_of(TEMPLATE_SCHEMA)[key]
    with operator(meghri.schema_name), connection.cursor() as cursor:
        older = "UPDATE django_content_type SET model = 'older', id = 90000 WHERE app_label = %s AND model = %s"
        cursor.execute(older, key)
        cursor.execute(f'SET LOCAL search_path = "{meghri.schema_name}", public')
        cursor.execute(";\n".join(fleet._new_types_sql()))
    assert ids_of(meghri.schema_name)[key] == number


def test_a_page_is_read_as_what_it_is_in_both_communities_by_one_process(meghri, goris):
    from wagtail.models import Page

    for community in (meghri, goris, meghri):
        with tenant(community):
            for page in Page.objects.filter(depth__gt=1)[:30]:
                kind = ContentType.objects.get_for_id(page.content_type_id)
                assert type(page.specific) is kind.model_class()
                with connection.cursor() as cursor:
                    cursor.execute("SELECT model FROM django_content_type WHERE id = %s", [page.content_type_id])
                    assert cursor.fetchone()[0] == kind.model, "what the process remembers is what the schema says"
