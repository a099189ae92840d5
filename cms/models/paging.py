"""Pages of long lists: page 800 costs about what page 1 costs, and each has a number and an address."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet


class LongListPaginator(Paginator):
    """For ordered querysets whose rows are wide: only the keys are sorted and counted off, from the nearer end.

    The rows of the one page that is shown are then read by their keys, with whatever the queryset prefetches.
    The order must be total (end with the key), or rows of equal rank may change places between pages.
    """

    def page(self, number: int | str) -> Page:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        last = min(first + self.per_page, self.count)
        return Page(self._rows(first, last), number, self)

    def _rows(self, first: int, last: int) -> list[Any]:
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]
        keys = rows.values_list("pk", flat=True)
        if first <= self.count // 2:
            wanted = list(keys[first:last])
        else:
            wanted = list(keys.reverse()[self.count - last : self.count - first])[::-1]
        found = {row.pk: row for row in rows.filter(pk__in=wanted)}
        return [found[key] for key in wanted if key in found]


__all__ = ["LongListPaginator"]
