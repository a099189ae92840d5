"""Words that are typed in two where the index has one, or in one where it has two."""

from __future__ import annotations

from collections.abc import Container

from cms.search import stems
from cms.search.models import SearchTerm
from cms.search.question import EXACT, FAMILY, Asked


def joined_forms(asked: list[Asked], wanted: Container[int]) -> dict[int, list[str]]:
    """Compounds that two neighbours may make, by the place of the first: «գույքի հարկ», «խաղա հրապարակ»."""
    joined: dict[int, list[str]] = {}
    for index in range(len(asked) - 1):
        first, second = asked[index].form, asked[index + 1].form
        if not (index in wanted and index + 1 in wanted and first.isalpha() and second.isalpha()):
            continue
        if min(len(first), len(second)) >= 3:
            joined[index] = [first + second, *(beginning + second for beginning in stems.compounds(first))]
    return joined


def join(
    asked: list[Asked],
    joined: dict[int, list[str]],
    compounds: dict[str, str],
    terms: list[SearchTerm],
    language: str,
) -> None:
    """Read neighbours as the compound that the index has, or as both words."""
    for index, forms in sorted(joined.items(), reverse=True):
        keys = {compounds[form] for form in forms}
        there = {term.stem for term in terms if term.word in forms or term.stem in keys}
        if not there or index + 1 >= len(asked):
            continue
        first, second = asked[index], asked[index + 1]
        one = Asked(f"{first.text} {second.text}", f"{first.form} {second.form}")
        if first.is_found and second.is_found:
            one.parts = (stems.stem(first.form, language), stems.stem(second.form, language))
            one.may_be(one.parts, EXACT)
        for stem in there:
            one.may_be((stem,), FAMILY)
        asked[index : index + 2] = [one]


def pairs(word: str) -> list[tuple[str, str]]:
    """Two words that were typed without a space between them."""
    if len(word) < 8:
        return []
    return [(word[:cut], word[cut:]) for cut in range(4, len(word) - 3)]


__all__ = ["join", "joined_forms", "pairs"]
