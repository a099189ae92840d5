"""Workflow definitions: what may be walked, and what is refused before anybody walks it."""

from __future__ import annotations

import copy

import pytest

from services_api.procedures import seeds, workflow
from services_api.procedures.texts import DefinitionError
from services_api.workdays.public import as_rule

PACKAGES = {each["procedure"]["code"]: each for each in seeds.packages()}


@pytest.fixture
def definition():
    return copy.deepcopy(PACKAGES["application-to-head"]["workflow"])


@pytest.mark.parametrize("code", PACKAGES)
def test_a_seeded_procedure_can_be_walked_from_submission_to_every_end(code):
    walked = workflow.parse(PACKAGES[code]["workflow"])
    assert walked.initial == "submitted"
    assert [each.phase for each in walked.stages()] == ["submitted", "registered", "in_progress", "decided", "closed"]
    assert [each.code for each in walked.stages()][-1] == "closed"
    seen, waiting = set(), [walked.initial]
    while waiting:
        state = waiting.pop()
        if state not in seen:
            seen.add(state)
            waiting += [each.to for each in walked.available(state)]
    assert seen == set(walked.states)
    assert {code for code in seen if walked.state(code).is_end} >= {"closed", "withdrawn"}


def test_who_may_do_what(definition):
    walked = workflow.parse(definition)
    assert [each.code for each in walked.available("submitted", {"receiver"})] == ["register", "withdraw"]
    assert [each.code for each in walked.available("in_progress", {"applicant"})] == ["withdraw"]
    assert [each.code for each in walked.available("in_progress", {"executor"})] == ["answer", "refuse"]
    assert walked.available("closed") == []
    assert walked.transitions["refuse"].requires == ("reason",)
    assert walked.transitions["answer"].label("en") == "Answer"
    assert walked.state("in_progress").label("hy") == "Քննվում է"


def test_terms_of_the_seeds_are_those_of_the_law():
    application = as_rule(PACKAGES["application-to-head"]["clock"][0])
    request = as_rule(PACKAGES["information-request"]["clock"][0])
    assert (application.unit, application.length, application.start) == ("calendar_days", 30, "registration")
    assert (request.unit, request.length, request.start) == ("calendar_days", 5, "receipt")
    assert application.roll == request.roll == "next_working_day"


def _lonely_state(each):
    each["states"].append({**each["states"][0], "code": "lonely"})


def _dead_end(each):
    each["transitions"] = [one for one in each["transitions"] if one["code"] != "close"]
    each["states"] = [one for one in each["states"] if one["code"] != "closed"]


def _way_out_of_an_end(each):
    each["transitions"].append({**each["transitions"][0], "code": "reopen", "from": ["closed"]})


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda each: each.update(initial="nowhere"), "workflow.initial: is not a state"),
        (lambda each: each["states"][0].update(phase="limbo"), "workflow.states.submitted.phase: must be one of draft"),
        (lambda each: each["states"].append(each["states"][0]), "workflow.states[7].code: submitted stands twice"),
        (lambda each: each["states"][0]["public_label"].pop("hy"), "workflow.states.submitted.public_label.hy"),
        (lambda each: each["transitions"][0].update(to="mars"), "workflow.transitions.register: mars is not a state"),
        (lambda each: each["transitions"][0].update(by=[]), "workflow.transitions.register.by: must be a list out of"),
        (
            lambda each: each["transitions"][0].update(effects=["explode"]),
            "workflow.transitions.register.effects: explode",
        ),
        (lambda each: each["transitions"][0].update(requires=["luck"]), "workflow.transitions.register.requires"),
        (_lonely_state, "workflow.states.lonely: cannot be reached from submitted"),
        (_dead_end, "workflow.states.answered: leads to no end"),
        (_way_out_of_an_end, "workflow.states.closed: is an end but leads on"),
    ],
)
def test_a_workflow_that_cannot_be_walked_is_refused(definition, spoil, problem):
    spoil(definition)
    assert any(line.startswith(problem) for line in workflow.check(definition)), workflow.check(definition)
    with pytest.raises(DefinitionError):
        workflow.parse(definition)
