"""Every read of the console. Steps and onboardings are hidden from tenants, so they are read in the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from console.models import Action
from tenants import fleet, provisioning
from tenants.context import register
from tenants.models import Community, Domain, Onboarding, ProvisioningStep

# Nothing has moved for so long: the worker is down or was killed, and a person may hand the work over again.
STALLED_AFTER = timedelta(seconds=60)
# Does something in the ministry's own tenant only; nobody wants to read it elsewhere.
MINISTRY_STEPS = frozenset({"console"})
VERSION_LABELS = {
    "current": _("up to date"),
    "behind": _("behind"),
    "failed": _("upgrade failed"),
    "ahead": _("newer than the program"),
    "missing": _("schema is missing"),
}


def communities() -> QuerySet[Community]:
    """The country's communities with their province and hosts, for lists."""
    return (
        Community.objects.municipalities()
        .select_related("marz")
        .prefetch_related(Prefetch("domains", queryset=Domain.objects.order_by("-is_primary", "domain")))
    )


def not_connected(search: str = "") -> QuerySet[Community]:
    """Communities of the catalogue that can be connected, by province; `search` looks in all three languages."""
    found = communities().filter(status=Community.Status.DRAFT, code__isnull=False).order_by("marz__code", "name_hy")
    if search.strip():
        word = search.strip()
        found = found.filter(
            Q(name_hy__icontains=word)
            | Q(name_en__icontains=word)
            | Q(name_ru__icontains=word)
            | Q(slug__icontains=word)
            | Q(code__startswith=word)
        )
    return found


def status_counts() -> dict[str, int]:
    """How many communities have each status, zero included."""
    counted = dict(Community.objects.municipalities().order_by().values_list("status").annotate(number=Count("pk")))
    return {status: counted.get(status, 0) for status in Community.Status.values}


def versions() -> dict[str, str]:
    """State of each schema's version: current, behind, failed (behind, and the last upgrade failed), ahead, missing."""
    return {row.schema: "failed" if row.message else row.state for row in fleet.status()}


def planned_steps() -> list[str]:
    """What will be done to connect a community, in the order and the words that people see."""
    return [str(step.label) for step in provisioning.steps() if step.name not in MINISTRY_STEPS]


def onboarding_of(community: Community) -> Onboarding | None:
    """Whom the ministry asked to invite; None for a community that was never connected."""
    with register():
        return Onboarding.objects.filter(community=community).first()


def actions_on(community: Community, limit: int = 50) -> list[Action]:
    """What the ministry did to a community, newest first."""
    return list(Action.objects.filter(community_slug=community.slug)[:limit])


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of a connection, for people."""

    name: str
    label: str
    state: str
    state_label: str
    message: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the connection of a community stands."""

    steps: list[StepView]
    state: str  # waiting | running | failed | done
    stalled: bool

    @property
    def done(self) -> int:
        return sum(step.state == ProvisioningStep.State.DONE for step in self.steps)

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.total) if self.total else 0

    @property
    def is_active(self) -> bool:
        """True while the page should go on asking."""
        return self.state in ("waiting", "running")

    @property
    def can_retry(self) -> bool:
        return self.state == "failed" or (self.is_active and self.stalled)

    @property
    def failed_step(self) -> StepView | None:
        return next((step for step in self.steps if step.state == ProvisioningStep.State.FAILED), None)


def progress(community: Community, now: datetime | None = None) -> Progress:
    """The steps of a community's connection, read in one go."""
    labels = {step.name: step.label for step in provisioning.steps()}
    with register():
        records = list(ProvisioningStep.objects.filter(community=community).order_by("position"))
        asked = Onboarding.objects.filter(community=community).values_list("requested_at", flat=True).first()
        status = Community.objects.values_list("status", flat=True).get(pk=community.pk)
    steps = [
        StepView(
            name=record.name,
            label=str(labels.get(record.name, record.name)),
            state=record.state,
            state_label=str(record.get_state_display()),
            message=record.message,
            attempts=record.attempts,
        )
        for record in records
        if community.is_ministry or record.name not in MINISTRY_STEPS
    ]
    states = {step.state for step in steps}
    if status not in (Community.Status.DRAFT, Community.Status.PROVISIONING):
        state = "done"
    elif ProvisioningStep.State.FAILED in states:
        state = "failed"
    elif ProvisioningStep.State.RUNNING in states or ProvisioningStep.State.DONE in states:
        state = "running"
    else:
        state = "waiting"
    moments = [moment for record in records for moment in (record.started_at, record.finished_at) if moment]
    last = max([*moments, *([asked] if asked else [])], default=None)
    stalled = last is None or (now or timezone.now()) - last > STALLED_AFTER
    return Progress(steps, state, stalled)
