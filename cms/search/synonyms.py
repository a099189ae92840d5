"""Words that mean the same: the municipal dictionary (data/synonyms/*.txt) and a community's own groups.

A line of the dictionary is a group, its words separated by commas; `#` begins a comment. Whoever asks one word of a
group finds the others too, after the results with the asked word itself.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from cms.invalidation import forget_after_commit
from cms.page_cache import stamp
from cms.search.models import SynonymGroup
from tenants.context import current_schema

DATA = Path(__file__).parent / "data" / "synonyms"
_own: dict[str, tuple[str, dict[str, list[list[str]]]]] = {}


@cache
def dictionary(language: str) -> list[list[str]]:
    """The groups that ship with the product."""
    path = DATA / f"{language}.txt"
    groups = []
    for line in path.read_text(encoding="utf-8").splitlines():
        words = [word.strip() for word in line.partition("#")[0].split(",") if word.strip()]
        if words:
            groups.append(words)
    return groups


def own(language: str) -> list[list[str]]:
    """The groups of the current community, remembered until its pages or groups change."""
    schema = current_schema()
    now = stamp(schema)
    known = _own.get(schema)
    if known is None or known[0] != now:
        groups: dict[str, list[list[str]]] = {}
        for group in SynonymGroup.objects.all():
            groups.setdefault(group.language, []).append(group.as_list())
        known = _own[schema] = (now, groups)
    return known[1].get(language, [])


def forget_own() -> None:
    """The community's groups have changed: all processes read them anew."""
    forget_after_commit()
