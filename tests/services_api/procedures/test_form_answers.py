"""Answering a form: what is cleaned, what is refused, and in which words."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from hypothesis import given, settings
from hypothesis import strategies as st

from services_api.procedures import seeds
from services_api.procedures.forms import StoredFile, answer_sections, bind, build, consent_field, form_context

PACKAGES = {each["procedure"]["code"]: each for each in seeds.packages()}
LABEL = {"hy": "Հարց", "en": "Question", "ru": "Вопрос"}
PDF = b"%PDF-1.7\n..."
PNG = b"\x89PNG\r\n\x1a\n..."
GOOD = {
    "applicant": {"surname": "Հակոբյան", "name": "Նարե", "patronymic": "Կարենի"},
    "settlement": "Լեհվազ",
    "address": "3-րդ փողոց, տուն 18",
    "email": "nare@example.am",
    "phone": "091 12-34-56",
    "subject": "Փողոցի լուսավորություն",
    "body": "Խնդրում եմ վերանորոգել մեր փողոցի լուսավորությունը։\n\nԵրկու ամիս է՝ մութ է։",
    "consent": True,
}


def application(language: str = "hy"):
    return build(PACKAGES["application-to-head"]["form"], language)


def one(language: str = "hy", required: bool = True, **rules: Any):
    form = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"answer": {"x-label": LABEL, **rules}},
        "required": ["answer"] if required else [],
    }
    return build(form, language)


def posted(**values: Any) -> QueryDict:
    query = QueryDict(mutable=True)
    for key, value in values.items():
        query.setlist(key.replace("__", "-"), value if isinstance(value, list) else [value])
    return query


def said(form, data, files=None, **options: Any) -> str:
    errors = bind(form, data, files, **options).errors
    assert len(errors) == 1, errors
    return errors[0].message


def test_good_answers_come_back_clean():
    bound = bind(
        application(), {**GOOD, "email": "  nare@example.am\u202e ", "subject": "Փողոցի\r\n  լուսավորություն\x00"}
    )
    assert bound.is_valid, bound.errors
    assert bound.answers["email"] == "nare@example.am"
    assert bound.answers["subject"] == "Փողոցի լուսավորություն"
    assert bound.answers["phone"] == "+37491123456"
    assert bound.answers["body"].count("\n") == 2


def test_a_posted_page_and_json_give_the_same_answers():
    page = posted(
        applicant__surname=" Հակոբյան",
        applicant__name="Նարե",
        applicant__patronymic="Կարենի",
        consent="on",
        **{key: GOOD[key] for key in ("settlement", "address", "email", "phone", "subject", "body")},
    )
    assert bind(application(), page).answers == bind(application(), GOOD).answers


def test_an_empty_form_names_every_question_in_order_and_leads_to_its_control():
    bound = bind(application("en"), posted(), step="form")
    assert [each.field for each in bound.errors] == [
        "applicant.surname",
        "applicant.name",
        "settlement",
        "address",
        "email",
        "subject",
        "body",
    ]
    page = form_context(application("en"), bound)
    drawn = {each["id"] for group in page["groups"] for each in group["fields"]}
    assert {each["id"] for each in page["errors"]} <= drawn
    assert bound.errors[0].message == "Fill in “Surname”."


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("hy", "Ստուգեք «Էլ. հասցե» դաշտը. հասցեն պետք է լինի այսպիսին՝ anahit@example.am։"),
        ("en", "Check the address in “E-mail”: it should look like anahit@example.am."),
        ("ru", "Проверьте адрес в поле «Эл. почта»: он должен выглядеть так: anahit@example.am."),
    ],
)
def test_errors_speak_the_readers_language(language, message):
    assert said(application(language), {**GOOD, "email": "nare(at)example"}) == message


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("phone", "12", "Check the number in “Phone”: it should look like 091 123456 or +374 91 123456."),
        ("subject", "x" * 151, "Shorten “Subject”: at most 150 characters, now there are 151."),
        ("body", "short", "Write more in “Text of the application”: at least 20 characters."),
        ("subject", "   ", "Fill in “Subject”."),
        ("subject", 12, "Check “Subject”: this answer cannot be read."),
        ("subject", None, "Fill in “Subject”."),
        ("applicant", {"name": "Նարե"}, "Fill in “Surname”."),
        (
            "applicant",
            {"surname": "Հ", "name": "Ն" * 101},
            "Shorten “Name”: at most 100 characters, now there are 101.",
        ),
        ("consent", False, "To send it, tick that you agree to the use of your data."),
        ("age", 5, "“age” is not a question of this form: leave it out."),
    ],
)
def test_an_error_names_the_question_and_the_way_out(field, value, message):
    assert said(application("en"), {**GOOD, field: value}) == message


def test_consent_is_asked_at_review_and_not_before():
    answers = {key: value for key, value in GOOD.items() if key != "consent"}
    assert bind(application(), answers, step="form").is_valid
    assert not bind(application(), answers).is_valid
    refused = bind(application("en"), posted(), step="review")
    assert [each.field for each in refused.errors] == ["consent"]
    assert consent_field(application("en"), refused)["error"].startswith("To send it")


DATE = {"type": "string", "format": "date", "x-kind": "date"}


@pytest.mark.parametrize(
    ("parts", "target", "message"),
    [
        (("31", "11", "2022"), "f-answer-day", "Check the day in “Question”: that month has 30 days."),
        (("29", "2", "2023"), "f-answer-day", "Check the day in “Question”: that month has 28 days."),
        (("1", "13", "2022"), "f-answer-month", "Check the month in “Question”: it is a number from 1 to 12."),
        (("1", "1", "22"), "f-answer-year", "Check the year in “Question”: write all four digits."),
        (("1", "", "2022"), "f-answer-month", "Add the month in “Question”."),
        (("1", "May", "2022"), "f-answer-month", "Write the date in “Question” in digits, for example 14 3 2023."),
        (("", "", ""), "f-answer-day", "Write the day, month and year in “Question”."),
    ],
)
def test_a_date_says_which_part_is_wrong(parts, target, message):
    day, month, year = parts
    bound = bind(one("en", **DATE), posted(answer__day=day, answer__month=month, answer__year=year))
    assert [(each.id, each.message) for each in bound.errors] == [(target, message)]
    drawn = form_context(bound.definition, bound)["fields"][0]
    assert [drawn["parts"][part]["value"] for part in ("day", "month", "year")] == list(parts)


@time_machine.travel("2026-03-01T21:00:00Z")
def test_today_is_the_date_in_yerevan():
    """At 21:00 UTC it is already 2 March in Yerevan."""
    form = one("en", **DATE, **{"x-latest": "today"})
    assert bind(form, {"answer": "2026-03-02"}).is_valid
    assert said(form, {"answer": "2026-03-03"}).startswith("Check “Question”: the date should be ")


@pytest.mark.parametrize(
    ("rules", "value", "cleaned"),
    [
        ({"type": "number", "x-kind": "number"}, "1 234,5", 1234.5),
        ({"type": "integer", "x-kind": "number"}, "12", 12),
        ({"type": "boolean", "x-kind": "yes_no"}, False, False),
        ({"type": "string", "format": "phone", "x-kind": "phone"}, "+7 495 123-45-67", "+74951234567"),
        ({**DATE}, "2024-02-29", "2024-02-29"),
        ({"type": "string", "maxLength": 5, "x-kind": "text"}, "Ե\u0582\u00ad", "Ե\u0582"),
    ],
)
def test_answers_are_normalised(rules, value, cleaned):
    bound = bind(one(**rules), {"answer": value})
    assert bound.answers == {"answer": cleaned}, bound.errors


CHOICES = {"x-choices": [{"value": "a", "label": LABEL}, {"value": "b", "label": LABEL}]}
ONE_OF = {"type": "string", "enum": ["a", "b"], "x-kind": "choice", **CHOICES}
SOME_OF = {"type": "array", "items": {"enum": ["a", "b"]}, "x-kind": "choices", **CHOICES}


@pytest.mark.parametrize(
    ("rules", "value", "message"),
    [
        ({"type": "integer", "x-kind": "number"}, "1,5", "Write a whole number in “Question”, for example 12."),
        ({"type": "number", "x-kind": "number"}, float("nan"), "Write a number in “Question”, for example 12 or 12.5."),
        ({"type": "number", "x-kind": "number", "minimum": 2}, 1, "Write 2 or more in “Question”."),
        ({"type": "boolean", "x-kind": "yes_no"}, "maybe", "Check “Question”: this answer cannot be read."),
        (ONE_OF, "c", "Choose one of the listed answers to “Question”."),
        (ONE_OF, "", "Choose an answer to “Question”."),
        (SOME_OF, [], "Choose at least one answer to “Question”."),
        (SOME_OF, ["c"], "Choose one of the listed answers to “Question”."),
    ],
)
def test_kinds_of_questions_refuse_in_their_own_words(rules, value, message):
    assert said(one("en", **rules), {"answer": value}) == message


def test_several_choices_from_a_page():
    form = one(**SOME_OF)
    bound = bind(form, posted(answer=["b", "a", "b"]))
    assert bound.answers == {"answer": ["b", "a"]}
    drawn = form_context(form, bound)["fields"][0]
    assert [each["selected"] for each in drawn["choices"]] == [True, True]


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


FILES = {"type": "array", "maxItems": 2, "x-kind": "files", "x-max-bytes": 2048, "x-accept": ["pdf", "png"]}


def test_attachments_are_checked_by_their_content():
    bound = bind(application(), GOOD, MultiValueDict({"attachments": [upload("../../Դիմում.PDF", PDF)]}))
    assert bound.is_valid
    (kept,) = bound.files["attachments"]
    assert (kept.name, kept.media_type, kept.size) == ("Դիմում.PDF", "application/pdf", len(PDF))
    assert kept.upload.read() == PDF


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ([("a.docx", PDF)], "“a.docx” cannot be taken in “Question”: attach it as PDF or PNG."),
        (
            [("a.pdf", b"MZ...")],
            "The content of “a.pdf” does not match its name: save it again as PDF or PNG and attach it.",
        ),
        (
            [("a.png", PDF)],
            "The content of “a.png” does not match its name: save it again as PDF or PNG and attach it.",
        ),
        ([("a.pdf", b"")], "“a.pdf” is empty: choose the file in “Question” again."),
        ([("a.pdf", PDF * 200)], "“a.pdf” has 2.4 kB: in “Question” a file may have up to 2 kB. Make it smaller."),
        ([("a.pdf", PDF)] * 3, "“Question” takes up to 2 files, you have attached 3: remove some."),
        ([], "Attach a file in “Question”."),
    ],
)
def test_a_refused_file_is_named(files, message):
    given = {"answer": [upload(*each) for each in files]}
    assert said(one("en", **FILES), {}, given) == message


def test_files_of_an_earlier_page_count():
    stored = {"answer": [StoredFile("a.pdf", 10, "7")]}
    form = one("en", **FILES)
    assert bind(form, {}, stored=stored).is_valid
    assert not bind(form, {}, {"answer": [upload("b.pdf", PDF), upload("c.pdf", PDF)]}, stored=stored).is_valid
    drawn = form_context(form, stored=stored)["fields"][0]
    assert drawn["files"] == [{"name": "a.pdf", "size": 10, "remove_value": "7"}]
    assert drawn["accept"] == ".pdf,.png" and drawn["multiple"]


def test_a_page_shows_again_what_was_typed():
    bound = bind(application("en"), posted(phone="12", subject="Lights"), step="form")
    drawn = {
        each["name"]: each for group in form_context(application("en"), bound)["groups"] for each in group["fields"]
    }
    assert drawn["phone"]["value"] == "12" and drawn["phone"]["error"]
    assert drawn["subject"]["value"] == "Lights" and not drawn["subject"]["error"]
    assert drawn["applicant-patronymic"]["required"] is False


def test_an_earlier_answer_is_shown_to_be_changed():
    bound = bind(application(), GOOD)
    drawn = {
        each["name"]: each
        for group in form_context(application(), answers=bound.answers)["groups"]
        for each in group["fields"]
    }
    assert drawn["phone"]["value"] == "091 123456"
    assert drawn["applicant-surname"]["value"] == "Հակոբյան"
    again = posted(**{name.replace("-", "__"): each["value"] for name, each in drawn.items() if each["kind"] != "file"})
    assert bind(application(), again, step="form").answers == {
        key: value for key, value in bound.answers.items() if key != "consent"
    }


def test_the_review_page_has_every_answer_as_words():
    bound = bind(application(), GOOD, {"attachments": [upload("a.pdf", PDF)]})
    sections = answer_sections(application(), bound.answers, bound.files, "/apply/application-to-head/")
    assert [each["title"] for each in sections] == ["Դիմողը", "Ինչպե՞ս կապվել Ձեզ հետ", "Դիմումը"]
    rows = {row["label"]: row for section in sections for row in section["rows"]}
    assert rows["Անունը"]["value"] == "Հակոբյան Նարե Կարենի"
    assert rows["Հեռախոս"]["value"] == "091 123456"
    assert rows["Կցվող փաստաթղթեր"]["files"] == [{"name": "a.pdf", "size": len(PDF)}]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from([*GOOD, "attachments", "x"]), JSON), st.sampled_from(["hy", "en", "ru"]))
def test_no_answer_breaks_the_engine(changes, language):
    """Whatever is sent, the answer is clean answers or errors with words, never an exception."""
    form = application(language)
    bound = bind(form, {**GOOD, **changes})
    assert all(each.message for each in bound.errors)
    assert bool(bound.errors) != bool(bound.answers)
    form_context(form, bound)
    answer_sections(form, bound.answers)


@settings(max_examples=150, deadline=None)
@given(st.text())
def test_cleaned_text_stays_clean(text):
    from services_api.procedures.forms.values import clean_text

    for lines in (False, True):
        once = clean_text(text, lines=lines)
        assert clean_text(once, lines=lines) == once
        once.encode()
        assert "\x00" not in once
