"""A community with thousands of news, asked by its own search without any cache."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from infra import applications

_SUBJECTS = (
    "ճանապարհների ասֆալտապատում", "մանկապարտեզի հիմնանորոգում", "ջրագծի կառուցում", "ավագանու հերթական նիստ",
    "աղբահանության նոր ժամանակացույց", "փողոցային լուսավորություն", "բյուջեի կատարողական", "հողամասի աճուրդ",
    "գրադարանի վերաբացում", "ծառատունկ համայնքում", "մարզադաշտի կառուցում", "գազամատակարարման ընդհատում",
)  # fmt: skip
_QUESTIONS = (
    "մանկապարտեզ", "ճանապարհների նորոգում", "ջուր", "բյուջե 2026", "աճուրդ", "ավագանու նիստ", "aghbahanutyun",
    "գրադրան", "համայնք", "որտեղ վճարել աղբի համար", "տիեզերանավ", "փողոցի լույս",
    "ինչպես դիմել մանկապարտեզ", "N 45-Ն", "dimum",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _News:
    pk: int
    title: str
    body: str
    day: date


def search_many(news: int, rounds: int) -> dict[str, object]:
    """Milliseconds of every question, and how many things there are."""
    from django.db import connection

    from cms.search import snippets
    from cms.search.finding import find
    from cms.search.indexing import refresh
    from cms.search.models import SearchEntry
    from cms.search.sources import Found, Source
    from tenants.context import register, tenant
    from tenants.models import Community

    with register():
        community = Community.objects.get(slug=applications.COMMUNITY)
    with tenant(community):
        refresh(Source("bench", "news", list, _found(Found), None, lambda row: "hy", {}), _written(news))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        times = []
        for turn in range(rounds + 1):
            for words in _QUESTIONS:
                began = time.perf_counter()
                found = find(words, "hy")
                stems = snippets.found_stems(found.question)
                for entry in found.entries:
                    snippets.excerpt(entry.body, "hy", stems)
                if turn:  # the first round reads the dictionary
                    times.append((time.perf_counter() - began) * 1000)
        return {"milliseconds": times, "entries": SearchEntry.objects.filter(language="hy").count()}


def _found(found_type: Any) -> Any:
    def found(row: _News, language: str) -> Any:
        return found_type(title=row.title, url=f"/news/{row.pk}/", body=row.body, date=row.day)

    return found


def _written(count: int) -> list[_News]:
    """News of about a hundred words, each with words of its own."""
    chance = random.Random(7)  # noqa: S311 - the same news every time
    letters = "աբգդեզիլխկհմնպռսվտրցփք"
    own = ["".join(chance.choices(letters, k=chance.randint(5, 10))) for _number in range(25_000)]
    common = [word for subject in _SUBJECTS for word in subject.split()] + [
        "համայնքի",
        "ղեկավարը",
        "բնակիչների",
        "տարվա",
    ]
    rows = []
    for number in range(count):
        subject = chance.choice(_SUBJECTS)
        body = " ".join(chance.choices(common, k=60) + chance.choices(own, k=40))
        rows.append(
            _News(number, f"{subject} {chance.choice(own)}", body, date(2016, 1, 1) + timedelta(days=number // 3))
        )
    return rows
