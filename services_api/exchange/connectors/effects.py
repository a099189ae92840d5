"""The effect `call_connector`: a step of a workflow asks a register, after the commit, and notes the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services_api.cases.public import SYSTEM, Case, CaseEvent, Step, add_note, effect
from services_api.exchange.connectors import prefill, services
from services_api.exchange.connectors.models import ExternalCall
from services_api.exchange.connectors.registers import PERSON
from services_api.exchange.connectors.registry import register
from services_api.exchange.models import Outbox
from services_api.exchange.registry import Failure, Item, NotNeeded, SendingRefused, handles
from services_api.exchange.services import enqueue

KIND = "connector"


@effect("call_connector")
def call_connector(step: Step, options: Mapping[str, Any]) -> None:
    """Ask a register when the step is taken.

    `{"connector": "person", "number": "document", "compare": "applicant", "purpose": "...", "legal_basis": "..."}`:
    `number` and `compare` are codes of questions of the form. A step does not wait: a row of the outbox asks.
    """

    def later(event: CaseEvent) -> None:
        given = {"connector": PERSON.code, **{name: str(value) for name, value in options.items()}}
        payload = {**given, "case": str(step.case.uuid), "event": event.sequence}
        key = f"{KIND}:{step.case.uuid}:{event.sequence}:{given['connector']}"
        enqueue(KIND, payload, key, stream=f"{KIND}:{step.case.uuid}")

    step.afterwards.append(later)


@handles(KIND, label=gettext_lazy("Question to an outside register"))
def send(item: Item) -> Failure | None:
    """Ask, and write an internal note that says what agrees; the register's data themselves are not kept."""
    options = item.payload
    case = Case.objects.select_related("version").filter(uuid=UUID(options["case"])).first()
    try:
        known = register(options["connector"])
    except KeyError as error:
        raise SendingRefused(f"There is no register {options['connector']!r}.") from error
    if case is None:
        raise SendingRefused("The case does not exist.")
    number = _number(case.answers.get(options.get("number", "")))
    if not number:
        raise NotNeeded("The application names no number to ask by.")
    try:
        answer = services.ask(
            known.code, {known.question: number}, purpose=options.get("purpose", ""),
            legal_basis=options.get("legal_basis", ""), actor=SYSTEM, case=case,
        )  # fmt: skip
    except services.NotAsked as error:
        raise NotNeeded("The community does not ask this register.") from error
    except ValueError as error:
        raise SendingRefused(str(error)) from error
    if answer.result == ExternalCall.Result.DOWN:
        return Failure("The register did not answer.", Outbox.Reason.UNREACHABLE)
    with translation.override("hy"):
        different = prefill.differences(known, answer.facts, case.answers, options.get("compare", ""))
        said = {
            ExternalCall.Result.FOUND: _("found, everything agrees") if not different else _("found, but it differs"),
            ExternalCall.Result.NOT_FOUND: _("not found"),
        }.get(ExternalCall.Result(answer.result), _("the register refused"))
        note = f"{known.label}՝ {said}"
    add_note(case.uuid, note, actor=SYSTEM)
    return None


def _number(answer: Any) -> str:
    """The number in an answer: as it stands, or in the part of a question of several parts that holds it."""
    if isinstance(answer, Mapping):
        answer = next((answer[name] for name in ("number", "tin") if answer.get(name)), "")
    return answer.strip() if isinstance(answer, str) else ""
