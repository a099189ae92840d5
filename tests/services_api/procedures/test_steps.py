"""A clerk edits states and steps: what is seeded comes back as it was, and what is typed stays."""

from __future__ import annotations

import copy
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.http import QueryDict

from services_api.procedures import seeds, workflow
from services_api.procedures.models import ProcedureVersion
from services_api.procedures.workspace.steps import rows
from services_api.procedures.workspace.steps.effects import House
from services_api.procedures.workspace.steps.way import WayEditor
from tenants.context import tenant

BASE = "/admin/procedures/"
STEPS = f"{BASE}proposal/2/steps/"
PACKAGES = {each["procedure"]["code"]: each for each in seeds.packages()}


class Controls(HTMLParser):
    """What a browser would send of the forms of a page: names with their values in order, without buttons."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.pairs: list[tuple[str, str]] = []
        self._select = self._textarea = ""
        self._first = self._chosen = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "input" and given.get("name"):
            ticked = given.get("type") in ("checkbox", "radio")
            if "checked" in given or (not ticked and given.get("type") != "file"):
                self.pairs.append((given["name"], given.get("value", "on" if ticked else "")))
        elif tag == "select":
            self._select, self._first, self._chosen = given.get("name", ""), None, None  # type: ignore[assignment]
        elif tag == "option" and self._select:
            self._first = given["value"] if self._first is None else self._first
            if "selected" in given:
                self._chosen = given["value"]
        elif tag == "textarea":
            self._textarea = given.get("name", "")
            self.pairs.append((self._textarea, ""))

    def handle_data(self, data: str) -> None:
        if self._textarea:
            name, text = self.pairs[-1]
            self.pairs[-1] = (name, text + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # A browser leaves out the line break that begins a textarea.
            name, text = self.pairs[-1]
            self.pairs[-1], self._textarea = (name, text.removeprefix("\n")), ""
        elif tag == "select":
            value = self._first if self._chosen is None else self._chosen
            if value is not None:
                self.pairs.append((self._select, value))
            self._select = ""


def sent(page: str) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in Controls(page).pairs:
        data.appendlist(name, value)
    return data


def as_browser(editor: WayEditor) -> QueryDict:
    """The editor's controls as a browser sends them (without drawing the page, which takes long in tests)."""
    data = QueryDict(mutable=True)
    steps = [part for each in editor.steps for part in (each, each.effects.management_form, *each.effects)]
    for form in (editor.states.management_form, editor.steps.management_form, editor.way, *editor.states, *steps):
        for bound in form:
            data.setlist(bound.html_name, given(bound))
    return data


def given(bound: Any) -> list[str]:
    """What a browser would send of a control."""
    value, choices = bound.value(), getattr(bound.field, "choices", None)
    if isinstance(value, (list, tuple)):
        return [str(each) for each in value if each in dict(choices)]
    if isinstance(value, bool):
        return ["on"] if value else []
    text = "" if value is None else str(value)
    if choices is not None and not bound.is_hidden and text not in dict(choices):
        return [str(choices[0][0])]  # a list whose value it does not offer shows its first line
    return [text]


@pytest.mark.parametrize("code", PACKAGES)
def test_every_seeded_way_comes_back_through_the_rows_as_it_was(code):
    kept = PACKAGES[code]["workflow"]
    house = House(terms=[(each["code"], each["code"]) for each in PACKAGES[code]["clock"]])
    shown = WayEditor(kept, house)
    assert shown.definition == kept
    typed = WayEditor(kept, house, as_browser(shown), tells=True)
    assert typed.is_valid() and typed.check(), (typed.states.errors, typed.steps.errors, typed.way.errors)
    assert typed.definition == kept


def test_what_has_no_control_is_taken_over():
    kept = copy.deepcopy(PACKAGES["proposal"]["workflow"])
    kept["x-note"] = "kept"
    kept["states"][0] |= {"x-note": 1, "pauses": True}
    step = kept["transitions"][0]
    step["effects"] = [
        {"code": "notify_applicant", "options": {"template": "own"}},
        {"code": "issue_tasks", "options": {"kind": "approve", "to": ["head"], "join": "7", "x-more": True}},
        {"code": "assign"},
    ]
    shown = WayEditor(kept, House())
    assert WayEditor(kept, House(), as_browser(shown)).definition == kept


@pytest.fixture
def clerk(meghri, staff_of, signed_in):
    client = signed_in(meghri, staff_of(meghri, superuser=True))
    client.post(f"{BASE}proposal/1/act/", {"act": "draft"})
    return client


def way_of(meghri) -> dict[str, Any]:
    with tenant(meghri):
        return ProcedureVersion.objects.get(procedure__code="proposal", number=2).workflow


def pressed(client, data: QueryDict, act: str, status: int = 200) -> QueryDict:
    """Press a button of the screen; what a browser would send of the page that comes."""
    response = client.post(STEPS, {**dict(data.lists()), "act": act})
    assert response.status_code == status, act
    return sent(response.content.decode()) if status != 302 else QueryDict()


def row_of(data: QueryDict, prefix: str, name: str, value: str) -> str:
    """The prefix of the row where a control has a value."""
    return next(
        key.rpartition("-")[0] for key in data if re.fullmatch(rf"{prefix}-\d+-{name}", key) and data[key] == value
    )


def test_the_screen_shows_rows_a_drawing_and_who_does_it(clerk, meghri):
    page = clerk.get(STEPS).content.decode()
    assert "<svg" in page and "Ով է դա անում այս համայնքում" in page
    assert 'aria-current="page"' in page
    before = way_of(meghri)
    pressed(clerk, sent(page), "save", 302)  # nothing was typed: nothing is changed
    assert way_of(meghri) == before


def test_two_approvals_at_once_and_the_next_step_that_waits(clerk, meghri):
    data = sent(clerk.get(STEPS).content.decode())
    data = pressed(clerk, data, "add s")
    state = row_of(data, "s", "key", "new-1")
    data[f"{state}-name_hy"], data[f"{state}-text_hy"] = "Համաձայնեցման փուլ", "Դիմումը համաձայնեցվում է։"
    data = pressed(clerk, data, "add t")
    step = row_of(data, "t", "key", "new-1")
    data[f"{step}-label_hy"], data[f"{step}-to"] = "Ուղարկել համաձայնեցման", "new-1"
    data.setlist(f"{step}-sources", ["in_progress"])
    data.setlist(f"{step}-by", ["executor"])
    grant = row_of(data, "t", "code", "grant") if "grant" in data.values() else row_of(data, "t", "code", "answer")
    data.setlist(f"{grant}-sources", ["new-1"])
    data[f"{step}-added"] = "approvals"
    data = pressed(clerk, data, f"effect {step[2:]}")
    assert "tasks_joined" in data.getlist(f"{grant}-requires")
    pressed(clerk, data, "save", 302)
    way = workflow.parse(way_of(meghri))
    made = way.transitions["ugharkel_hamadzaynetsman"]
    assert made.to == "hamadzaynetsman_pul" and way.state(made.to).label() == "Համաձայնեցման փուլ"
    (effect,) = made.effects
    assert effect.options == {
        "kind": "approve",
        "to": ["executor", "head"],
        "days": 3,
        "group": f"approval_{int(step[2:]) + 1}",
    }
    assert "tasks_joined" in way.transitions[data[f"{grant}-code"]].requires


def test_what_cannot_be_walked_is_told_at_its_row_and_nothing_typed_is_lost(clerk, meghri):
    before = way_of(meghri)
    data = pressed(clerk, sent(clerk.get(STEPS).content.decode()), "add s")
    state = row_of(data, "s", "key", "new-1")
    data[f"{state}-name_hy"], data[f"{state}-text_hy"] = "Առանձին", "Այստեղ ոչ ոք չի հասնում։"
    response = clerk.post(STEPS, {**dict(data.lists()), "act": "save"})
    page = response.content.decode()
    assert response.status_code == 422 and way_of(meghri) == before
    row = page.partition(f'id="{state}"')[2].partition("</details>")[0]
    assert "Ոչ մի քայլ այստեղ չի բերում" in row and "Առանձին" in row
    data[f"{state}-code"], data[f"{state}-name_hy"] = "Bad Code", ""
    page = clerk.post(STEPS, {**dict(data.lists()), "act": "save"}).content.decode()
    assert 'value="Bad Code"' in page and "Այստեղ ոչ ոք չի հասնում։" in page


def test_rows_are_moved_removed_and_begun_from_a_way_of_the_house(clerk, meghri):
    data = sent(clerk.get(STEPS).content.decode())
    first, second = data["t-0-code"], data["t-1-code"]
    data = pressed(clerk, data, "down t 0")
    assert (data["t-0-code"], data["t-1-code"]) == (second, first)
    waiting = row_of(data, "s", "code", "awaiting_applicant")
    data = pressed(clerk, data, f"remove s {waiting[2:]}")
    assert "awaiting_applicant" not in data.values()
    data = pressed(clerk, _with(data, way="council"), "begin")
    assert "at_council" in data.values()
    pressed(clerk, data, "save", 302)
    assert "at_council" in [each["code"] for each in way_of(meghri)["states"]]


def _with(data: QueryDict, **values: str) -> QueryDict:
    made = data.copy()
    for name, value in values.items():
        made[name] = value
    return made


def test_a_renamed_code_is_followed_and_a_draft_changed_elsewhere_is_not_overwritten_silently(clerk, meghri):
    data = sent(clerk.get(STEPS).content.decode())
    stale = data.copy()
    data[f"{row_of(data, 's', 'code', 'in_progress')}-code"] = "considered"
    pressed(clerk, data, "save", 302)
    way = way_of(meghri)
    assert "in_progress" not in str([each["from"] + [each["to"]] for each in way["transitions"]])
    assert way["reopen"]["to"] == "considered"
    response = clerk.post(STEPS, {**dict(stale.lists()), "act": "save"})
    assert response.status_code == 422 and way_of(meghri) == way


@pytest.mark.parametrize(
    "act", ["", "add", "add x", "remove s 99", "up t x", "effect 99", "drop 0 99", "drop 9 9", "begin", "𝟗 s"]
)
def test_buttons_that_do_not_exist_change_nothing(clerk, act):
    data = sent(clerk.get(STEPS).content.decode())
    assert pressed(clerk, data, act or "draw", 200) is not None


def test_the_drawing_follows_what_is_typed_also_when_it_is_wrong(clerk):
    data = sent(clerk.get(STEPS).content.decode())
    data["s-0-name_hy"] = "Նոր անուն"
    data["t-0-to"] = "nowhere"
    drawn = clerk.post(STEPS, {**dict(data.lists()), "act": "draw"}).content.decode()
    assert "Նոր անուն" in drawn and drawn.count("<rect") == int(data["s-TOTAL_FORMS"])


def test_a_published_version_has_no_screen_of_steps_and_others_find_nothing(clerk, meghri, staff_of, signed_in):
    assert clerk.get(f"{BASE}proposal/1/steps/").url == f"{BASE}proposal/1/"
    officer = signed_in(meghri, staff_of(meghri, groups=["Դիմումների պատասխանատուներ"]))
    assert officer.get(STEPS).status_code == officer.post(STEPS).status_code == 404


def test_numbers_of_rows_that_nobody_typed_are_borne():
    data = QueryDict("s-TOTAL_FORMS=x&t-TOTAL_FORMS=100000")
    editor = WayEditor(PACKAGES["proposal"]["workflow"], House(), data)
    assert not editor.is_valid() and len(editor.states.forms) == 0
    assert rows.total(data, "s") == 0
