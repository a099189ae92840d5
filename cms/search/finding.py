"""The answer to a question: what matches, in order, with its numbers by kind and year. Two statements for any size."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField, Case, Count, F, FloatField, Func, Q, TextField, Value, When
from django.db.models.expressions import Combinable, Expression
from django.db.models.functions import Greatest, Round

from cms.search.asking import understand
from cms.search.indexing import quoted
from cms.search.models import Kind, SearchEntry
from cms.search.question import Asked, Question
from cms.search.synonyms import Key

MAX_QUERY = 200
# The best are looked for among so many; nobody turns the thirtieth page.
CANDIDATES = 300
# With fewer entries of all words than this, those of nearly all follow.
FEW = 5
# The word itself in the text comes before a synonym in the title.
IN_TITLE, IN_BODY = 2.0, 1.0
ALL_WORDS = 2.0
WHOLE_TITLE, SERVICE, SERVICE_ASKED, CLOSENESS, FREQUENCY = 1.5, 0.15, 0.5, 0.8, 0.6
HELPING = 0.25
# The words of a name of a thing, each in any meaning and anywhere in the text.
PIECES = 0.45
SURE = 0.7
# Small against the words themselves: they decide between things that the words name equally well.
INITIAL, KIND_NAMED, PERSON_NAMED = 0.6, 0.5, 0.3


@dataclass(slots=True)
class Results:
    """What was found. `total` counts all, `entries` are those of the asked part."""

    question: Question
    entries: list[SearchEntry] = field(default_factory=list)
    total: int = 0
    shown: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    years: dict[int, int] = field(default_factory=dict)
    all_words: bool = True


class Matches(Func):
    """`vector @@ query`; the query's lexemes are taken as they are."""

    template = "(%(expressions)s::tsquery)"
    arg_joiner = " @@ "
    output_field = BooleanField()

    def __init__(self, vector: str, query: str) -> None:
        super().__init__(F(vector), Value(query, output_field=TextField()))


class _Rank(Func):
    function = "ts_rank"
    template = "%(function)s('{0.1, 0.2, 0.4, 1.0}', %(expressions)s::tsquery, 1)"
    output_field = FloatField()


class _Closeness(Func):
    function = "ts_rank_cd"
    template = "%(function)s('{0.5, 0.5, 0.5, 1.0}', %(expressions)s::tsquery, 32)"
    output_field = FloatField()


def _one(key: Key) -> str:
    """A meaning as a query. Two words stand near to each other («head of Meghri community»); three are enough."""
    if len(key) == 1:
        return quoted(key[0])
    if len(key) > 2:
        return "(" + " & ".join(quoted(stem) for stem in key) + ")"
    first, second = (quoted(stem) for stem in key)
    return "(" + " | ".join(f"({first} <{distance}> {second})" for distance in (1, 2, 3)) + ")"


def _any(keys: Iterable[Key], parts: Key = ()) -> str:
    """One of these meanings; `parts` need not stand together."""
    ways = ["(" + " & ".join(map(quoted, key)) + ")" if key == parts else _one(key) for key in keys]
    return "(" + " | ".join(ways) + ")"


def _every_meaning(each: Asked) -> str:
    """All that a word may mean; the name of a thing also by its words, each in any of its meanings."""
    found = _any(each.alternatives, each.parts)
    pieces = _by_pieces(each)
    return f"({found} | {pieces})" if pieces else found


def _by_pieces(each: Asked) -> str:
    if not each.pieces or not all(piece.is_found for piece in each.pieces):
        return ""
    return "(" + " & ".join(_any(piece.alternatives) for piece in each.pieces) + ")"


def _all(asked: Iterable[Asked]) -> str:
    return " & ".join(map(_every_meaning, asked))


def _tiers(each: Asked) -> list[tuple[float, str]]:
    """The meanings of a word by how sure they are, the surest first."""
    by_sure: dict[float, list[Key]] = {}
    for key, sure in each.alternatives.items():
        by_sure.setdefault(round(sure, 2), []).append(key)
    tiers = [(sure, _any(keys, each.parts)) for sure, keys in by_sure.items()]
    pieces = _by_pieces(each)
    if pieces:
        tiers.append((PIECES, pieces))
    return sorted(tiers, reverse=True)


def _sure(each: Asked) -> list[Key]:
    """The meanings that are the word itself, as far as it has any in the index."""
    least = min(SURE, max(each.alternatives.values()))
    return [key for key, sure in each.alternatives.items() if sure >= least]


def _worth(each: Asked, is_there: bool) -> Expression:
    """What a word adds: sure before unsure, title before text. `is_there`: the entry is known to hold one meaning."""
    weight = HELPING if each.is_helping else 1.0
    cases: list[tuple[float, When]] = []
    for sure, query in _tiers(each):
        cases.append((sure * IN_TITLE, When(Matches("title_vector", query), then=Value(sure * IN_TITLE * weight))))
        cases.append((sure * IN_BODY, When(Matches("vector", query), then=Value(sure * IN_BODY * weight))))
    cases.sort(key=lambda case: -case[0])
    # Who has some meaning and none of the better ones has the last one: one vector less to be unpacked.
    least = cases.pop()[0] * weight if is_there else 0.0
    return Case(*(when for _value, when in cases), default=Value(least), output_field=FloatField())


def _score(question: Question, has_all: bool) -> Combinable:
    """How well an entry answers. `has_all`: only entries that hold all counting words are scored."""
    asked = question.asked
    counting = question.counting
    score: Any = Value(0.0)
    in_title: Any = Value(0.0)
    for each in asked:
        score = score + _worth(each, has_all and each in counting)
    for each in counting:
        in_title = in_title + Case(
            When(Matches("title_vector", _any(_sure(each), each.parts)), then=Value(1.0)), default=Value(0.0)
        )
    # A title that is nothing but the asked words is what was meant.
    score = score + in_title * Value(WHOLE_TITLE) / Greatest(Distinct("title_vector"), Value(1.0))
    every = _all(counting)
    score = score + _Rank(F("vector"), Value(every, output_field=TextField())) * Value(FREQUENCY)
    if len(counting) > 1:
        there = Case(When(Matches("vector", every), then=Value(ALL_WORDS)), default=Value(0.0))
        score = score + (Value(ALL_WORDS) if has_all else there)
        score = score + _Closeness(F("vector"), Value(every, output_field=TextField())) * Value(CLOSENESS)
    boosts = {Kind.SERVICE.value: SERVICE_ASKED if question.wants_service else SERVICE}
    for kind in question.kinds:
        boosts[kind] = max(boosts.get(kind, 0.0), KIND_NAMED)
    score = score + Case(
        *(When(kind=kind, then=Value(boost)) for kind, boost in boosts.items()),
        default=Value(0.0),
        output_field=FloatField(),
    )
    named = " | ".join(_any(each.alternatives, each.parts) for each in counting)
    score = score + _when(Q(Matches("title_vector", named), kind=Kind.PERSON), PERSON_NAMED)
    for initial in question.initials:
        score = score + _when(Q(Matches("title_vector", f"{quoted(initial)}:*")), INITIAL)
    return score


def _when(condition: Q, worth: float) -> Case:
    return Case(When(condition, then=Value(worth)), default=Value(0.0), output_field=FloatField())


class Distinct(Func):
    """Number of different stems of a vector."""

    function = "length"
    template = "%(function)s(%(expressions)s)::float"
    output_field = FloatField()


def _enough(counting: list[Asked]) -> Any:
    """What is shown after the entries with all words: those with all but one, of two words the one in the title."""
    numbers = [each for each in counting if any(letter.isdigit() for letter in each.form)]
    if len(counting) == 2:
        kept = numbers[:1] or counting
        return Matches("title_vector", " | ".join(_any(each.alternatives, each.parts) for each in kept))
    # A number, a year or a date is never what may be missing.
    optional = [each for each in counting if each not in numbers] or counting
    ways = [_all(each for each in counting if each is not left_out) for left_out in optional]
    return Matches("vector", " | ".join(f"({way})" for way in ways))


def find(
    words: str, language: str, *, kind: str = "", year: int | None = None, start: int = 0, count: int = 10
) -> Results:
    """What the current community's site has about these words in a language, the best first."""
    question = understand(words[:MAX_QUERY], language)
    results = Results(question)
    if question.is_hopeless:
        return results
    counting = question.counting
    matching: Any = Matches("vector", _all(counting))
    rows = exact = SearchEntry.objects.filter(matching, language=language)
    _count(results, rows, kind, year)
    if results.total < FEW and len(counting) > (1 if results.total else 2) and not question.missing:
        results.all_words = results.total > 0
        rows = SearchEntry.objects.filter(Q(matching) | Q(_enough(counting)), language=language)
        _count(results, rows, kind, year)
    if not results.total and len(counting) == 2 and question.wants_service and not question.missing:
        # «как построить дом»: who asks how to do something gets the service that one of the words names.
        results.all_words = False
        rows = SearchEntry.objects.filter(_enough(counting), language=language, kind=Kind.SERVICE)
        _count(results, rows, kind, year)
    strong = [each for each in counting if not each.is_weak]
    if not results.total and 0 < len(strong) < len(counting) and not question.missing:
        # «վաճառք», «վնասված», a verb: what they are said of is what is looked for.
        results.all_words = False
        rows = SearchEntry.objects.filter(Matches("vector", _all(strong)), language=language)
        _count(results, rows, kind, year)
    if not results.shown:
        return results
    has_all = rows is exact
    rows = rows.filter(**_narrowed(kind, year))
    if results.shown > CANDIDATES:
        best = rows.order_by(
            Case(When(Matches("title_vector", _all(counting)), then=Value(0)), default=Value(1)),
            F("date").desc(nulls_last=True),
            "pk",
        ).values("pk")[:CANDIDATES]
        rows = SearchEntry.objects.filter(pk__in=best)
    scored = rows.annotate(score=Round(_score(question, has_all), 2)).defer("title_vector", "vector")
    results.shown = min(results.shown, CANDIDATES)
    results.entries = list(scored.order_by("-score", F("date").desc(nulls_last=True), "pk")[start : start + count])
    return results


def _narrowed(kind: str, year: int | None) -> dict[str, Any]:
    narrowed: dict[str, Any] = {}
    if kind:
        narrowed["kind"] = kind
    if year:
        narrowed["year"] = year
    return narrowed


def _count(results: Results, rows: Any, kind: str, year: int | None) -> None:
    """Numbers by kind (within the chosen year) and by year (within the chosen kind)."""
    results.total = results.shown = 0
    results.kinds, results.years = {}, {}
    for row_kind, row_year, number in rows.order_by().values_list("kind", "year").annotate(n=Count("pk")):
        results.total += number
        if year in (None, row_year):
            results.kinds[row_kind] = results.kinds.get(row_kind, 0) + number
        if kind in ("", row_kind) and row_year:
            results.years[row_year] = results.years.get(row_year, 0) + number
        if year in (None, row_year) and kind in ("", row_kind):
            results.shown += number


__all__ = ["MAX_QUERY", "Results", "find"]
