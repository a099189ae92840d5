"""Procedures that come with the house, for communities that exist: first a plan with every difference, then the doing.

A community's own version is never touched: it is named in the plan, with what the package would change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from services_api.procedures import seeds
from services_api.procedures.differences import Difference, content_of, differences
from services_api.procedures.models import Procedure, ProcedureVersion
from services_api.procedures.selectors import today
from services_api.procedures.services import draft_version, publish


@dataclass(frozen=True)
class Change:
    """What a package means for the community that is chosen.

    `kind`: new (a procedure it does not have), update (its version came with the house and there is a newer one),
    same, local (it has a version of its own, which stays), withdrawn (it offers the procedure no longer, which stays).
    """

    code: str
    kind: str
    differences: tuple[Difference, ...] = ()

    @property
    def is_work(self) -> bool:
        return self.kind in ("new", "update")


def plan(packages: Sequence[Mapping[str, Any]] | None = None, only: Iterable[str] = ()) -> list[Change]:
    """What would be done in the community that is chosen, in the order of the catalogue. Changes nothing."""
    wanted = set(only)
    known: dict[str, list[ProcedureVersion]] = {}
    published = ProcedureVersion.objects.exclude(state=ProcedureVersion.State.DRAFT)
    for version in published.select_related("procedure").order_by("procedure", "-valid_from", "-number"):
        known.setdefault(version.procedure.code, []).append(version)
    chosen = [each for each in packages or seeds.packages() if not wanted or each["procedure"]["code"] in wanted]
    return [_change(each, known.get(each["procedure"]["code"], [])) for each in chosen]


def _change(package: Mapping[str, Any], versions: list[ProcedureVersion]) -> Change:
    code = package["procedure"]["code"]
    if not versions:
        return Change(code, "new")
    latest = versions[0]
    found = tuple(differences(content_of(latest), package))
    if latest.state == ProcedureVersion.State.WITHDRAWN:
        return Change(code, "withdrawn", found)
    if not found:
        return Change(code, "same")
    return Change(code, "update" if latest.from_package else "local", found)


@transaction.atomic
def apply(packages: Sequence[Mapping[str, Any]] | None = None, only: Iterable[str] = ()) -> list[Change]:
    """Do what the plan says in the community that is chosen, all or nothing; gives what was done.

    New cases follow the new version from today on, or from the day after the version before it began. Doing it again
    does nothing. Names and order in the catalogue of a procedure that exists stay as the community has them.
    """
    chosen = {each["procedure"]["code"]: each for each in packages or seeds.packages()}
    done = []
    for change in plan(list(chosen.values()), only):
        if change.is_work:
            install(chosen[change.code])
            done.append(change)
    return done


def install(package: Mapping[str, Any], valid_from: date | None = None) -> ProcedureVersion:
    """Publish a package as the next version of its procedure, which is made if it is new. Raises ValidationError."""
    described = dict(package["procedure"])
    procedure, _created = Procedure.objects.get_or_create(code=described.pop("code"), defaults=described)
    last = procedure.versions.exclude(state=ProcedureVersion.State.DRAFT).order_by("-valid_from").first()
    begins = valid_from or date.fromisoformat(package["valid_from"])
    if last is not None:
        begins = max(today(), last.valid_from + timedelta(days=1))
    content = {part: package[part] for part in ("form", "workflow", "clock", "texts")}
    content["examples"] = package.get("examples", [])
    return publish(draft_version(procedure, valid_from=begins, from_package=True, **content))
