"""Every procedure that a community has from its first day: complete, believable, and walked to each of its ends."""

from __future__ import annotations

from collections import deque
from typing import Any

import pytest

from services_api.cases.public import APPLICANT, Case, staff, submit, transition
from services_api.procedures import seeds, workflow
from services_api.procedures.forms import answer_sections, bind, build, form_context, schema
from services_api.procedures.models import check_clock
from services_api.procedures.public import PublishedVersion, published_version
from services_api.procedures.simulation import check_examples
from services_api.procedures.texts import CARD_HEADINGS, CERTAINTIES, check_texts
from tenants.context import tenant
from tests.services_api.procedures.samples import answers_to, files_for

PACKAGES = {each["procedure"]["code"]: each for each in seeds.packages()}
STEP_DATA = {
    "answer": "Պատասխանը՝ կից։",
    "reason": "Օրենքի պահանջը չի պահպանվել։",
    "comment": "Տվյալները ճշտվել են։",
    "question": "Լրացրեք տվյալները։",
    "reply": "Տվյալները լրացված են։",
    "ground": "Լրացուցիչ ուսումնասիրություն է պետք։",
}


def walks_of(walked: workflow.Workflow) -> list[list[workflow.Transition]]:
    """Walks from the beginning that take every transition and come to every end."""
    shortest: dict[str, list[workflow.Transition]] = {walked.initial: []}
    waiting = deque([walked.initial])
    while waiting:
        state = waiting.popleft()
        for each in walked.available(state):
            if each.to not in shortest:
                shortest[each.to] = [*shortest[state], each]
                waiting.append(each.to)
    walks = [[*shortest[source], each] for each in walked.transitions.values() for source in each.sources]
    # A walk that another one goes on from proves nothing more.
    paths = [tuple(each.code for each in walk) for walk in walks]
    return [walk for walk, path in zip(walks, paths, strict=True)
            if not any(other != path and other[: len(path)] == path for other in paths)]  # fmt: skip


def test_there_is_enough_to_be_of_use():
    assert len(PACKAGES) >= 25
    positions = [each["procedure"]["position"] for each in PACKAGES.values()]
    assert len(set(positions)) == len(positions)
    families = {each["procedure"]["family"] for each in PACKAGES.values()}
    assert {"application", "inquiry", "complaint", "hotline", "permit", "certificate"} <= families


@pytest.mark.parametrize("code", PACKAGES)
def test_a_package_is_in_order(code):
    package = PACKAGES[code]
    problems = (
        schema.check(package["form"])
        + workflow.check(package["workflow"])
        + check_clock(package["clock"])
        + check_texts(package["texts"])
        + check_examples(package["form"], package.get("examples", []))
    )
    assert problems == []
    assert any(each["code"] == "answer" for each in package["clock"])


@pytest.mark.parametrize("language", ["hy", "en", "ru"])
@pytest.mark.parametrize("code", PACKAGES)
def test_its_words_are_there_in_three_languages(code, language):
    """Names, questions, help, choices, the card: nothing falls back to Armenian."""

    def missing(value: Any, path: str) -> list[str]:
        if isinstance(value, dict):
            if "hy" in value and set(value) <= {"hy", "en", "ru"}:
                return [] if value.get(language, "").strip() else [path]
            return [each for key, part in value.items() for each in missing(part, f"{path}.{key}")]
        if isinstance(value, list):
            return [each for number, part in enumerate(value) for each in missing(part, f"{path}[{number}]")]
        return []

    package = PACKAGES[code]
    assert missing({key: each for key, each in package.items() if key != "procedure"}, code) == []
    assert package["procedure"][f"name_{language}"] and package["procedure"][f"summary_{language}"]
    assert set(package["texts"]["card"]) == set(CARD_HEADINGS)


@pytest.mark.parametrize("code", PACKAGES)
def test_armenian_is_written_as_the_office_writes_it(code):
    """«» and ։, no Latin colon for the full stop, no capitals for whole words."""

    def armenian(value: Any) -> list[str]:
        if isinstance(value, dict):
            return (
                [value["hy"]] if isinstance(value.get("hy"), str) else [t for v in value.values() for t in armenian(v)]
            )
        return [t for v in value for t in armenian(v)] if isinstance(value, list) else []

    for text in armenian(PACKAGES[code]):
        assert '"' not in text and "<<" not in text, text
        assert not text.rstrip().endswith(":"), text


@pytest.mark.parametrize("code", PACKAGES)
def test_what_is_not_certain_is_marked(code):
    """The term of each procedure says how sure it is; the two first ones were read in the law itself."""
    package = PACKAGES[code]
    certainty = package["texts"].get("certainty", {})
    assert set(certainty.values()) <= set(CERTAINTIES)
    if code not in ("application-to-head", "information-request"):
        assert package["clock"][0]["certainty"] == certainty["term"]
    assert package["clock"][0]["legal_basis"]["hy"]


@pytest.mark.parametrize("choose", [0, 1, 5])
@pytest.mark.parametrize("code", PACKAGES)
def test_its_form_can_be_filled_in_whatever_is_chosen(code, choose):
    form = build(PACKAGES[code]["form"], "hy")
    answers = answers_to(form, choose)
    bound = bind(form, answers, stored=files_for(form, answers))
    assert bound.is_valid, bound.errors
    assert answer_sections(form, bound.answers)
    for page in [each.code for each in form.pages_for(answers)] or ["form"]:
        drawn = form_context(form, answers=bound.answers, part=page)
        assert drawn["fields"] or drawn["groups"]


@pytest.fixture
def officer(meghri, staff_of):
    return staff_of(meghri, superuser=True)


def take(case: Case, step: workflow.Transition, officer: Any) -> Case:
    actor = APPLICANT if step.by == ("applicant",) else staff(officer)
    data = {**STEP_DATA, **({"assignee": officer.pk} if "assignee" in step.requires else {})}
    return transition(case.uuid, step.code, actor=actor, expected_version=case.lock_version, data=data)


def sent(version: PublishedVersion, key: str) -> Case:
    form = build(version)
    answers = answers_to(form)
    return submit(version, answers, key=key, attachments=attachments_for(form, answers)).case


def attachments_for(form: Any, answers: dict[str, Any]) -> list[Any]:
    from services_api.cases.models import Attachment
    from services_api.cases.services import store_upload
    from services_api.cases.uploads import CleanFile

    found: list[Attachment] = []
    for field, files in files_for(form, answers).items():
        for number, _each in enumerate(files):
            content = b"%PDF-1.4 " + field.encode() + str(number).encode()
            kept = store_upload(CleanFile("plan.pdf", content, "application/pdf"))
            kept.field = field
            found.append(kept)
    return found


@pytest.mark.parametrize("code", PACKAGES)
def test_it_is_played_through_every_step_to_every_end(code, meghri, officer):
    """A case for each walk: every transition of the workflow is taken by a real case, every end is reached."""
    with tenant(meghri):
        version = published_version(code)
        assert version is not None
        walked, taken, ends = version.workflow, set(), set()
        for number, walk in enumerate(walks_of(walked)):
            case = sent(version, f"play-{code}-{number}")
            assert case.number and case.due_at is not None
            for step in walk:
                case = take(case, step, officer)
                taken.add((step.code, case.state))
            state = walked.state(case.state)
            assert case.phase == state.phase
            if state.is_end:
                ends.add(state.code)
                assert case.closed_at is not None
            if state.outcome:
                assert case.outcome == state.outcome and case.decisions.exists()
        assert {each.code for each in walked.transitions.values()} == {code for code, _state in taken}
        assert ends == {each.code for each in walked.states.values() if each.is_end}
