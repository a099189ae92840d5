"""What a form asks of whom: conditions, pages, and values that the form works out itself."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services_api.procedures.forms import answer_sections, bind, build, conditions, form_context, formulas, schema


def text(label: str, **rules: Any) -> dict[str, Any]:
    return {"type": "string", "x-kind": "text", "maxLength": 100, "x-label": {"hy": label}, **rules}


def choice(label: str, *values: str) -> dict[str, Any]:
    shown = [{"value": each, "label": {"hy": each}} for each in values]
    return {"type": "string", "x-kind": "choice", "enum": list(values), "x-choices": shown, "x-label": {"hy": label}}


FORM: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "x-rules": {
        "as_organisation": {
            "label": {"hy": "Դիմում է կազմակերպությունը"},
            "when": {"field": "who", "equals": "organisation"},
        }
    },
    "x-groups": [
        {"code": "who", "legend": {"hy": "Ով"}, "fields": ["who", "tin_note"]},
        {
            "code": "company",
            "legend": {"hy": "Կազմակերպություն"},
            "fields": ["company", "staff"],
            "x-show-if": {"rule": "as_organisation"},
        },
        {"code": "works", "legend": {"hy": "Աշխատանքներ"}, "fields": ["works", "cost", "why"]},
    ],
    "properties": {
        "who": choice("Ով է դիմում", "person", "organisation"),
        "tin_note": text("Նշում", **{"x-show-if": {"rule": "as_organisation"}}),
        "company": {"type": "object", "x-kind": "organisation", "x-label": {"hy": "Կազմակերպություն"}},
        "staff": {"type": "integer", "x-kind": "number", "x-unit": "people", "x-label": {"hy": "Աշխատողներ"}},
        "works": {
            "type": "array",
            "x-kind": "table",
            "maxItems": 3,
            "x-columns": ["name", "pieces", "price", "sum"],
            "x-label": {"hy": "Աշխատանքներ"},
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "name": text("Անվանում"),
                    "pieces": {"type": "integer", "x-kind": "number", "minimum": 1, "x-label": {"hy": "Քանակ"}},
                    "price": {"type": "integer", "x-kind": "money", "x-label": {"hy": "Գին"}},
                    "sum": {
                        "type": "number",
                        "x-kind": "computed",
                        "x-unit": "dram",
                        "x-formula": {"product": ["pieces", "price"]},
                        "x-label": {"hy": "Ընդամենը"},
                    },
                },
                "required": ["name", "pieces", "price"],
            },
        },
        "cost": {
            "type": "number",
            "x-kind": "computed",
            "x-unit": "dram",
            "x-formula": {"total": {"of": "works", "field": "sum"}},
            "x-label": {"hy": "Արժեքը"},
        },
        "why": text("Ինչու է թանկ", **{"x-show-if": {"field": "cost", "at_least": 1_000_000}}),
    },
    "required": ["who", "company", "works", "why"],
}
COMPANY = {"name": "«Լուսարփի» ՍՊԸ", "tin": "01234567"}


def works(price: int = 500, pieces: int = 3) -> list[dict[str, Any]]:
    return [{"name": "Սալիկ", "pieces": pieces, "price": price}, {"name": "Ավազ", "pieces": 1, "price": 250}]


def problems(change: Any) -> list[str]:
    form = copy.deepcopy(FORM)
    change(form)
    return schema.check(form)


def test_the_example_is_in_order():
    assert schema.check(FORM) == []


def test_what_the_answers_hide_is_neither_kept_nor_checked():
    """A person is not asked for a company: its missing name is no error, and what was left in it does not stay."""
    form = build(FORM, "hy")
    bound = bind(form, {"who": "person", "company": {"name": "", "tin": "12"}, "tin_note": "x", "works": works()})
    assert bound.is_valid, bound.errors
    assert set(bound.answers) == {"who", "works", "cost"}
    asked = bind(form, {"who": "organisation", "works": works()})
    assert [each.field for each in asked.errors] == ["company.name", "company.tin"]
    assert bind(form, {"who": "organisation", "company": COMPANY, "works": works()}).is_valid


def test_the_form_works_out_its_sums_whatever_a_program_sends():
    sent = [{**each, "sum": 1} for each in works()]
    bound = bind(build(FORM, "hy"), {"who": "person", "works": sent, "cost": 1})
    assert bound.answers["cost"] == 1750
    assert [row["sum"] for row in bound.answers["works"]] == [1500, 250]


def test_a_computed_value_opens_a_question():
    dear = {"who": "person", "works": works(price=400_000)}
    assert [each.field for each in bind(build(FORM, "hy"), dear).errors] == ["why"]
    assert bind(build(FORM, "hy"), {**dear, "why": "Շատ է"}).is_valid


def test_without_script_a_question_that_appears_is_asked_before_it_is_missed():
    """The page had not shown it (`not_asked`): it comes marked, with no word of a mistake, and is needed then."""
    form = build(FORM, "hy")
    first = QueryDict(mutable=True)
    first.update({"who": "organisation", "works-count": "1", "works-0-name": "Ավազ", "works-0-pieces": "1"})
    first["works-0-price"] = "250"
    first.setlist("not_asked", ["tin_note", "company", "staff", "why"])
    bound = bind(form, first, step="form")
    assert not bound.is_valid and bound.errors == []
    assert bound.newly == ("tin_note", "company", "staff")
    page = form_context(form, bound)
    assert page["news"]["id"] == "f-tin-note"
    assert [each["is_new"] for each in page["groups"][1]["fields"]] == [True, True]
    again = first.copy()
    again.setlist("not_asked", ["why"])
    assert [each.field for each in bind(form, again, step="form").errors] == ["company.name", "company.tin"]


def test_the_page_carries_its_conditions_for_the_script():
    page = form_context(build(FORM, "hy"))
    company = page["groups"][1]
    assert company["show_if"] == '{"field": "who", "equals": "organisation"}' and company["is_hidden"]
    assert page["needs_script"]
    assert [each["not_asked"] for each in company["fields"]] == ["company", "staff"]
    chosen = form_context(build(FORM, "hy"), answers={"who": "organisation"})["groups"][1]
    assert not chosen["is_hidden"] and [each["not_asked"] for each in chosen["fields"]] == ["", ""]


def test_rows_are_read_from_a_page_and_empty_ones_go():
    posted = QueryDict(mutable=True)
    posted.update({"who": "person", "works-count": "3", "works-2-name": "Սալիկ", "works-2-pieces": "երկու"})
    bound = bind(build(FORM, "hy"), posted, step="form")
    assert [each.field for each in bound.errors] == ["works.0.pieces", "works.0.price"]
    assert bound.errors[0].id == "f-works-0-pieces"
    drawn = next(each for each in form_context(build(FORM, "hy"), bound)["groups"][-1]["fields"])
    assert len(drawn["row_list"]) == 1 and drawn["row_list"][0]["fields"][0]["value"] == "Սալիկ"
    assert drawn["row_list"][0]["fields"][1]["error"]


def test_a_row_can_be_removed_and_there_is_an_end_of_rows():
    posted = QueryDict(mutable=True)
    posted.update({"who": "person", "works-count": "2", "works-0-name": "Սալիկ", "works-1-name": "Ավազ"})
    posted["remove_row"] = "works-0"
    shown = bind(build(FORM, "hy"), posted, step="form").shown["works"]
    assert [each["name"] for each in shown] == ["Ավազ"]
    many = {"who": "person", "works": works() + works()}
    assert [each.field for each in bind(build(FORM, "hy"), many).errors] == ["works"]


def test_an_unknown_column_is_refused_with_its_place():
    sent = {"who": "person", "works": [{**works()[0], "colour": "red"}]}
    assert [each.field for each in bind(build(FORM, "hy"), sent).errors] == ["works.0.colour"]


def test_rows_are_read_back_line_by_line():
    bound = bind(build(FORM, "hy"), {"who": "organisation", "company": COMPANY, "staff": 12, "works": works()})
    sections = answer_sections(build(FORM, "hy"), bound.answers)
    rows = {row["label"]: row for each in sections for row in each["rows"]}
    assert rows["Աշխատանքներ 1"]["lines"][:2] == ["Անվանում՝ Սալիկ", "Քանակ՝ 3"]
    assert rows["Արժեքը"]["value"] == "1\u00a0750\u00a0֏"
    assert rows["Կազմակերպություն"]["value"] == "«Լուսարփի» ՍՊԸ, ՀՎՀՀ 01234567"


def test_programs_learn_what_is_asked_under_a_condition():
    described = build(FORM, "en").api_schema()
    assert described["required"] == ["who", "works"]
    assert described["x-conditional"]["company"] == {
        "required": True,
        "show_if": {"field": "who", "equals": "organisation"},
    }
    assert described["properties"]["cost"]["readOnly"]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda form: form["properties"]["who"].update({"x-show-if": {"field": "staff", "answered": True}}), "who"),
        (lambda form: form["properties"]["why"].update({"x-show-if": {"field": "who", "equals": "alien"}}), "why"),
        (lambda form: form["properties"]["why"].update({"x-show-if": {"rule": "no_such"}}), "why"),
        (lambda form: form["properties"]["why"].update({"x-show-if": {"field": "who"}}), "why"),
        (lambda form: form["properties"]["why"].update({"x-show-if": {"field": "works", "answered": True}}), "why"),
        (lambda form: form["properties"]["cost"].update({"x-formula": {"total": {"of": "works", "field": "name"}}}),
         "cost"),
        (lambda form: form["properties"]["cost"].update({"x-formula": {"power": [2, 3]}}), "cost"),
        (lambda form: form["properties"]["works"]["items"]["properties"].update(
            {"name": {"type": "array", "x-kind": "file", "x-label": {"hy": "Ֆայլ"}, "x-max-bytes": 5,
                     "x-accept": ["pdf"]}}), "works"),
        (lambda form: form["properties"]["works"].pop("maxItems"), "works"),
        (lambda form: form["properties"]["works"].pop("x-columns"), "works"),
        (lambda form: form["x-groups"][2]["fields"].remove("why"), "why"),
        (lambda form: form["x-rules"].update({"second": {"label": {"hy": "x"}, "when": {"rule": "as_organisation"}}}),
         "x-rules.second"),
        (lambda form: form.update({"x-pages": [{"code": "one", "title": {"hy": "Մեկ"}, "groups": ["who"]}]}),
         "x-pages"),
        (lambda form: form.update({"x-pages": [{"code": "review", "title": {"hy": "Մեկ"},
                                                "groups": ["who", "company", "works"]}]}), "x-pages"),
    ],
)  # fmt: skip
def test_logic_that_cannot_work_is_refused_and_named(change, place):
    found = problems(change)
    assert found and all(place in each for each in found), found


def test_pages_follow_the_answers():
    form = copy.deepcopy(FORM) | {"x-pages": "groups"}
    built = build(form, "hy")
    assert [each.code for each in built.pages_for({"who": "person"})] == ["who", "works"]
    assert [each.code for each in built.pages_for({"who": "organisation"})] == ["who", "company", "works"]
    page = form_context(built, answers={"who": "organisation"}, part="company")
    assert [each["id"] for each in page["groups"][0]["fields"]] == ["f-company", "f-staff"]
    assert page["groups"][0]["show_if"] == ""  # decided by an earlier page
    bound = bind(built, {"why": "Շատ է", "works": works(400_000)}, step="works", context={"who": "person"})
    assert bound.is_valid and bound.answers["cost"] == 1_200_250


ANSWERS = st.dictionaries(
    st.sampled_from(["a", "b"]),
    st.one_of(st.booleans(), st.integers(-5, 5), st.sampled_from(["x", "y", ""]), st.lists(st.sampled_from("xy"))),
)
LEAVES = st.one_of(
    st.builds(lambda code, value: {"field": code, "equals": value}, st.sampled_from("ab"), st.sampled_from(["x", 1])),
    st.builds(lambda code, value: {"field": code, "answered": value}, st.sampled_from("ab"), st.booleans()),
    st.builds(lambda code, value: {"field": code, "at_least": value}, st.sampled_from("ab"), st.integers(-3, 3)),
    st.builds(lambda code, value: {"field": code, "includes": value}, st.sampled_from("ab"), st.sampled_from("xy")),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda part: {"not": part}, inner),
    ),
    max_leaves=6,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CONDITIONS, ANSWERS, st.sets(st.sampled_from(["a", "b"])))
def test_what_is_decided_beforehand_changes_nothing(condition, answers, here):
    """The page's script gets a condition reduced to its own questions: with them it says the same as the server."""
    reduced = conditions.reduce(condition, answers, here)
    assert conditions.holds(reduced, answers) == conditions.holds(condition, answers)
    assert conditions.holds({"not": condition}, answers) is not conditions.holds(condition, answers)


@given(st.lists(st.decimals(-(10**6), 10**6, places=2), min_size=1, max_size=8))
def test_sums_are_exact_to_the_last_place(amounts):
    answers = {f"n{index}": float(each) for index, each in enumerate(amounts)}
    assert formulas.evaluate({"sum": list(answers)}, answers) == float(sum(amounts))


def test_half_known_products_have_no_value():
    assert formulas.evaluate({"product": ["a", "b"]}, {"a": 2}) is None
    assert formulas.evaluate({"difference": ["a", 1]}, {"a": 0.3}) == -0.7
    assert formulas.evaluate({"count": "rows"}, {"rows": [{}, {}]}) == 2
    assert formulas.evaluate({"product": ["a", "a"]}, {"a": 10**9}) is None  # beyond what anybody means
