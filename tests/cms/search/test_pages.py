"""The page of results and the suggestions, as a visitor meets them."""

from __future__ import annotations

import json
from datetime import date

import pytest

from cms.search import unanswered
from cms.search.asking import understand
from cms.search.models import UnansweredQuery
from cms.search.snippets import found_stems
from cms.search.stems import stem
from cms.search.views import suggest
from tests.cms.search.conftest import urls


def test_results_are_marked_and_narrowed_by_links(news, meghri, client_for):
    news("Կամուրջի <b>բացում</b>", date=date(2025, 3, 1), lede="Նոր կամուրջը միացրեց երկու թաղամաս։")
    news("Կամուրջի նորոգում", date=date(2026, 3, 1))
    html = client_for(meghri).get("/search/", {"q": "կամուրջ"}).content.decode()
    assert "<mark>Կամուրջի</mark> &lt;b&gt;բացում" in html and "<mark>կամուրջը</mark>" in html
    # All are news: to choose that would change nothing, and is not offered.
    assert "year=2025" in html and "kind=news" not in html
    narrowed = client_for(meghri).get("/search/", {"q": "կամուրջ", "year": "2025"}).content.decode()
    assert "բացում" in narrowed and "<mark>Կամուրջի</mark> նորոգում" not in narrowed


def test_other_names_of_a_thing_mark_no_words_of_their_own(news, in_meghri):
    news("Ավագանու որոշման նախագիծ", lede="Ծրագիրը կքննարկվի։")
    marked = found_stems(understand("որոշում", "hy"))
    assert stem("որոշման", "hy") in marked and stem("ավագանու", "hy") not in marked


@pytest.mark.parametrize(
    "query",
    [{"q": "x" * 5000}, {"q": "կամուրջ", "p": "999999"}, {"q": "կամուրջ", "year": "²"}, {"q": "կամուրջ", "kind": "x"},
     {"q": "'; DROP TABLE x; --"}, {"q": "\\ ' & | ! ( ) : *"}, {"q": "\x00"}, {"q": "<script>alert(1)</script>"}],
)  # fmt: skip
def test_odd_questions_are_answered(news, meghri, client_for, query):
    news("Կամուրջի նորոգում")
    answer = client_for(meghri).get("/search/", query)
    assert answer.status_code == 200 and "<script>alert" not in answer.content.decode()


def test_suggestions_begin_like_what_is_typed(news, meghri, client_for, rf):
    page = news("Մանկապարտեզի բացում")
    answer = client_for(meghri).get("/search/suggest", {"q": "մանկապ"})
    found = json.loads(answer.content)["suggestions"]
    assert page.url in [row["url"] for row in found] and "max-age" in answer["Cache-Control"]
    assert json.loads(suggest(rf.get("/search/suggest?q=մ")).content)["suggestions"] == []


def test_what_is_not_found_is_counted_without_personal_data(in_meghri):
    for words in ("Տիեզերանավ", "տիեզերանա՛վ", "x@y.am", "091 12 34 56", "մեկ երկու երեք չորս հինգ վեց"):
        unanswered.remember(words, "hy")
    assert list(UnansweredQuery.objects.values_list("words", "times")) == [("տիեզերանավ", 2)]


def test_it_stays_bounded(in_meghri, monkeypatch):
    monkeypatch.setattr(unanswered, "MAX_ROWS", 30)
    for number in range(60):
        unanswered.remember("".join(chr(0x561 + int(digit)) for digit in str(1000 + number)), "hy")
    assert UnansweredQuery.objects.count() <= 30


def test_own_synonyms_lead_to_what_they_mean(news):
    from cms.search import synonyms
    from cms.search.models import SynonymGroup

    page = news("Գյուղատնտեսական տոնավաճառ")
    assert page.url not in urls("շուռնուխ")
    SynonymGroup.objects.create(words="շուռնուխ, տոնավաճառ")
    synonyms._own.clear()
    assert page.url in urls("շուռնուխ")


def test_chief_editors_keep_the_synonyms_and_editors_do_not(in_meghri):
    from django.contrib.auth.models import Group

    from cms.seeds.roles import ADMINISTRATORS, CHIEF_EDITORS, EDITORS

    def rights(name: str) -> set[str]:
        held = Group.objects.get(name=name).permissions.filter(content_type__app_label="site_search")
        return set(held.values_list("codename", flat=True))

    kept = {"add_synonymgroup", "change_synonymgroup", "delete_synonymgroup", "view_synonymgroup"}
    kept |= {"view_unansweredquery", "delete_unansweredquery"}
    assert rights(CHIEF_EDITORS) == rights(ADMINISTRATORS) == kept
    assert not rights(EDITORS)
