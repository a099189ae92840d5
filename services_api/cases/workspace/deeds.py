"""What an officer does on the page of a case beside steps of the workflow: write, note, mark as related."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from services_api.cases import services, uploads
from services_api.cases.actors import Actor
from services_api.cases.errors import Conflict, FieldError, TransitionRefused, UploadRefused
from services_api.cases.models import Case

if TYPE_CHECKING:
    from django.utils.datastructures import MultiValueDict

FILES = 10


@dataclass
class Attempt:
    """A step or deed that was tried and not taken: what was typed and what must be corrected."""

    code: str
    data: dict[str, str]
    errors: list[FieldError] = field(default_factory=list)
    message: str = ""
    conflict: Conflict | None = None

    def error(self, name: str) -> str:
        """What is wrong with one field."""
        return " ".join(each.message for each in self.errors if each.field == name)

    def said(self) -> dict[str, str]:
        """What is wrong, by field."""
        return {each.field: self.error(each.field) for each in self.errors}


def given_files(files: MultiValueDict[str, Any]) -> list[uploads.CleanFile]:
    """Files of a posting, proved. Raises UploadRefused."""
    given = files.getlist("files")
    if len(given) > FILES:
        raise UploadRefused("count", "", _("Attach at most %(count)s files.") % {"count": FILES})
    return [uploads.clean(each) for each in given]


def form_key(request: HttpRequest) -> UUID:
    """The identifier of the form: sent twice, it writes once."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _letter(request: HttpRequest, case: Case, actor: Actor) -> str:
    services.write_to_applicant(
        case.uuid, request.POST.get("message", ""), actor=actor, files=given_files(request.FILES), key=form_key(request)
    )
    return _("The letter is on the applicant’s page.")


def _note(request: HttpRequest, case: Case, actor: Actor) -> str:
    services.add_note(case.uuid, request.POST.get("note", ""), actor=actor)
    return _("The note is kept. The applicant does not see it.")


def _relate(request: HttpRequest, case: Case, actor: Actor) -> str:
    services.relate(case.uuid, request.POST.get("number", ""), actor=actor, kind=request.POST.get("kind", ""))
    return _("The cases are marked as related.")


def _issue(request: HttpRequest, case: Case, actor: Actor) -> str:
    given = request.POST
    order = services.Order(
        kind=given.get("kind", ""), to=given.getlist("to"), text=given.get("text", "").strip(), until=_day(request),
        join="any" if given.get("join") == "any" else "all", in_turn=bool(given.get("in_turn")),
    )  # fmt: skip
    services.issue(case.uuid, order, actor=actor)
    return _("The tasks are given.")


def _finish(request: HttpRequest, case: Case, actor: Actor) -> str:
    services.finish(_task(request, case), request.POST.get("state", ""), request.POST.get("result", ""),
                    user=request.user)  # fmt: skip
    return _("The task is finished.")


def _postpone(request: HttpRequest, case: Case, actor: Actor) -> str:
    services.postpone(_task(request, case), _day(request), user=request.user)
    return _("The task has another last day.")


def _day(request: HttpRequest) -> date | None:
    """The day that a form names. Raises TransitionRefused for what is no day."""
    given = request.POST.get("due", "")
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        wrong = [FieldError("due", _("The day cannot be read."))]
        raise TransitionRefused(_("Something is missing."), wrong) from error


def _cancel(request: HttpRequest, case: Case, actor: Actor) -> str:
    services.cancel(_task(request, case), user=request.user)
    return _("The task is cancelled.")


def _task(request: HttpRequest, case: Case) -> UUID:
    """The task that the form names, one of this case; for any other there is none."""
    try:
        found = case.tasks.filter(uuid=UUID(request.POST.get("task", ""))).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found.uuid


Deed = Callable[[HttpRequest, Case, Actor], str]
# By the name that the form sends; each answers what was done, in words.
DEEDS: dict[str, Deed] = {
    "letter": _letter, "note": _note, "relate": _relate, "issue": _issue, "finish": _finish, "cancel": _cancel,
    "postpone": _postpone,
}  # fmt: skip
TYPED = ("message", "note", "number", "kind", "text", "due", "join", "in_turn", "task", "state", "result")


def attempt_of(request: HttpRequest) -> Attempt:
    """What was typed, to be shown again when the deed is refused."""
    return Attempt(request.POST.get("deed", ""), {name: request.POST.get(name, "") for name in TYPED})
