"""Taking personal words out of rows that are otherwise never changed.

The tenant's role may not change such rows, so the kernel does it as the schema's owner, and only columns that the
model has named: `redactable = {"comment": ""}`. What proves the rows (hashes, numbers, moments) cannot be among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from tenants.append_only import AppendOnly, NotChangeable
from tenants.context import current_community, current_schema, in_register, operator


def redact(model: type[AppendOnly], changes: Iterable[tuple[int, Mapping[str, Any]]]) -> int:
    """Replace words in rows of the current tenant, as (primary key, {column: what stays}); how many rows.

    Raises NotChangeable for a column that the model does not allow.
    """
    allowed: frozenset[str] = getattr(model, "redactable", frozenset())
    wanted = [(pk, dict(values)) for pk, values in changes]
    if in_register() or any(set(values) - set(allowed) for _pk, values in wanted):
        raise NotChangeable
    with operator(current_schema(), current_community()):
        rows: models.QuerySet[Any] = models.QuerySet(model)
        return sum(rows.filter(pk=pk).update(**values) for pk, values in wanted)
