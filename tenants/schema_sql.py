"""The SQL that makes one schema like another, written from PostgreSQL's catalogue.

A dump would need the server's own version of pg_dump and does not load into an older server; the catalogue is always
there. Definitions are printed with only the source schema visible, so they carry no schema name and can be replayed
under any search_path. What we do not know how to copy (views, serial columns, own types) is refused, not skipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django_tenants.utils import quote_schema_name as quote


class CannotCopy(Exception):
    """The schema holds an object that a replay would lose."""


def _rows(cursor: Any, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    cursor.execute(sql, values)
    return list(cursor.fetchall())


def replay_sql(source: str) -> str:
    """All statements that build a copy of `source` in the first schema of the search_path, data included.

    Order: tables with rows, their rows, then their keys, which is quicker than the other way round; then the empty
    tables with their keys at once (a new table's foreign keys need not be proved); sequences, indexes and triggers.
    Raises CannotCopy.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('search_path')")
        before = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('search_path', %s, false)", [quote(source)])
        try:
            _refuse_unknown_objects(cursor, source)
            rows = dict(_rows_of_tables(cursor, source))
            columns, keys = _columns(cursor, source), _keys(cursor, source)
            stored = _stored(cursor, source)
            parts = [
                *_functions(cursor, source),
                *(_create(table, columns[table]) for table in rows),
                *(stored[table] for table in rows if table in stored),
                *rows.values(),
                *_tables_with_keys(list(rows), columns, keys),
                *(statement for table, statement in stored.items() if table not in rows),
                *_sequences(cursor, source),
                *_indexes(cursor, source),
                *_triggers(cursor, source),
            ]
        finally:
            cursor.execute("SELECT set_config('search_path', %s, false)", [before])
    return ";\n".join(parts) + ";\n"


def _refuse_unknown_objects(cursor: Any, source: str) -> None:
    odd = _rows(
        cursor,
        """SELECT relname, relkind::text FROM pg_class WHERE relnamespace = %s::regnamespace
           AND relkind NOT IN ('r', 'i', 'S', 't')
           UNION ALL
           SELECT typname, 'type' FROM pg_type WHERE typnamespace = %s::regnamespace AND typtype IN ('e', 'd')""",
        quote(source),
        quote(source),
    )
    if odd:
        raise CannotCopy(", ".join(f"{name} ({kind})" for name, kind in odd))


def _columns(cursor: Any, source: str) -> dict[str, list[str]]:
    """Definitions of the columns by table, in order."""
    columns = _rows(
        cursor,
        """SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity::text,
                  a.attgenerated::text, pg_get_expr(d.adbin, d.adrelid),
                  CASE WHEN a.attcollation <> t.typcollation THEN quote_ident(l.collname) END
           FROM pg_class c
           JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
           JOIN pg_type t ON t.oid = a.atttypid
           LEFT JOIN pg_collation l ON l.oid = a.attcollation
           LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
           WHERE c.relnamespace = %s::regnamespace AND c.relkind = 'r'
           ORDER BY c.oid, a.attnum""",
        quote(source),
    )
    tables: dict[str, list[str]] = {}
    for table, name, kind, not_null, identity, generated, default, collation in columns:
        if default and "nextval(" in default:
            raise CannotCopy(f"{table}.{name}: a serial column; use an identity column")
        words = [quote(name), kind]
        if collation:
            words.append(f"COLLATE {collation}")
        if identity:
            words.append(f"GENERATED {'ALWAYS' if identity == 'a' else 'BY DEFAULT'} AS IDENTITY")
        elif generated:
            words.append(f"GENERATED ALWAYS AS ({default}) {'STORED' if generated == 's' else 'VIRTUAL'}")
        elif default:
            words.append(f"DEFAULT {default}")
        if not_null:
            words.append("NOT NULL")
        tables.setdefault(table, []).append(" ".join(words))
    return tables


def _stored(cursor: Any, source: str) -> dict[str, str]:
    """By table: the statement for columns that are stored otherwise than their type says."""
    found = _rows(
        cursor,
        """SELECT c.relname, a.attname, a.attstorage::text
           FROM pg_class c
           JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
           JOIN pg_type t ON t.oid = a.atttypid
           WHERE c.relnamespace = %s::regnamespace AND c.relkind = 'r' AND a.attstorage <> t.typstorage
           ORDER BY c.oid, a.attnum""",
        quote(source),
    )
    ways = {"p": "PLAIN", "e": "EXTERNAL", "m": "MAIN", "x": "EXTENDED"}
    tables: dict[str, list[str]] = {}
    for table, column, way in found:
        tables.setdefault(table, []).append(f"ALTER COLUMN {quote(column)} SET STORAGE {ways[way]}")
    return {table: f"ALTER TABLE {quote(table)} {', '.join(changes)}" for table, changes in tables.items()}


def _create(table: str, parts: list[str]) -> str:
    return f"CREATE TABLE {quote(table)} ({', '.join(parts)})"


def _rows_of_tables(cursor: Any, source: str) -> Iterator[tuple[str, str]]:
    """The tables that hold rows, and the statements that copy them."""
    columns = _rows(
        cursor,
        """SELECT c.relname, array_agg(quote_ident(a.attname) ORDER BY a.attnum)
           FROM pg_class c
           JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
           WHERE c.relnamespace = %s::regnamespace AND c.relkind = 'r'
           GROUP BY c.oid, c.relname ORDER BY c.oid""",
        quote(source),
    )
    for table, names in columns:
        cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {quote(table)})")
        if cursor.fetchone()[0]:
            listed, copy = ", ".join(names), f"{quote(source)}.{quote(table)}"
            yield table, f"INSERT INTO {quote(table)} ({listed}) OVERRIDING SYSTEM VALUE SELECT {listed} FROM {copy}"


def _sequences(cursor: Any, source: str) -> Iterator[str]:
    owned = _rows(
        cursor,
        """SELECT s.relname, t.relname, a.attname FROM pg_class s
           LEFT JOIN pg_depend d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass AND d.deptype = 'i'
           LEFT JOIN pg_class t ON t.oid = d.refobjid
           LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
           WHERE s.relnamespace = %s::regnamespace AND s.relkind = 'S' ORDER BY s.relname""",
        quote(source),
    )
    calls = []
    for sequence, table, column in owned:
        if table is None:
            raise CannotCopy(f"{sequence}: a sequence of no identity column")
        cursor.execute(f"SELECT last_value, is_called FROM {quote(sequence)}")
        last_value, is_called = cursor.fetchone()
        if is_called:
            calls.append(f"setval(pg_get_serial_sequence('{quote(table)}', '{column}'), {last_value})")
    if calls:
        yield "SELECT " + ", ".join(calls)


@dataclass(frozen=True, slots=True)
class _Key:
    """A constraint of a table. `to`: the table that a foreign key leads to, "" for all others."""

    definition: str
    to: str


def _keys(cursor: Any, source: str) -> dict[str, list[_Key]]:
    """Constraints by table, foreign keys last."""
    found = _rows(
        cursor,
        """SELECT c.relname, k.conname, pg_get_constraintdef(k.oid, true), coalesce(t.relname, '')
           FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid LEFT JOIN pg_class t ON t.oid = k.confrelid
           WHERE k.connamespace = %s::regnamespace AND k.contype IN ('p', 'u', 'x', 'c', 'f')
           ORDER BY position(k.contype::text IN 'puxcf'), c.oid, k.conname""",
        quote(source),
    )
    keys: dict[str, list[_Key]] = {}
    for table, name, definition, to in found:
        keys.setdefault(table, []).append(_Key(f"CONSTRAINT {quote(name)} {definition}", to))
    return keys


def _tables_with_keys(filled: list[str], columns: dict[str, list[str]], keys: dict[str, list[_Key]]) -> Iterator[str]:
    """Keys of the tables that have their rows, and the empty tables with theirs; what leads in circles comes last.

    One ALTER TABLE with all keys of a table is measurably quicker than one statement a key.
    """
    for table in filled:
        yield from _alter(table, [key for key in keys.get(table, []) if not key.to])
    made = set(filled)
    late: dict[str, list[_Key]] = {table: [key for key in keys.get(table, []) if key.to] for table in filled}
    waiting = [table for table in columns if table not in made]
    while waiting:
        # The first whose keys lead only to tables that are there; in a circle, the first of all.
        table = next((one for one in waiting if _open_ends(keys.get(one, []), made, one) == 0), waiting[0])
        waiting.remove(table)
        made.add(table)
        own = keys.get(table, [])
        yield _create(table, [*columns[table], *(key.definition for key in own if not key.to or key.to in made)])
        late[table] = [key for key in own if key.to and key.to not in made]
    for table, left in late.items():
        yield from _alter(table, left)


def _open_ends(keys: list[_Key], made: set[str], table: str) -> int:
    return sum(1 for key in keys if key.to and key.to != table and key.to not in made)


def _alter(table: str, keys: list[_Key]) -> Iterator[str]:
    if keys:
        yield f"ALTER TABLE {quote(table)} {', '.join(f'ADD {key.definition}' for key in keys)}"


def _indexes(cursor: Any, source: str) -> Iterator[str]:
    found = _rows(
        cursor,
        """SELECT pg_get_indexdef(i.indexrelid, 0, true)
           FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
           WHERE c.relnamespace = %s::regnamespace
           AND NOT EXISTS (
             SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
           ORDER BY i.indexrelid""",
        quote(source),
    )
    yield from (definition for (definition,) in found)


def _functions(cursor: Any, source: str) -> Iterator[str]:
    found = _rows(
        cursor,
        "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = %s::regnamespace ORDER BY oid",
        quote(source),
    )
    for (definition,) in found:
        yield definition.replace(f"{source}.", "").replace(f"{quote(source)}.", "").rstrip().rstrip(";")


def _triggers(cursor: Any, source: str) -> Iterator[str]:
    found = _rows(
        cursor,
        """SELECT pg_get_triggerdef(t.oid, true) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
           WHERE c.relnamespace = %s::regnamespace AND NOT t.tgisinternal ORDER BY t.oid""",
        quote(source),
    )
    for (definition,) in found:
        yield definition.replace(f"{source}.", "")
