"""The labelled development set, and the command that measures with any set."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cms.search import evaluation
from tenants.context import register
from tenants.models import Community

DATA = Path(__file__).parent / "data"


def load(name: str) -> object:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("number", ["", "2", "3", "4", "5", "6", "7", "8"])
def test_the_labelled_sets_are_found(in_meghri, number):
    """Recall@5 of at least 0.97; a question that expects nothing finds nothing."""
    docs = evaluation.read_docs(load(f"docs{number}.json"))
    queries = evaluation.read_queries(load(f"queries{number}.json"), docs)
    assert len(docs) >= 50 and len(queries) >= 100
    evaluation.SearchEntry.objects.all().delete()
    evaluation.SearchTerm.objects.all().delete()
    ranks = evaluation.ask(queries, evaluation.publish(docs))
    asking = [query for query in queries if query.expected]
    empty = [query for query in queries if not query.expected]
    missed = [
        (query.words, ranks[query.id][:5]) for query in asking if evaluation.recall_of(query, ranks[query.id]) < 1
    ]
    recall = sum(evaluation.recall_of(query, ranks[query.id]) for query in asking) / len(asking)
    assert recall >= 0.97, missed
    found = [(query.words, ranks[query.id]) for query in empty if ranks[query.id]]
    assert len(found) <= len(empty) * 0.02, found


def test_recall_and_reciprocal_rank():
    query = evaluation.Query("q", "x", "hy", ("a", "b"), "k")
    assert evaluation.recall_of(query, ["c", "a", "d", "e", "f", "b"]) == 0.5
    assert evaluation.rank_of(query, ["c", "a"]) == 0.5
    nothing = evaluation.Query("n", "x", "hy", (), "k")
    assert evaluation.recall_of(nothing, []) == 1 and evaluation.recall_of(nothing, ["a"]) == 0


@pytest.mark.parametrize(
    ("docs", "said"),
    [
        ({}, "must be a list"),
        ([{"title": "x"}], "document 1: no id"),
        ([{"id": 1, "title": "x"}, {"id": 1, "title": "y"}], "document 2 (1): the id 1 stands twice"),
        ([{"id": "a", "type": "poem", "title": "x"}], "document 1 (a): type 'poem' is not one of"),
        ([{"id": "a", "lang": "de", "title": "x"}], "document 1 (a): lang 'de' is not one of"),
        ([{"id": "a"}], "neither title nor body"),
    ],
)
def test_a_wrong_document_is_named(docs, said):
    with pytest.raises(evaluation.BadSet) as error:
        evaluation.read_docs(docs)
    assert said in str(error.value)


def test_missing_optional_keys_and_extra_keys_are_fine():
    docs = evaluation.read_docs([{"id": 7, "title": "Կամուրջ", "colour": "red"}])
    queries = evaluation.read_queries([{"query": "կամուրջ", "expected": [7]}, {"query": "կատու"}], docs)
    assert (docs[0].kind, docs[0].language, queries[0].id, queries[1].expected) == ("page", "hy", "1", ())
    assert evaluation.read_docs([{"id": 0, "title": "x"}, {"id": 1, "title": "y"}])[0].id == "0"
    with pytest.raises(evaluation.BadSet, match="no id"):
        evaluation.read_docs([{"id": None, "title": "x"}])
    with pytest.raises(evaluation.BadSet, match="no document has the id 9"):
        evaluation.read_queries([{"query": "x", "expected": [9]}], docs)


@pytest.mark.slow
def test_the_command_measures_and_leaves_nothing_behind(real_commits, tmp_path):
    docs = [
        {"id": "n", "type": "news", "lang": "hy", "title": "Կամրջի նորոգում", "body": "Ավարտվել է։"},
        {"id": "a", "type": "act", "lang": "hy", "title": "Որոշում N 45-Ն", "body": "Տուրքերի մասին"},
    ]
    queries = [{"id": "1", "query": "կամուրջ", "expected": ["n"], "kind": "k"}, {"id": "2", "query": "տիեզերանավ"}]
    for name, data in (("d.json", docs), ("q.json", queries)):
        (tmp_path / name).write_text(json.dumps(data), encoding="utf-8")
    out = StringIO()
    call_command(
        "evaluate_search", str(tmp_path / "d.json"), str(tmp_path / "q.json"), out=tmp_path / "r.json", stdout=out,
        stderr=StringIO(),
    )  # fmt: skip
    assert json.loads((tmp_path / "r.json").read_text()) == {"1": ["n"], "2": []}
    assert "1.000" in out.getvalue()
    with register():
        assert not Community.objects.filter(slug__startswith="search-evaluation").exists()
    with pytest.raises(CommandError, match="not JSON"):
        (tmp_path / "d.json").write_text("{")
        call_command("evaluate_search", str(tmp_path / "d.json"), str(tmp_path / "q.json"))
