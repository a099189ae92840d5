"""The workflow of a case's version as objects, read once per content."""

from __future__ import annotations

from services_api.cases.actors import Actor
from services_api.cases.general_steps import general_steps
from services_api.cases.models import Case
from services_api.procedures.public import ProcedureVersion, Transition, Workflow, version_by_id

# By checksum of the version: equal content is equal in every tenant, and a published version never changes.
_known: dict[str, Workflow] = {}
MOST = 1_000


def workflow_of(version: ProcedureVersion) -> Workflow:
    """The workflow of a version that cases follow. Raises LookupError for a draft, which no case can follow."""
    found = _known.get(version.checksum)
    if found is None:
        if len(_known) >= MOST:
            _known.clear()
        published = version_by_id(version.pk)
        if published is None:
            raise LookupError(f"Version {version.pk} was never published.")
        found = _known[version.checksum] = published.workflow
    return found


def possible(case: Case) -> list[Transition]:
    """Steps that lead on from where the case stands, whoever takes them: those of its workflow, then the general."""
    workflow = workflow_of(case.version)
    return [*workflow.available(case.state), *general_steps(case, workflow)]


def available(case: Case, actor: Actor) -> list[Transition]:
    """Steps that this actor may take now, in the order of the workflow."""
    functions = actor.on(case).functions
    return [each for each in possible(case) if functions & set(each.by)]


def state_label(case: Case, language: str | None = None) -> str:
    """What the state of a case is called for everybody."""
    return workflow_of(case.version).state(case.state).label(language)
