"""The index of the starter content, cloned with it into every new community."""

from __future__ import annotations

from collections.abc import Callable

from tenants.seeding import register_seed


@register_seed(order=900, name="search")
def seed_index(report: Callable[[str], None]) -> None:
    """After all other seeds; the names of a community are put in when it is connected."""
    from cms.search.indexing import reindex

    reindex()
