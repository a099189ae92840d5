"""Kinds of questions in parts, amounts and times: what is taken, what is refused, how it is read back."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation

from services_api.procedures.forms import answer_sections, bind, build, form_context
from tests.services_api.procedures.test_form_answers import one, said
from tests.themes.sample_values import site

KINDS: dict[str, dict[str, Any]] = {
    "money": {"type": "integer", "x-kind": "money", "maximum": 500_000},
    "time": {"type": "string", "x-kind": "time", "format": "time", "x-earliest": "09:00", "x-latest": "18:00"},
    "organisation": {"type": "object", "x-kind": "organisation"},
    "psn": {"type": "object", "x-kind": "psn"},
    "address": {"type": "object", "x-kind": "address"},
    "point": {"type": "object", "x-kind": "point"},
}
PLACE = {"settlement": "Լեհվազ", "street": "Ա. Մանուկյան", "house": "4/1"}
GOOD: list[tuple[str, Any, Any, str]] = [
    ("money", "12 000 ֏", 12_000, "12\u00a0000\u00a0֏"),
    ("money", 0, 0, "0\u00a0֏"),
    ("time", "9.30", "09:30", "09:30"),
    ("time", "18", "18:00", "18:00"),
    ("organisation", {"name": " «Արփի»  ՍՊԸ", "tin": "0123 4567"}, {"name": "«Արփի» ՍՊԸ", "tin": "01234567"},
     "«Արփի» ՍՊԸ, ՀՎՀՀ 01234567"),
    ("psn", {"number": "12 34567890", "certificate": ""}, {"number": "1234567890"}, "1234567890"),
    ("psn", {"certificate": "ՏԵՂ-12/3"}, {"certificate": "ՏԵՂ-12/3"}, "ՏԵՂ-12/3"),
    ("address", {**PLACE, "flat": "7"}, {**PLACE, "flat": "7"}, "Լեհվազ, Ա. Մանուկյան 4/1, բն. 7"),
    ("point", {"lat": "39,2032", "lon": "46.2456"}, {"lat": 39.2032, "lon": 46.2456}, "39.2032, 46.2456"),
    ("point", {"lat": "39.2032, 46.2456"}, {"lat": 39.2032, "lon": 46.2456}, "39.2032, 46.2456"),
]  # fmt: skip
BAD: list[tuple[str, Any, str]] = [
    ("money", "12.5", "«Հարց» դաշտում գրեք գումարը ամբողջ դրամներով"),
    ("money", 600_000, "500"),
    ("money", -5, "0"),
    ("time", "25:00", "գրեք ժամը"),
    ("time", "8:59", "09:00–18:00"),
    ("organisation", {"name": "«Արփի» ՍՊԸ", "tin": "123"}, "ՀՎՀՀ"),
    ("organisation", {"tin": "01234567"}, "Կազմակերպության անվանումը"),
    ("psn", {"number": "123"}, "10 նիշ"),
    ("psn", {"number": "1234567890", "certificate": "12345"}, "միայն մեկը"),
    ("address", {"settlement": "Լեհվազ", "street": "Ա. Մանուկյան"}, "Տուն"),
    ("point", {"lat": "48.85", "lon": "45"}, "Հայաստանում"),
    ("point", {"lat": "39.2"}, "Երկայնություն"),
    ("point", {"lat": "հյուսիս", "lon": "45"}, "Լայնություն"),
    ("point", "39.2", "Հարց"),
]


@pytest.mark.parametrize(("kind", "given", "kept", "shown"), GOOD)
def test_a_good_answer_is_kept_clean_and_read_back(kind, given, kept, shown):
    form = one(**KINDS[kind])
    bound = bind(form, {"answer": given})
    assert bound.is_valid, bound.errors
    assert bound.answers["answer"] == kept
    assert answer_sections(form, bound.answers, reveal=True)[0]["rows"][0]["value"] == shown


@pytest.mark.parametrize(("kind", "given", "words"), BAD)
def test_a_bad_answer_is_named(kind, given, words):
    assert words in said(one(**KINDS[kind]), {"answer": given})


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_and_a_program_say_the_same(kind):
    """Every good answer, typed into the controls of the page, is kept as the program's is."""
    form = one(**KINDS[kind])
    for given, kept in [(given, kept) for name, given, kept, _shown in GOOD if name == kind]:
        page = QueryDict(mutable=True)
        if isinstance(given, dict):
            page.update({f"answer-{part}": str(each) for part, each in given.items()})
        else:
            page["answer"] = str(given)
        assert bind(form, page, step="form").answers == {"answer": kept}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["hy", "en", "ru"])
def test_an_unanswered_question_says_what_is_missing_and_its_link_leads_to_a_control(kind, language):
    form = one(language, **KINDS[kind])
    bound = bind(form, QueryDict(""), step="form")
    assert bound.errors and bind(one(required=False, **KINDS[kind]), QueryDict(""), step="form").is_valid
    with translation.override(language):
        html = render_to_string("procedures/form.html", {"site": site(), "form": form_context(form, bound)})
    for error in bound.errors:
        assert f'id="{error.id}"' in html and error.message.replace("'", "&#x27;") in html


def test_an_identifier_leaves_covered_unless_it_is_asked_for():
    """Lists, letters and receipts never hold it; the person and the officer on the case's page see it."""
    form = one(**KINDS["psn"])
    answers = {"answer": {"number": "1234567890"}}
    assert answer_sections(form, answers)[0]["rows"][0]["value"] == "•••••••890"
    assert answer_sections(form, answers, reveal=True)[0]["rows"][0]["value"] == "1234567890"


def test_settlements_of_an_address_are_those_of_the_community(meghri, as_tenant):
    as_tenant(meghri)
    form = build({"type": "object", "additionalProperties": False,
                  "properties": {"answer": {"x-label": {"hy": "Հասցե"}, **KINDS["address"]}}}, "hy")  # fmt: skip
    assert bind(form, {"answer": PLACE}).is_valid
    refused = bind(form, {"answer": {**PLACE, "settlement": "Փարիզ"}})
    assert [each.field for each in refused.errors] == ["answer.settlement"]
    drawn = form_context(form)["fields"][0]["fields"][0]
    assert drawn["kind"] == "select" and len(drawn["choices"]) == meghri.settlements.count()
