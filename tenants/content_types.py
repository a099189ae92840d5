"""Ids of content types stay what they are, from one template to the next (ADR 0008).

A process keeps content types in one dictionary for all tenants, and Wagtail keeps some in objects that live as long as
the process. So an id must mean the same model in every schema. A template built anew numbers its models from one again,
in the order of the applications: a model that a release adds in the middle would move all that come after it, and a
community connected the day after would call «news» what its neighbours call «page». Therefore a new template takes over
the numbers of the last one, gives new models numbers above them, and keeps the rows of models that are gone, so that no
number is ever given twice.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django_tenants.utils import quote_schema_name as quote

from tenants.context import register
from tenants.database import connection
from tenants.models import Community
from tenants.names import TEMPLATE_SCHEMA

# (application, model) -> id.
Known = dict[tuple[str, str], int]


def ids_of(schema: str) -> Known:
    """The content types of a schema; nothing for one that is not there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [f"{quote(schema)}.django_content_type"])
        if cursor.fetchone()[0] is None:
            return {}
        cursor.execute(f"SELECT app_label, model, id FROM {quote(schema)}.django_content_type")
        return {(label, model): number for label, model, number in cursor.fetchall()}


def known_ids() -> Known:
    """What numbers mean in this installation: by the last template or, when that is lost, by the oldest community."""
    with register():
        communities = Community.objects.exclude(schema_name="").order_by("pk").values_list("schema_name", flat=True)
        for schema in (TEMPLATE_SCHEMA, *communities):
            if found := ids_of(schema):
                return found
    return {}


def keep_ids(known: Known) -> int:
    """Number the content types of the current schema as they are known; new ones come after. Returns how many moved.

    To be called before anything but migrations has written to the schema: revisions of pages hold the id in their
    text. All foreign keys follow.
    """
    last = max(known.values(), default=0)
    moves: list[tuple[int, int]] = []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT id, app_label, model FROM django_content_type ORDER BY id")
        rows = cursor.fetchall()
        for number, label, model in rows:
            wanted = known.get((label, model))
            if wanted is None:
                wanted = last = max(last + 1, 1)
            moves.append((number, wanted))
        if known:
            _move(cursor, moves)
            own = {(label, model) for _number, label, model in rows}
            for (label, model), number in sorted(known.items()):
                if (label, model) not in own:
                    cursor.execute(
                        "INSERT INTO django_content_type (id, app_label, model) OVERRIDING SYSTEM VALUE "
                        "VALUES (%s, %s, %s)",
                        [number, label, model],
                    )
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('django_content_type', 'id'), "
                "(SELECT max(id) FROM django_content_type))"
            )
    ContentType.objects.clear_cache()
    return sum(old != new for old, new in moves) if known else 0


def _move(cursor: Any, moves: list[tuple[int, int]]) -> None:
    """Give rows their new ids, below zero first, so that none meets another on the way."""
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    cursor.execute(
        """SELECT c.conrelid::regclass::text, quote_ident(a.attname) FROM pg_constraint c
           JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
           WHERE c.contype = 'f' AND c.confrelid = 'django_content_type'::regclass"""
    )
    places = [("django_content_type", "id"), *cursor.fetchall()]
    pairs = ", ".join(f"({int(old)}, {int(new)})" for old, new in moves)
    for table, column in places:
        cursor.execute(
            f"UPDATE {table} SET {column} = -m.new FROM (VALUES {pairs}) AS m (old, new) WHERE {table}.{column} = m.old"
        )
    for table, column in places:
        cursor.execute(f"UPDATE {table} SET {column} = -{column} WHERE {column} < 0")


__all__ = ["Known", "ids_of", "keep_ids", "known_ids"]
