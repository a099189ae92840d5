"""The form builder: every form goes through blocks and comes back; what is wrong is told at its block."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services_api.procedures import seeds
from services_api.procedures.forms import schema
from services_api.procedures.forms.kinds import KINDS
from services_api.procedures.workspace.builder import blocks, logic, preview, reading
from services_api.procedures.workspace.builder.codes import propose
from services_api.procedures.workspace.builder.places import as_error
from services_api.procedures.workspace.builder.writing import Written, write

FORMS = {each["procedure"]["code"]: each["form"] for each in seeds.packages()}
HEADS = ("x-title", "x-intro", "x-note")


def through_blocks(form: dict[str, Any], **changed: Any) -> Written:
    """Read into blocks, through the JSON that a browser would hold, and written again."""
    parts = blocks.PARTS.to_python(json.loads(json.dumps(blocks.PARTS.get_prep_value(reading.read_parts(form)))))
    rules = blocks.RULES.to_python(json.loads(json.dumps(blocks.RULES.get_prep_value(reading.read_rules(form)))))
    given = {
        "heads": {key: form[key] for key in HEADS if key in form},
        "paging": reading.paging_of(form),
        "kept": form,
        **changed,
    }
    return write(parts, rules, **given)


def label(words: str) -> dict[str, str]:
    return {"hy": words}


def question(kind: str, words: str = "Հարց", **rules: Any) -> dict[str, Any]:
    return {"type": KINDS[kind][0][0], "x-kind": kind, "x-label": label(words), **rules}


def one_part(properties: dict[str, Any], **form: Any) -> dict[str, Any]:
    group = {"code": "all", "legend": label("Բաժին"), "fields": list(properties)}
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "required": [],
        "x-groups": [group],
        **form,
    }


@pytest.mark.parametrize("code", FORMS)
def test_every_form_of_the_house_comes_back_as_it_was(code):
    written = through_blocks(FORMS[code])
    assert written.problems == [] and written.form == FORMS[code]


def rich_form() -> dict[str, Any]:
    """Each kind of question with each of its keys, pages with a condition, rules, nesting that blocks cannot show."""
    choices = [{"value": each, "label": label(each), "hint": label("հուշում")} for each in ("a", "b", "c")]
    who = question("choice", enum=["a", "b", "c"], **{"x-choices": choices, "x-widget": "select"})
    items = {
        "type": "object",
        "additionalProperties": False,
        "required": ["width"],
        "properties": {
            "width": question("number", minimum=0.5, maximum=10),
            "height": question("money", minimum=1),
            "area": question("computed", **{"x-formula": {"product": ["width", "height", 2]}, "x-unit": "m2"}),
        },
    }
    rows = {"items": items, "x-columns": ["width", "height", "area"], "maxItems": 5, "minItems": 1}
    properties = {
        "who": who,
        "needs": question(
            "choices",
            items={"type": "string", "enum": ["a", "b", "c"]},
            minItems=1,
            maxItems=2,
            **{"x-choices": choices},
        ),
        "open": question("yes_no"),
        "name": question(
            "text",
            maxLength=50,
            minLength=2,
            pattern="^[a-z]+$",
            **{"x-size": "short", "x-messages": {"invalid": label("Սխալ է")}, "x-autocomplete": "name"},
        ),
        "story": question("long_text", maxLength=500, minLength=0, **{"x-rows": 4, "x-hint": label("Մի\nերկու")}),
        "email": question("email", format="email"),
        "phone": question("phone", format="phone"),
        "day": question("date", format="date", **{"x-earliest": "2026-01-31", "x-latest": "today"}),
        "hour": question("time", format="time", **{"x-earliest": "09:00", "x-latest": "18:00"}),
        "count": {**question("number"), "type": "integer", "x-unit": "people"},
        "cost": question("money", minimum=0, maximum=5),
        "place": question("settlement"),
        "person": question("person"),
        "firm": question("organisation"),
        "psn": question("psn"),
        "address": question("address"),
        "point": question("point"),
        "paper": question("file", **{"x-max-bytes": 1_000_000, "x-accept": ["pdf"]}),
        "papers": question(
            "files", maxItems=3, minItems=1, **{"x-max-bytes": 5 * 1024 * 1024, "x-accept": ["jpg", "png"]}
        ),
        "kids": question("group", **rows, **{"x-item": label("Երեխա"), "x-add": label("Ավելացնել")}),
        "works": question("table", **rows),
        "all_of_it": question(
            "computed", **{"x-formula": {"sum": ["cost", {"total": {"of": "works", "field": "height"}}, 7]}}
        ),
        "how_many": question("computed", **{"x-formula": {"count": "kids"}}),
        "deep": question("computed", **{"x-formula": {"difference": [{"sum": ["cost", 1]}, 2.5]}}),
        "told": {"type": "null", "x-kind": "info", "x-text": label("Տեքստ\n\nերկրորդ")},
        "agreed": question("consent"),
    }
    conditions: list[dict[str, Any]] = [
        {"field": "who", "equals": "a"},
        {"field": "who", "in": ["b"]},
        {"not": {"field": "who", "in": ["a", "b"]}},
        {"field": "needs", "includes": "c"},
        {"not": {"field": "needs", "includes": "a"}},
        {"field": "open", "equals": False},
        {"field": "count", "at_least": 2},
        {"field": "count", "at_most": 2.5},
        {"field": "name", "answered": True},
        {"field": "story", "answered": False},
        {"rule": "big"},
        {"not": {"rule": "big"}},
        {"all": [{"field": "open", "equals": True}, {"rule": "big"}]},
        {"any": [{"field": "name", "equals": "x"}, {"not": {"field": "who", "equals": "b"}}]},
        {"all": [{"any": [{"field": "who", "equals": "a"}, {"rule": "big"}]}, {"field": "open", "equals": True}]},
        {"not": {"field": "count", "at_least": 3}},
    ]
    for number, each in enumerate(conditions):
        properties[f"when_{number}"] = question("text", maxLength=9, **{"x-show-if": each})
    asked = [code for code in properties if code != "agreed" and not code.startswith("when")]
    later = [code for code in properties if code.startswith("when")]
    groups = [
        {"code": "first", "legend": label("Առաջին"), "fields": asked, "x-note": "of a later version"},
        {"code": "second", "legend": label("Երկրորդ"), "fields": later, "x-show-if": {"field": "open", "equals": True}},
    ]
    pages = [
        {"code": "one", "title": {"hy": "Մեկ", "en": "One"}, "groups": ["first"]},
        {"code": "two", "title": label("Երկու"), "groups": ["second"], "x-show-if": {"field": "who", "in": ["a", "b"]}},
    ]
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "required": ["who", "agreed", "cost"],
        "x-groups": groups,
        "x-pages": pages,
        "x-rules": {"big": {"label": label("Մեծ է"), "when": {"field": "count", "at_least": 10}}},
    }


def test_whatever_a_form_may_say_comes_back():
    form = rich_form()
    assert schema.check(form) == []
    written = through_blocks(form)
    assert written.problems == [] and written.form == form


CONDITIONS = st.recursive(
    st.one_of(
        st.builds(lambda test, value: {"field": "who", test: value}, st.just("equals"), st.sampled_from("abc")),
        st.builds(
            lambda several: {"field": "who", "in": several},
            st.lists(st.sampled_from("abc"), min_size=1, max_size=3, unique=True),
        ),
        st.builds(lambda value: {"field": "count", "at_least": value}, st.integers(-5, 5) | st.floats(-5, 5)),
        st.builds(lambda value: {"field": "open", "equals": value}, st.booleans()),
        st.builds(lambda value: {"field": "name", "answered": value}, st.booleans()),
    ),
    lambda inner: (
        st.builds(lambda one: {"not": one}, inner)
        | st.builds(
            lambda how, several: {how: several},
            st.sampled_from(["all", "any"]),
            st.lists(inner, min_size=1, max_size=3),
        )
    ),
    max_leaves=6,
)


@given(condition=CONDITIONS)
@settings(max_examples=60, deadline=None)
def test_any_condition_is_shown_or_kept_but_never_lost(condition):
    form = one_part(
        {
            "who": question(
                "choice", enum=list("abc"), **{"x-choices": [{"value": x, "label": label(x)} for x in "abc"]}
            ),
            "count": question("number"),
            "open": question("yes_no"),
            "name": question("text", maxLength=9),
            "last": question("text", maxLength=9, **{"x-show-if": condition}),
        }
    )
    written = through_blocks(form)
    assert written.form["properties"]["last"]["x-show-if"] == condition


def at(written: Written) -> dict[tuple[Any, ...], str]:
    return {each.place: each.message for each in written.problems}


def changed(form: dict[str, Any], change) -> Written:
    """A clerk changes blocks: `change` gets them as plain data."""
    raw = blocks.PARTS.get_prep_value(reading.read_parts(form))
    change(raw)
    return write(
        blocks.PARTS.to_python(raw),
        reading.read_rules(form),
        heads={},
        paging="one",
        kept=form,
        fixed=frozenset(form["properties"]),
    )


def test_a_new_question_gets_a_code_from_its_words_and_those_in_use_keep_theirs():
    form = one_part({"cost": question("money")})

    def change(raw):
        inner = raw[0]["value"]["questions"]
        for words in ("Ընտանիքի անդամներ", "Ընտանիքի անդամներ"):
            inner.append({"type": "text", "value": {"label_hy": words, "longest": "50"}, "id": f"new-{len(inner)}"})

    written = changed(form, change)
    assert written.problems == []
    assert list(written.form["properties"]) == ["cost", "yntaniki_andamner", "yntaniki_andamner_2"]

    def rename(raw):
        raw[0]["value"]["questions"][0]["value"]["code"] = "price"

    assert "cost" in at(changed(form, rename))[(0, "questions", 0, "code")]


def test_a_condition_follows_a_question_whose_code_changes_and_is_refused_before_it():
    form = one_part(
        {
            "open": question("yes_no"),
            "why": question("text", maxLength=9, **{"x-show-if": {"field": "open", "equals": True}}),
        }
    )
    raw = blocks.PARTS.get_prep_value(reading.read_parts(form))
    raw[0]["value"]["questions"][0]["value"]["code"] = "is_open"
    written = write(blocks.PARTS.to_python(raw), reading.read_rules(form), heads={}, paging="one", kept=form)
    assert written.form["properties"]["why"]["x-show-if"] == {"field": "is_open", "equals": True}
    raw[0]["value"]["questions"].reverse()
    written = write(blocks.PARTS.to_python(raw), reading.read_rules(form), heads={}, paging="one", kept=form)
    assert (0, "questions", 0, "when", "tests", 0, "question") in at(written)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda part, asked: asked["value"].update(code="Ծածկագիր"), (0, "questions", 0, "code")),
        (
            lambda part, asked: asked["value"].update(label_hy="", label_en="Only English"),
            (0, "questions", 0, "label_hy"),
        ),
        (lambda part, asked: asked["value"].update(label_hy=""), (0, "questions", 0, "label_hy")),
        (lambda part, asked: asked["value"].update(longest=""), (0, "questions", 0, "longest")),
        (lambda part, asked: asked["value"].update(shortest="9", longest="5"), (0, "questions", 0, "shortest")),
        (lambda part, asked: asked["value"].update(pattern="["), (0, "questions", 0, "pattern")),
        (lambda part, asked: asked["value"].update(pattern="x"), (0, "questions", 0, "message_invalid_hy")),
        (lambda part, asked: part["value"].update(questions=[]), (0,)),
        (lambda part, asked: part["value"].update(legend_hy=""), (0, "legend_hy")),
        (
            lambda part, asked: part["value"]["questions"].append({**copy.deepcopy(asked), "id": "x"}),
            (0, "questions", 1, "code"),
        ),
        (
            lambda part, asked: part["value"]["questions"].append(
                {"type": "group", "id": "x", "value": {"label_hy": "Երեխաներ", "item_hy": "Երեխա", "most": "3"}}
            ),
            (0, "questions", 1, "items"),
        ),
        (
            lambda part, asked: part["value"]["questions"].append(
                {
                    "type": "choice",
                    "id": "x",
                    "value": {"label_hy": "Ո՞րը", "options": [{"type": "item", "value": {}, "id": "o"}]},
                }
            ),
            (0, "questions", 1, "options", 0, "label_hy"),
        ),
        (
            lambda part, asked: part["value"]["questions"].append(
                {
                    "type": "computed",
                    "id": "x",
                    "value": {"label_hy": "Գումար", "formula": {"operation": "sum", "parts": []}},
                }
            ),
            (0, "questions", 1, "formula", "parts"),
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_block(change, place):
    form = one_part({"name": question("text", maxLength=50)})
    raw = blocks.PARTS.get_prep_value(reading.read_parts(form))
    change(raw[0], raw[0]["value"]["questions"][0])
    parts = blocks.PARTS.to_python(raw)
    written = write(parts, reading.read_rules(form), heads={}, paging="one", kept=form)
    assert place in at(written)
    error = as_error(blocks.PARTS, parts, written.problems)
    assert error is not None and 0 in error.as_json_data()["blockErrors"]


def test_a_half_made_question_hides_no_other_in_the_preview():
    form = copy.deepcopy(FORMS["social-aid"])

    def change(raw):
        raw[0]["value"]["questions"].append({"type": "choice", "value": {}, "id": "new"})

    written = changed(form, change)
    assert written.problems
    drawn = preview.drawable(written)
    assert drawn is not None and set(drawn["properties"]) == set(form["properties"])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Հարկ վճարողի հաշվառման համար", "hark_vcharoghi_hashvarman_hamar"),
        ("2-րդ հարց", "rd_harts"),
        ("***", "question"),
    ],
)
def test_codes_are_proposed_in_latin_letters(words, code):
    assert propose(words, set()) == code


def test_ids_of_blocks_are_made_of_codes():
    assert (logic.question_id("a"), logic.question_id("a", "rows"), logic.rule_id("r")) == ("q-a", "q-rows-a", "r-r")
