"""«Given these answers, this happens», typed on the pages that residents see: rows, too, and kept in the example."""

from __future__ import annotations

import re

import pytest

from services_api.procedures.models import ProcedureVersion
from tenants.context import tenant

BASE = "/admin/procedures/proposal/"
TRY, FORM, EXAMPLES = f"{BASE}2/try/", f"{BASE}2/try/form/", f"{BASE}2/examples/"


def words(hy: str) -> dict[str, str]:
    return {"hy": hy, "en": hy, "ru": hy}


GOODS = {
    "type": "array", "x-kind": "group", "x-label": words("Ապրանքները"), "x-item": words("Ապրանք"), "minItems": 1,
    "maxItems": 4, "x-columns": ["what", "seats"],
    "items": {
        "type": "object", "additionalProperties": False, "required": ["what", "seats"],
        "properties": {
            "what": {"type": "string", "maxLength": 60, "x-kind": "text", "x-label": words("Անվանումը")},
            "seats": {"type": "integer", "minimum": 1, "maximum": 9, "x-kind": "number",
                      "x-label": words("Քանի սեղան")},
        },
    },
}  # fmt: skip


@pytest.fixture
def clerk(meghri, staff_of, signed_in):
    """At a draft with a row of goods and a count of them, on two pages."""
    client = signed_in(meghri, staff_of(meghri, superuser=True))
    client.post(f"{BASE}1/act/", {"act": "draft"})
    with tenant(meghri):
        version = ProcedureVersion.objects.get(procedure__code="proposal", number=2)
        consent = {code: rules for code, rules in version.form["properties"].items() if rules["x-kind"] == "consent"}
        version.form = {
            **{key: version.form[key] for key in ("$schema", "type", "x-version", "x-title") if key in version.form},
            "properties": {
                "goods": GOODS,
                "rows": {"type": "number", "x-kind": "computed", "x-label": words("Տեսակ"),
                         "x-formula": {"count": "goods"}},
                "why": {"type": "string", "maxLength": 100, "x-kind": "text", "x-label": words("Ինչու այդքան շատ"),
                        "x-show-if": {"field": "rows", "at_least": 2}},
                **consent,
            },
            "required": ["goods", "why", *consent],
            "x-groups": [{"code": "goods", "legend": words("Ապրանքներ"), "fields": ["goods", "rows"]},
                         {"code": "more", "legend": words("Մանրամասներ"), "fields": ["why"]}],
            "x-pages": [{"code": "one", "title": words("Ապրանքներ"), "groups": ["goods"]},
                        {"code": "two", "title": words("Մանրամասներ"), "groups": ["more"]}],
            "additionalProperties": False,
        }  # fmt: skip
        version.examples = []
        version.save()
    return client


def draft(meghri) -> ProcedureVersion:
    with tenant(meghri):
        return ProcedureVersion.objects.get(procedure__code="proposal", number=2)


def test_rows_are_typed_on_the_residents_page_and_kept_in_the_example(clerk, meghri, staff_of, signed_in):
    assert FORM in clerk.get(TRY).content.decode()
    page = clerk.get(FORM).content.decode()
    assert "goods-0-what" in page and "csrfmiddlewaretoken" in page and "NOTPROVIDED" not in page
    assert "ոչինչ չի ուղարկվում" in page
    here = re.search(r'action="([^"]+)"', page)[1]
    first = {"goods-count": "1", "goods-0-what": "Կավե սափոր", "goods-0-seats": "2"}
    more = clerk.post(here, {**first, "add_row": "goods"}).content.decode()
    assert "goods-1-what" in more and "Կավե սափոր" in more, "another row, and nothing typed is lost"
    wrong = clerk.post(here, {**first, "goods-count": "2", "goods-1-what": "Չիր", "goods-1-seats": "99"})
    assert "Չիր" in wrong.content.decode() and "form.errors" not in wrong.content.decode()
    second = clerk.post(
        here, {**first, "goods-count": "2", "goods-1-what": "Չիր", "goods-1-seats": "1"}
    ).content.decode()
    assert "Ինչու այդքան շատ" in second, "the next page, which depends on the rows"
    done = clerk.post(re.search(r'action="([^"]+)"', second)[1], {"why": "Մեծ բերք"})
    assert done.status_code == 302 and done.url == f"{TRY}?filled=1"
    told = clerk.get(done.url).content.decode()
    assert "Կավե սափոր" in told and "Չիր" in told and "Ամեն ինչ ճիշտ է լրացված։" in told
    assert draft(meghri).examples == [], "trying keeps nothing"

    assert clerk.post(EXAMPLES, {"filled": "1", "name_hy": "Երկու ապրանք"}).url == EXAMPLES
    (kept,) = draft(meghri).examples
    assert kept["answers"]["goods"] == [{"what": "Կավե սափոր", "seats": 2}, {"what": "Չիր", "seats": 1}]
    assert kept["expect"]["valid"] is True and kept["expect"]["computed"] == {"rows": 2}
    assert "why" in kept["expect"]["asked"]

    # Changed by filling in again, from what the example holds; a trial of another version is not mixed in.
    again = clerk.get(f"{FORM}?example={kept['code']}").content.decode()
    assert "Կավե սափոր" in again and "Չիր" in again
    fewer = clerk.post(here, first)
    assert fewer.url == f"{TRY}?filled=1", "the second page is not asked of one row"
    clerk.post(EXAMPLES, {"filled": "1", "name_hy": "Մեկ ապրանք", "example": kept["code"]})
    (changed,) = draft(meghri).examples
    assert len(changed["answers"]["goods"]) == 1 and changed["expect"]["not_asked"] == ["why"]
    assert "Կավե" not in clerk.get(f"{BASE}1/try/?filled=1").content.decode()
    officer = signed_in(meghri, staff_of(meghri, "o@example.am", groups=["Դիմումների պատասխանատուներ"]))
    assert officer.get(FORM).status_code == 404
