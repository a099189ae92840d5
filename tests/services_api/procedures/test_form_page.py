"""The page of a form as a resident gets it: the engine's variables in the theme's templates."""

from __future__ import annotations

import re

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape

from services_api.procedures import seeds
from services_api.procedures.forms import answer_sections, bind, build, consent_field, form_context
from tests.themes.sample_values import site

PACKAGES = {each["procedure"]["code"]: each for each in seeds.packages()}
CASES = [(code, language) for code in PACKAGES for language in ("hy", "en", "ru")]


def page(template: str, language: str, **context: object) -> str:
    with translation.override(language):
        return render_to_string(template, {"site": site(), **context})


@pytest.mark.parametrize(("code", "language"), CASES)
def test_every_error_of_the_summary_leads_to_one_control(code, language):
    form = build(PACKAGES[code]["form"], language)
    bound = bind(form, QueryDict("phone=12&subject=" + "x" * 200), step="form")
    drawn = form_context(form, bound, action="/apply/x/", submit_label="→")
    html = page("procedures/form.html", language, form=drawn)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert bound.errors
    for error in bound.errors:
        assert f'href="#{error.id}"' in html and error.id in ids
    assert not re.search(r"None|style=|<script", html.partition("<main")[2].partition("</main")[0])


@pytest.mark.parametrize(("code", "language"), CASES)
def test_every_question_has_its_words_in_the_readers_language(code, language):
    form = build(PACKAGES[code]["form"], language)
    html = page("procedures/form.html", language, form=form_context(form, action="/apply/x/", submit_label="→"))
    for asked in form:
        if asked.kind not in ("consent", "person", "info"):
            assert escape(asked.label) in html.replace("\xad", "")
    assert ('type="file"' in html) == ('enctype="multipart/form-data"' in html) == form.has_files


@pytest.mark.parametrize("language", ["hy", "en", "ru"])
def test_the_review_page_asks_for_consent(language):
    form = build(PACKAGES["application-to-head"]["form"], language)
    answers = {"applicant": {"surname": "Հակոբյան", "name": "Նարե"}, "subject": "Լույս"}
    refused = bind(form, QueryDict(""), step="review")
    review = {
        "sections": answer_sections(form, answers, change_url="/apply/x/"),
        "consent": consent_field(form, refused),
        "errors": [{"id": each.id, "message": each.message} for each in refused.errors],
        "action": "/apply/x/",
    }
    html = page("procedures/review.html", language, review=review)
    assert "Հակոբյան Նարե" in html
    assert 'href="#f-consent"' in html and 'id="f-consent"' in html
