"""Steps that every procedure has beside those of its workflow: to the competent body, into another case, opened again.

They go through `services.transition` like all others. A workflow that has its own step with the effect `forward`
replaces the general one.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_noop

from services_api.cases.models import Case, Outcome
from services_api.cases.models.case import DECIDED_PHASES
from services_api.procedures.public import Effect, Phase, Transition, Workflow

FORWARD, MERGE, REOPEN = "forward_case", "merge_case", "reopen_case"
STAFF = ("receiver", "executor", "head")
# How the history names what is no step of a workflow.
NAMES = {
    "submit": gettext_noop("Submitted"),
    FORWARD: gettext_noop("Send to the competent body"),
    MERGE: gettext_noop("Join with another case"),
    REOPEN: gettext_noop("Open again"),
    "message_out": gettext_noop("Letter to the applicant"),
    "message_in": gettext_noop("Letter of the applicant"),
    "note": gettext_noop("Internal note"),
    "handed_over": gettext_noop("Handed over to"),
    "confidentiality": gettext_noop("Confidentiality changed to"),
    "joined": gettext_noop("Another case was joined with this one"),
    "related": gettext_noop("Marked as related"),
    "file_infected": gettext_noop("A file with a virus was removed"),
    "anonymised": gettext_noop("Everything about people was removed"),
    "data_given": gettext_noop("A copy of the data was given to the person"),
    "co_applicant": gettext_noop("Answer of a co-applicant"),
    "rated": gettext_noop("The applicant rated the service"),
    "answered_jointly": gettext_noop("Answered together with the case it was joined with"),
    "tasks": gettext_noop("Tasks were given"),
    "task_postponed": gettext_noop("A task got another last day"),
    "task_finished": gettext_noop("A task was finished"),
}

ANSWERED_JOINTLY = gettext_noop("The application was answered together with the one it was joined with.")


@cache
def in_all_languages(text: str) -> dict[str, str]:
    """A text of the catalogues in every language, as the data of a workflow holds it."""
    texts = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            texts[language] = gettext(text)
    return texts


def general_steps(case: Case, workflow: Workflow, at: datetime | None = None) -> list[Transition]:
    """The general steps that are possible now."""
    if case.is_closed:
        return _reopening(case, workflow, at or timezone.now())
    if case.phase in DECIDED_PHASES or case.is_decided:
        return []
    end = next((each.code for each in workflow.states.values() if each.phase == Phase.CLOSED and each.is_end), None)
    if end is None:
        return []
    steps = []
    if not any(each.effect("forward") for each in workflow.transitions.values()):
        steps.append(
            _step(FORWARD, case.state, end, ("body", "reason"), "forward",
                  gettext_noop("The application was sent to the body that may decide it."))
        )  # fmt: skip
    steps.append(
        _step(MERGE, case.state, end, ("original",), "merge",
              gettext_noop("The application was joined with another one about the same."))
    )  # fmt: skip
    return steps


def _step(code: str, source: str, end: str, requires: tuple[str, ...], effect: str, text: str) -> Transition:
    return Transition(
        code, (source,), end, in_all_languages(NAMES[code]), STAFF, requires,
        (Effect(effect), Effect("stop_clock")), in_all_languages(text),
    )  # fmt: skip


def _reopening(case: Case, workflow: Workflow, now: datetime) -> list[Transition]:
    again = workflow.reopen
    if again is None or case.outcome == Outcome.MERGED or case.closed_at is None:
        return []
    if now > case.closed_at + timedelta(days=again.days):
        return []
    said = in_all_languages(gettext_noop("The case was opened again."))
    effects = (Effect("reopen"), Effect("notify_applicant"))
    return [
        Transition(
            REOPEN, (case.state,), again.to, in_all_languages(NAMES[REOPEN]), again.by, ("reason",), effects, said
        )
    ]
