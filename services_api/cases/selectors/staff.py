"""What members of staff see: one function decides which cases, all others narrow its answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from services_api.cases.actors import PERMISSION
from services_api.cases.general_steps import NAMES
from services_api.cases.models import Attachment, AttachmentKind, Case, CaseEvent, CaseQuerySet, Decision
from services_api.cases.models.case import DECIDED_PHASES
from services_api.cases.walks import workflow_of
from services_api.org.public import officers as officers_on
from services_api.procedures.public import ProcedureVersion, pick
from services_api.workdays.public import local

COUNTED = ("open", "mine", "unassigned", "overdue", "week", "closed")
# Large and never shown in lists.
HEAVY = (
    "answers", "version__form", "version__workflow", "version__texts", "version__clock",
)  # fmt: skip


def visible_cases(user: Any) -> CaseQuerySet:
    """The cases that a member of staff may see, and nothing else may be shown to them.

    For now every case of the community for whoever works on cases; jurisdiction over settlements and confidentiality
    will be added here and only here.
    """
    if not user.is_active or not user.has_perm(PERMISSION):
        return Case.objects.none()
    return Case.objects.filter(number__isnull=False)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the inbox is narrowed by; every value may be "". `which`: mine, unassigned, overdue, week, all or open."""

    which: str = "open"
    state: str = ""
    procedure: str = ""
    text: str = ""


def inbox(user: Any, filters: Filters, at: datetime | None = None) -> QuerySet[Case]:
    """Cases for a list, the most urgent first: undecided before decided, earliest due date first."""
    now = at or timezone.now()
    cases = visible_cases(user).filter(_condition(filters.which, user, now))
    if filters.state:
        cases = cases.filter(state=filters.state)
    if filters.procedure:
        cases = cases.filter(version__procedure__code=filters.procedure)
    for word in filters.text.split()[:6]:
        cases = cases.filter(
            Q(number__icontains=word)
            | Q(subject__icontains=word)
            | Q(applicant__surname__icontains=word)
            | Q(applicant__name__icontains=word)
            | Q(applicant__organisation_name__icontains=word)
        )
    return (
        cases.select_related("applicant", "assignee", "version__procedure")
        .defer(*HEAVY)
        .order_by("closed_at", "decided_at", "due_at", "id")
    )


def _condition(which: str, user: Any, now: datetime) -> Q:
    here = local(now)
    end_of_week = here.replace(hour=23, minute=59, second=59) + timedelta(days=6 - here.weekday())
    undecided = ~Q(phase__in=DECIDED_PHASES)
    conditions = {
        "open": Q(closed_at__isnull=True),
        "mine": Q(assignee=user, closed_at__isnull=True),
        "unassigned": undecided & Q(assignee__isnull=True),
        "overdue": undecided & Q(due_at__lt=now),
        "week": undecided & Q(due_at__lte=end_of_week),
        "closed": Q(closed_at__isnull=False),
        "all": Q(),
    }
    return conditions.get(which, conditions["open"])


def counts(user: Any, at: datetime | None = None) -> dict[str, int]:
    """How many cases stand behind each filter of the inbox; one query."""
    now = at or timezone.now()
    return visible_cases(user).aggregate(**{name: Count("id", filter=_condition(name, user, now)) for name in COUNTED})


@dataclass(frozen=True, slots=True)
class Choices:
    """What the inbox may be narrowed by: (code, label) pairs that occur in the visible cases."""

    states: list[tuple[str, str]]
    procedures: list[tuple[str, str]]


def inbox_choices(user: Any) -> Choices:
    """States and procedures of the cases that this person sees; one query."""
    found = (
        visible_cases(user)
        .order_by()
        .values(
            "state", "version_id", "version__checksum", "version__procedure__code", "version__procedure__name_hy",
            "version__procedure__name_en", "version__procedure__name_ru",
        )
        .distinct()
    )  # fmt: skip
    states: dict[str, str] = {}
    procedures: dict[str, str] = {}
    for each in found:
        workflow = workflow_of(ProcedureVersion(pk=each["version_id"], checksum=each["version__checksum"]))
        states.setdefault(each["state"], workflow.state(each["state"]).label())
        names = {
            "hy": each["version__procedure__name_hy"],
            "en": each["version__procedure__name_en"],
            "ru": each["version__procedure__name_ru"],
        }
        procedures.setdefault(each["version__procedure__code"], pick(names))
    return Choices(sorted(states.items(), key=lambda pair: pair[1]), sorted(procedures.items(), key=lambda p: p[1]))


def staff_case(user: Any, uuid: UUID) -> Case:
    """One case with everything its page shows. Raises Case.DoesNotExist, also for a case that may not be seen."""
    return (
        visible_cases(user)
        .select_related("applicant", "assignee", "version__procedure")
        .prefetch_related(
            Prefetch("events", CaseEvent.objects.order_by("sequence")),
            Prefetch("decisions", Decision.objects.prefetch_related("attachments").order_by("-decided_at", "-id")),
            Prefetch("attachments", Attachment.objects.order_by("created_at", "id")),
        )
        .get(uuid=uuid)
    )


def officers() -> QuerySet[Any]:
    """Active people who may be given a case, by name."""
    return (
        get_user_model()
        .objects.with_perm(PERMISSION, backend="django.contrib.auth.backends.ModelBackend")
        .filter(is_active=True)
        .order_by("last_name", "first_name", "email")
    )


def responsible_people(case: Case) -> list[int]:
    """Accounts of those who have to act on a case now: its officer, or all officers while it has none."""
    if case.assignee_id:
        return [case.assignee_id]
    return list(officers().values_list("pk", flat=True))


def heads(at: datetime | None = None) -> list[int]:
    """Accounts of the officers who may sign: they are told when a term is missed."""
    signing = {each.user_id for each in officers_on(local(at or timezone.now()).date(), "hy") if each.can_sign}
    return list(officers().filter(pk__in=signing).values_list("pk", flat=True))


def changes_since(case: Case, revision: int) -> list[dict[str, Any]]:
    """What happened to a case after a revision, for somebody whose page is older."""
    workflow = workflow_of(case.version)
    changes = []
    for event in CaseEvent.objects.filter(case=case).order_by("sequence"):
        if int(event.payload.get("revision", 0)) > revision:
            step = workflow.transitions.get(event.code)
            changes.append(
                {
                    "at": event.at.isoformat(),
                    "what": step.label() if step else gettext(NAMES.get(event.code, event.code)),
                    "who": event.actor_label,
                    "state": event.to_state,
                }
            )
    return changes


def uploads_by_id(identifiers: Iterable[UUID]) -> dict[UUID, Attachment]:
    """Files that a program uploaded before, also those a case has taken since; answers' files are not among them."""
    found = Attachment.objects.filter(uuid__in=list(identifiers), decision__isnull=True, kind=AttachmentKind.APPLICANT)
    return {each.uuid: each for each in found}
