"""A procedure with everything that a case can meet: questions that stop the term, extension, silence that grants."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

from services_api.procedures import seeds
from services_api.procedures.public import Procedure, PublishedVersion, draft_version, publish, version_by_id


def text(hy: str) -> dict[str, str]:
    return {"hy": hy, "en": hy, "ru": hy}


def step(code: str, source: list[str], to: str, by: list[str], **more: Any) -> dict[str, Any]:
    return {"code": code, "from": source, "to": to, "label": text(code), "by": by, "public_text": text(code), **more}


def permit(**changes: Any) -> dict[str, Any]:
    """The workflow: {states, transitions, reopen}."""
    seed = next(each for each in seeds.packages() if each["procedure"]["code"] == "application-to-head")
    workflow = copy.deepcopy(seed["workflow"])
    end = next(each for each in workflow["states"] if each["code"] == "closed")
    waits = {**end, "code": "waiting", "phase": "awaiting_applicant", "public_label": text("Սպասում է Ձեզ")}
    waits.pop("kind")
    dropped = {
        **end,
        "code": "dropped",
        "phase": "rejected_inadmissible",
        "public_label": text("Թողնվել է առանց քննության"),
    }
    workflow["states"] += [waits, dropped]
    staff = ["executor", "head"]
    workflow["transitions"] += [
        step("ask", ["in_progress"], "waiting", staff, effects=["ask_for_documents"]),
        step("reply", ["waiting"], "in_progress", ["applicant"], effects=["take_reply"]),
        step("go_on", ["waiting"], "in_progress", staff),
        step("drop", ["waiting"], "dropped", ["system"], after={"anchor": "question", "days": 0}),
        step("extend", ["in_progress"], "in_progress", staff,
             effects=[{"code": "extend_term", "options": {"days": 30, "times": 2}}]),
    ]  # fmt: skip
    for each in workflow["transitions"]:
        if each["code"] == "withdraw":
            each["from"] = [*each["from"], "waiting"]
        if each["code"] == "answer":
            each["requires"] = [*each["requires"], "tasks_joined"]
    workflow["reopen"] = {"to": "in_progress", "days": 30}
    workflow.update(changes)
    return workflow


def published(workflow: dict[str, Any], code: str = "full-walk", **clock: Any) -> PublishedVersion:
    """Publish the workflow as a procedure of the current tenant, with the form of the application to the head."""
    seed = next(each for each in seeds.packages() if each["procedure"]["code"] == "application-to-head")
    procedure = Procedure.objects.create(
        code=code, family="application", name_hy="Փորձ", summary_hy="Փորձնական ընթացակարգ։", position=99
    )
    rules = [{**each, **clock} if each["code"] == "answer" else each for each in seed["clock"]]
    version = publish(
        draft_version(
            procedure, valid_from=date(2020, 1, 1), form=seed["form"], workflow=workflow, clock=rules,
            texts=seed["texts"],
        )
    )  # fmt: skip
    found = version_by_id(version.pk)
    assert found is not None
    return found
