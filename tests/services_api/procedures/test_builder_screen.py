"""The clerk's screens of the form builder: what is kept, what is refused and where, the preview, a new procedure."""

from __future__ import annotations

import json
from typing import Any

import pytest
from wagtail import blocks as wagtail_blocks

from services_api.procedures.models import Procedure, ProcedureVersion
from services_api.procedures.workspace.builder import blocks, reading
from services_api.procedures.workspace.builder.screen import BuilderForm
from services_api.procedures.workspace.starting import WAYS
from tenants.context import tenant

BASE = "/admin/procedures/"
FORM = f"{BASE}social-aid/2/form/"


@pytest.fixture
def clerk(meghri, staff_of, signed_in):
    return signed_in(meghri, staff_of(meghri, superuser=True))


@pytest.fixture
def draft(clerk, meghri):
    clerk.post(f"{BASE}social-aid/1/act/", {"act": "draft"})
    return lambda: version_of(meghri, "social-aid", 2)


def version_of(community, code: str, number: int) -> ProcedureVersion:
    with tenant(community):
        return ProcedureVersion.objects.select_related("procedure").get(procedure__code=code, number=number)


def posted(block: Any, value: Any, name: str) -> dict[str, Any]:
    """The fields that a browser sends for a block."""
    if isinstance(block, wagtail_blocks.StreamBlock | wagtail_blocks.ListBlock):
        several = value if isinstance(block, wagtail_blocks.StreamBlock) else value.bound_blocks
        found: dict[str, Any] = {f"{name}-count": str(len(several))}
        for number, each in enumerate(several):
            here = f"{name}-{number}"
            found |= {f"{here}-deleted": "", f"{here}-order": str(number), f"{here}-id": each.id or ""}
            found[f"{here}-type"] = getattr(each, "block_type", "item")
            found |= posted(each.block, each.value, f"{here}-value")
        return found
    if isinstance(block, wagtail_blocks.StructBlock):
        return {
            key: each
            for inner, child in block.child_blocks.items()
            for key, each in posted(child, value[inner], f"{name}-{inner}").items()
        }
    if isinstance(block, wagtail_blocks.BooleanBlock):
        return {name: "on"} if value else {}
    return {name: "" if value is None else str(value)}


def fields_of(version: ProcedureVersion, change=lambda raw: None) -> dict[str, Any]:
    """All fields of the page; `change` gets the blocks as plain data first."""
    form = BuilderForm(version)
    raw = blocks.PARTS.get_prep_value(reading.read_parts(version.form))
    change(raw)
    plain = {name: form.initial.get(name, "") for name in form.fields if name not in ("parts", "rules")}
    return {
        **plain,
        **posted(blocks.PARTS, blocks.PARTS.to_python(raw), "parts"),
        **posted(blocks.RULES, reading.read_rules(version.form), "rules"),
    }


def add_questions(raw: list[dict[str, Any]]) -> None:
    """A question with a condition, and a repeating group of two questions."""
    part = {"question": "new-1", "test": "equals", "values": '["yes"]'}
    raw[0]["value"]["questions"] += [
        {"type": "yes_no", "id": "new-1", "value": {"label_hy": "Ունե՞ք ավտոմեքենա"}},
        {
            "type": "group", "id": "new-2",
            "value": {
                "label_hy": "Ավտոմեքենաներ", "item_hy": "Ավտոմեքենա", "most": "4", "required": False,
                "when": {"how": "all", "tests": [{"type": "item", "value": part, "id": "t"}]},
                "items": [
                    {"type": "text", "id": "new-3", "value": {"label_hy": "Համարանիշ", "longest": "10"}},
                    {"type": "number", "id": "new-4", "value": {"label_hy": "Տարեթիվ", "whole": True}},
                ],
            },
        },
    ]  # fmt: skip


def test_a_clerk_adds_a_question_with_a_condition_and_a_repeating_group(clerk, draft):
    before = draft()
    page = clerk.get(FORM).content.decode()
    assert "data-w-block-data-value" in page and f'action="{FORM}' not in page
    assert clerk.post(FORM, fields_of(before)).url == FORM
    assert draft().form == before.form  # nothing was changed, nothing is lost
    assert clerk.post(FORM, fields_of(before, add_questions)).url == FORM
    form = draft().form
    added = [code for code in form["x-groups"][0]["fields"] if code not in before.form["properties"]]
    assert added == ["unek_avtomekena", "avtomekenaner"]
    rows = form["properties"][added[1]]
    assert rows["x-show-if"] == {"field": added[0], "equals": True}
    assert len(rows["x-columns"]) == 2 and added[1] not in form["required"] and added[0] in form["required"]


def test_a_form_of_149_questions_with_more_controls_than_a_request_may_have_fields_is_kept(clerk, draft):
    """The page sends all controls as one field; by themselves they would be refused before anybody looks at them."""

    def fill(raw):
        answers = [{"type": "item", "id": f"a{each}", "value": {"label_hy": f"Պատասխան {each}"}} for each in range(6)]
        raw[0]["value"]["questions"] += [
            {"type": "choice", "id": f"new-{number}", "value": {"label_hy": f"Հարց {number}", "options": answers}}
            for number in range(149 - len(draft().form["properties"]))
        ]

    fields = fields_of(draft(), fill)
    assert len(fields) > 10_000
    assert clerk.post(FORM, fields).status_code == 400
    bundle = {"controls": json.dumps(list(fields.items()))}
    assert clerk.post(f"{FORM}preview/", bundle).json()["problems"] == []
    assert clerk.post(FORM, bundle).url == FORM
    assert len(draft().form["properties"]) == 149
    for nonsense in ("", "{", "[1]", '[["a"]]', "null"):
        assert clerk.post(FORM, {"controls": nonsense}).status_code == 400


def test_what_is_wrong_stands_at_its_block_and_nothing_typed_is_lost(clerk, draft):
    def change(raw):
        add_questions(raw)
        raw[0]["value"]["questions"][-1]["value"]["item_hy"] = ""

    answer = clerk.post(FORM, fields_of(draft(), change))
    page = answer.content.decode()
    assert answer.status_code == 422 and json.dumps("Ունե՞ք ավտոմեքենա")[1:-1] in page and "proc-problems" in page
    assert "item_hy" in page and "blockErrors" in page
    assert "Ունե՞ք ավտոմեքենա" not in json.dumps(draft().form, ensure_ascii=False)


def test_nobody_writes_over_what_somebody_else_has_kept(clerk, draft):
    fields = fields_of(draft(), add_questions)
    clerk.post(FORM, {**fields_of(draft()), "title_hy": "Ուրիշ վերնագիր"})
    assert clerk.post(FORM, fields).status_code == 422
    assert draft().form["x-title"]["hy"] == "Ուրիշ վերնագիր"


def test_the_preview_is_the_working_form_and_keeps_nothing(clerk, draft):
    fields = fields_of(draft(), add_questions)
    shown = clerk.post(f"{FORM}preview/", fields).json()
    assert shown["problems"] == [] and shown["page"] == "applicant" and len(shown["pages"]) > 2
    assert "Ունե՞ք ավտոմեքենա" in shown["html"] and "data-show-if" in shown["html"]
    assert "csrfmiddlewaretoken" not in shown["html"]
    known = {each["id"]: each for each in shown["outline"]}
    assert [each["kind"] for each in known["new-2"]["columns"]] == ["text", "number"]
    tried = clerk.post(f"{FORM}preview/", {**fields, "preview-posted": "who=x", "preview-act": "go"}).json()
    assert "error-summary" in tried["html"] and tried["page"] == "applicant"
    last = shown["pages"][-1]["code"]
    in_russian = clerk.post(f"{FORM}preview/", {**fields, "preview-next": last, "preview-language": "ru"}).json()
    assert in_russian["page"] == last and 'lang="ru"' in in_russian["html"]
    assert "Ունե՞ք ավտոմեքենա" not in json.dumps(draft().form, ensure_ascii=False)


def test_a_published_version_has_no_builder_and_others_of_the_staff_find_none(
    clerk, draft, meghri, staff_of, signed_in
):
    assert clerk.get(f"{BASE}social-aid/1/form/").url == f"{BASE}social-aid/1/"
    assert clerk.post(f"{BASE}social-aid/1/form/", {}).url == f"{BASE}social-aid/1/"
    officer = signed_in(meghri, staff_of(meghri, groups=["Դիմումների պատասխանատուներ"]))
    for address in (FORM, f"{BASE}new/"):
        assert officer.get(address).status_code == 404
    assert officer.post(f"{FORM}preview/", fields_of(draft())).status_code == 404


def test_the_builder_costs_the_same_however_many_questions(clerk, draft, django_assert_max_num_queries):
    clerk.get(FORM)
    with django_assert_max_num_queries(25):
        clerk.get(FORM)


NEW = {"name_hy": "Ծառահատման թույլտվություն", "summary_hy": "Թույլտվություն ծառ հատելու համար։", "family": "permit"}


def test_a_new_procedure_begins_with_each_of_the_nine_ways_or_a_copy(clerk, meghri):
    for way in WAYS:
        made = clerk.post(f"{BASE}new/", {**NEW, "code": f"from-{way}", "begins": f"way:{way}"})
        assert made.url == f"{BASE}from-{way}/1/form/"
        assert version_of(meghri, f"from-{way}", 1).form["x-title"] == {"hy": NEW["name_hy"]}
    made = clerk.post(f"{BASE}new/", {**NEW, "begins": "copy:social-aid"})
    assert made.url == f"{BASE}tsarahatman-tuyltvutyun/1/form/"
    copied, like = version_of(meghri, "tsarahatman-tuyltvutyun", 1), version_of(meghri, "social-aid", 1)
    assert (copied.workflow, copied.form["properties"]) == (like.workflow, like.form["properties"])
    assert not copied.from_package and copied.state == "draft"


@pytest.mark.parametrize(
    "wrong", [{"name_hy": ""}, {"code": "new"}, {"code": "social-aid"}, {"begins": "copy:nothing"}, {"family": "x"}]
)
def test_a_new_procedure_that_cannot_be_made_is_told(clerk, meghri, wrong):
    answer = clerk.post(f"{BASE}new/", {**NEW, "begins": "way:decision", **wrong})
    assert answer.status_code == 422 and NEW["summary_hy"] in answer.content.decode()
    with tenant(meghri):
        assert not Procedure.objects.filter(family="permit", name_hy=NEW["name_hy"]).exists()
