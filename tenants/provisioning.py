"""Connecting a community: short, idempotent steps, each recorded; killed at any of them, the work resumes there."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tenants.utils import quote_schema_name as quote

from tenants import hosts, roles, template
from tenants.catalogue import default_host
from tenants.context import register, tenant
from tenants.database import commits_flushed_later
from tenants.locks import AlreadyRunning, advisory_lock
from tenants.models import Community, Domain, Marz, Onboarding, ProvisioningStep
from tenants.names import schema_name
from tenants.validation import StrOrPromise, clean_email, clean_host, clean_slug, refusal

logger = logging.getLogger(__name__)
Report = Callable[[str], None]
StepFunction = Callable[[Community, Report], None]


@dataclass(frozen=True, slots=True)
class Step:
    """A step: what it is called, when it runs, and how. `in_tenant` steps run with the tenant's own rights."""

    name: str
    order: int
    run: StepFunction
    label: StrOrPromise
    in_tenant: bool


@dataclass(frozen=True, slots=True)
class Request:
    """What the ministry asks for. Either `code` of the catalogue, or the names of a new community."""

    admin_email: str
    code: str = ""
    slug: str = ""
    host: str = ""
    name_hy: str = ""
    name_en: str = ""
    name_ru: str = ""
    name_hy_genitive: str = ""
    marz: str = ""
    admin_first_name: str = ""
    admin_last_name: str = ""
    requested_by: str = ""


class ProvisioningFailed(Exception):
    """A step failed; the community stays invisible and the step can be repeated."""

    def __init__(self, community: Community, step: str, reason: str) -> None:
        super().__init__(f"{community.slug}: {step}: {reason}")
        self.community, self.step, self.reason = community, step, reason


_steps: dict[str, Step] = {}


def register_step(
    name: str, *, order: int, label: StrOrPromise, in_tenant: bool = True
) -> Callable[[StepFunction], StepFunction]:
    """Decorator: add a step to the connection of every community. It may run twice and must not mind."""

    def decorate(function: StepFunction) -> StepFunction:
        _steps[name] = Step(name, order, function, label, in_tenant)
        return function

    return decorate


def steps() -> list[Step]:
    """All steps in the order they run."""
    return sorted(_steps.values(), key=lambda step: (step.order, step.name))


def check(request: Request) -> Community:
    """Prove a request and return its community (unsaved when it is new). Nothing is created.

    Raises ValidationError with the field's name.
    """
    with register():
        clean_email(request.admin_email)
        if request.code:
            community = Community.objects.filter(code=request.code).first()
            if community is None:
                raise refusal(
                    "code",
                    _("The catalogue has no community with the code %(code)s.") % {"code": request.code},
                    "unknown",
                )
        else:
            community = _draft_with_slug(request.slug) or _new_community(request)
        if community.status not in (Community.Status.DRAFT, Community.Status.PROVISIONING):
            raise refusal("code", _("%(name)s is already connected.") % {"name": community.name()}, "connected")
        if not community.is_ministry:
            clean_slug(community.slug)
        clean_host(request.host or default_host(community), community=community)
        return community


def _draft_with_slug(slug: str) -> Community | None:
    """A row of the catalogue that is named by its slug: the ministry has no classifier code."""
    return Community.objects.filter(
        slug=slug.strip().lower(), status__in=[Community.Status.DRAFT, Community.Status.PROVISIONING]
    ).first()


def _new_community(request: Request) -> Community:
    slug = clean_slug(request.slug)
    if Community.objects.filter(slug=slug).exists():
        raise refusal("slug", _("The short name %(slug)s is already taken.") % {"slug": slug}, "taken")
    missing = {
        field: _("Enter the name.")
        for field in ("name_hy", "name_en", "name_hy_genitive")
        if not getattr(request, field).strip()
    }
    if missing:
        raise ValidationError(missing)
    marz = Marz.objects.filter(code=request.marz).first()
    if marz is None:
        raise refusal("marz", _("Choose the province."), "required")
    return Community(
        slug=slug,
        schema_name=schema_name(slug),
        marz=marz,
        name_hy=request.name_hy.strip(),
        name_en=request.name_en.strip(),
        name_ru=request.name_ru.strip(),
        name_hy_genitive=request.name_hy_genitive.strip(),
    )


def accept(request: Request) -> Community:
    """Prove a request and record it: the community is now being connected and its steps are listed."""
    with register():
        community = check(request)
        host = clean_host(request.host or default_host(community), community=community)
        with transaction.atomic():
            community.status = Community.Status.PROVISIONING
            community.status_reason = ""
            community.save()
            Domain.objects.update_or_create(
                tenant=community, is_primary=True, defaults={"domain": host, "kind": Domain.Kind.PRIMARY}
            )
            Onboarding.objects.update_or_create(
                community=community,
                defaults={
                    "admin_email": clean_email(request.admin_email),
                    "admin_first_name": request.admin_first_name.strip(),
                    "admin_last_name": request.admin_last_name.strip(),
                    "requested_by": request.requested_by,
                },
            )
            for position, step in enumerate(steps()):
                ProvisioningStep.objects.get_or_create(
                    community=community, name=step.name, defaults={"position": position}
                )
    hosts.forget()
    return community


def run(community: Community, report: Report = lambda line: None) -> Community:
    """Run the steps that are not done, in order. Safe to call again after any interruption.

    Raises ProvisioningFailed with the step and its reason, AlreadyRunning.
    """
    listed = steps()
    with advisory_lock(community.schema_name, wait=False), register():
        with commits_flushed_later():
            for position, step in enumerate(listed[:-1]):
                _run_recorded(community, step, position, report)
        # The last step opens the site; its commit waits for the disk, and with it all that was done before.
        _run_recorded(community, listed[-1], len(listed) - 1, report)
        community.refresh_from_db()
    hosts.forget()
    return community


def _run_recorded(community: Community, step: Step, position: int, report: Report) -> None:
    record, _created = ProvisioningStep.objects.get_or_create(
        community=community, name=step.name, defaults={"position": position}
    )
    if record.state != ProvisioningStep.State.DONE:
        _run_step(community, step, record, report)


def _run_step(community: Community, step: Step, record: ProvisioningStep, report: Report) -> None:
    record.state, record.started_at, record.finished_at = ProvisioningStep.State.RUNNING, timezone.now(), None
    record.attempts += 1
    record.message = ""
    record.save()
    report(f"{community.slug}: {step.name}")
    try:
        if step.in_tenant:
            with tenant(community):
                step.run(community, report)
        else:
            step.run(community, report)
    except Exception as error:
        logger.exception("provisioning of %s failed at %s", community.slug, step.name)
        record.state, record.finished_at = ProvisioningStep.State.FAILED, timezone.now()
        record.message = f"{type(error).__name__}: {error}"[:2000]
        record.save()
        raise ProvisioningFailed(community, step.name, record.message) from error
    record.state, record.finished_at = ProvisioningStep.State.DONE, timezone.now()
    record.save()


@register_step("schema", order=10, label=_("Database schema from the template"), in_tenant=False)
def create_schema(community: Community, report: Report) -> None:
    """Replay the template in one transaction; a schema that exists was completed by an earlier run."""
    if not template.schema_exists(community.schema_name):
        template.replay(community.schema_name)


@register_step("role", order=20, label=_("Database role and its rights"), in_tenant=False)
def create_role(community: Community, report: Report) -> None:
    """The PostgreSQL role that the community's requests run under."""
    roles.ensure_tenant_role(community.schema_name)
    roles.grant_schema(community.schema_name)


@register_step("open", order=1000, label=_("Opening the website"), in_tenant=False)
def open_site(community: Community, report: Report) -> None:
    """The last step: from now on the host answers."""
    Community.objects.filter(pk=community.pk).update(
        status=Community.Status.ACTIVE, activated_at=timezone.now(), status_reason=""
    )


def suspend(community: Community, reason: str) -> None:
    """Visitors see that the site is away and why; staff may still work."""
    _change_status(community, Community.Status.SUSPENDED, reason, allowed={Community.Status.ACTIVE})


def resume(community: Community) -> None:
    """The site answers again."""
    _change_status(
        community, Community.Status.ACTIVE, "", allowed={Community.Status.SUSPENDED, Community.Status.ARCHIVED}
    )


def archive(community: Community, reason: str) -> None:
    """The community is closed for good (merged, dissolved): 410 for everybody, its data is kept."""
    _change_status(
        community, Community.Status.ARCHIVED, reason, allowed={Community.Status.ACTIVE, Community.Status.SUSPENDED}
    )


def _change_status(community: Community, status: str, reason: str, allowed: set[str]) -> None:
    with register(), transaction.atomic():
        locked = Community.objects.select_for_update().get(pk=community.pk)
        if locked.status not in allowed:
            raise refusal(
                "status",
                _("%(name)s is “%(status)s”; this cannot be done now.")
                % {"name": locked.name(), "status": locked.get_status_display()},
                "status",
            )
        Community.objects.filter(pk=community.pk).update(status=status, status_reason=reason[:300])
        community.status, community.status_reason = status, reason[:300]
    hosts.forget()


def discard(community: Community) -> None:
    """Undo a connection that was never opened: schema, role, host and steps go, the catalogue's row stays."""
    with register():
        if community.status not in (Community.Status.PROVISIONING, Community.Status.DRAFT):
            raise refusal("status", _("Only a connection that was not finished can be undone."), "status")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {quote(community.schema_name)} CASCADE")
            ProvisioningStep.objects.filter(community=community).delete()
            Domain.objects.filter(tenant=community).delete()
            Onboarding.objects.filter(community=community).delete()
            Community.objects.filter(pk=community.pk).update(status=Community.Status.DRAFT)
    roles.drop_tenant_role(community.schema_name)
    hosts.forget()


@contextmanager
def scratch(request: Request, report: Report = lambda line: None) -> Iterator[Community]:
    """A community for one piece of work, connected like any other but never opened, and removed in any case.

    What a killed run with the same prefix of the slug (up to the last "-") left behind is removed first.
    """
    prefix = request.slug.rpartition("-")[0] + "-"
    with register():
        for left in Community.objects.filter(slug__startswith=prefix, status__in=_UNOPENED):
            with suppress(AlreadyRunning), advisory_lock(f"scratch:{left.slug}", wait=False):
                _remove_scratch(left)
    with advisory_lock(f"scratch:{request.slug}", wait=False):
        community = accept(request)
        try:
            for position, step in enumerate(steps()):
                if step.name != "open":
                    _run_recorded(community, step, position, report)
            yield community
        finally:
            _remove_scratch(community)


def _remove_scratch(community: Community) -> None:
    folder = Path(settings.MEDIA_ROOT) / community.schema_name
    discard(community)
    with register():
        Community.objects.filter(pk=community.pk).delete()
    shutil.rmtree(folder, ignore_errors=True)


_UNOPENED = (Community.Status.DRAFT, Community.Status.PROVISIONING)

__all__ = [
    "AlreadyRunning",
    "ProvisioningFailed",
    "Request",
    "Step",
    "accept",
    "archive",
    "check",
    "discard",
    "register_step",
    "resume",
    "run",
    "scratch",
    "steps",
    "suspend",
]
