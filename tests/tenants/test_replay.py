"""A replayed schema is the template: every column, constraint, index and trigger, proved as in the template."""

from __future__ import annotations

import re

import pytest
from django.db import connection

from tenants.context import register
from tenants.database import texts_with
from tenants.models import Community
from tenants.names import TEMPLATE_SCHEMA

# PostgreSQL writes casts and parentheses differently once it has read its own words.
NOT_SAID_TWICE = re.compile(r"::(?:character varying|text)(?:\[\])?|[()]")
# What a schema is made of, without its own name. Each of the questions takes the schema once.
QUESTIONS = {
    "columns": """SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity::text,
                         a.attgenerated::text, pg_get_expr(d.adbin, d.adrelid), a.attstorage::text
                  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
                  WHERE c.relnamespace = %s::regnamespace AND c.relkind = 'r' ORDER BY 1, a.attnum""",
    "constraints": """SELECT c.relname, k.conname, pg_get_constraintdef(k.oid), k.convalidated
                      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
                      WHERE k.connamespace = %s::regnamespace AND k.contype <> 'n' ORDER BY 1, 2""",
    "indexes": """SELECT pg_get_indexdef(i.indexrelid), i.indisvalid
                 FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
                  WHERE c.relnamespace = %s::regnamespace ORDER BY 1""",
    "triggers": """SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
                   WHERE c.relnamespace = %s::regnamespace AND NOT t.tgisinternal ORDER BY 1""",
    "keys kept by triggers": """SELECT c.relname, k.conname, count(*)
                                FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
                                JOIN pg_constraint k ON k.oid = t.tgconstraint
                                WHERE c.relnamespace = %s::regnamespace GROUP BY 1, 2 ORDER BY 1, 2""",
}


def answers(question: str, schema: str) -> list[tuple[object, ...]]:
    with register(), connection.cursor() as cursor:
        cursor.execute(question, [schema])
        return [tuple(NOT_SAID_TWICE.sub("", str(part).replace(f"{schema}.", "")) for part in row) for row in cursor]


@pytest.mark.parametrize("what", QUESTIONS)
def test_a_community_is_made_of_the_same(goris: Community, what: str) -> None:
    expected = answers(QUESTIONS[what], TEMPLATE_SCHEMA)
    assert expected and answers(QUESTIONS[what], goris.schema_name) == expected


def test_texts_are_found_in_the_tables_of_the_tenant(goris, as_tenant):
    from cms.models import HomePage

    as_tenant(goris)
    home = HomePage.objects.get(locale__language_code="hy")
    assert texts_with([HomePage], ["{name}", "{genitive}"]) == [], "each community has its names instead of the tokens"
    HomePage.objects.filter(pk=home.pk).update(lede="Բարի գալուստ {name}")
    assert texts_with([HomePage], ["{name}", "{genitive}"]) == [("cms_homepage", home.pk, "lede")]


def test_text_that_is_compared_by_bytes_has_no_second_index_for_its_beginnings(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE indexname LIKE '%%\\_like') FROM pg_indexes WHERE schemaname = %s",
            [TEMPLATE_SCHEMA],
        )
        indexes, patterns = cursor.fetchone()
        assert indexes > 500 and patterns == 0
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT 1 FROM template_tenant.wagtailcore_page WHERE path LIKE '00010001%%'")
        assert "Index Cond: " in "\n".join(row[0] for row in cursor.fetchall()), "the ordinary index answers LIKE"
