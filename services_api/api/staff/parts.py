"""What the officers' endpoints share: the case they speak of, files uploaded before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request

from services_api.api.base import may_read_personal
from services_api.api.serializers.cases import CaseDetailSerializer
from services_api.cases import public as cases


@contextmanager
def seen() -> Iterator[None]:
    """What the caller does not see, or does not see any more, is answered as if it were not there: 404."""
    try:
        yield
    except (cases.Case.DoesNotExist, cases.Task.DoesNotExist) as error:
        raise NotFound from error


def case_of(request: Request, uuid: UUID) -> cases.Case:
    """The case, if the caller sees it. Raises NotFound, also for a case that may not be seen."""
    with seen():
        return cases.staff_case(request.user, uuid)


def log_reading(request: Request, case: cases.Case) -> None:
    """Note that the applicant's data are read, as the screen does; nothing personal is told without the scope."""
    if may_read_personal(request):
        cases.log_staff_read(request.user, case)


def detail(request: Request, case: cases.Case, only: set[str] | None = None) -> dict[str, Any]:
    """The whole case as it is answered."""
    steps = cases.available(case, cases.staff(request.user))
    context = {
        "case": case, "transitions": steps, "only": only, "personal": may_read_personal(request),
        "beside": cases.people_beside(case),
    }  # fmt: skip
    return dict(CaseDetailSerializer(case, context=context).data)


def detail_now(request: Request, uuid: UUID) -> dict[str, Any]:
    """The case after a change, or only that it is the work of others now."""
    try:
        return detail(request, cases.staff_case(request.user, uuid))
    except cases.Case.DoesNotExist:
        return {"id": str(uuid)}


def uploaded(identifiers: Iterable[UUID]) -> list[cases.CleanFile]:
    """Files that were uploaded before, ready to become a part of a case. Raises ValidationError for any other."""
    wanted = list(dict.fromkeys(identifiers))
    found = cases.uploads_by_id(wanted)
    files = []
    for number, identifier in enumerate(wanted):
        attachment = found.get(identifier)
        if attachment is None or attachment.case_id:
            raise ValidationError({f"attachments[{number}]": _("There is no such file; it is kept for a day only.")})
        if attachment.is_infected:
            raise ValidationError({f"attachments[{number}]": _("The file held a virus and was removed.")})
        with attachment.file.open("rb") as content:
            files.append(cases.CleanFile(attachment.name, content.read(), attachment.media_type))
    return files
