"""The inbox as a file: what the list shows, with the same filters and by the same rule of who sees what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from services_api.cases import assignment, reading, selectors
from services_api.cases.models import Case
from services_api.cases.rows import MOST_ROWS, columns, row_of
from services_api.cases.spreadsheets import as_csv, as_xlsx
from services_api.cases.workspace.inbox import OfficersOnly, filters_of
from services_api.workdays.public import local


def as_file(user: Any, found: Sequence[Case], kind: str) -> HttpResponse:
    """These cases as csv or xlsx. Names leave the house with the file, so it is a reading of each case in it."""
    officers = assignment.labels(found)
    rows = [row_of(case, officers[case.pk]) for case in found]
    reading.log_export(user, found)
    if kind == "csv":
        answer = HttpResponse(as_csv(columns(), rows), content_type="text/csv; charset=utf-8")
    else:
        media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        answer = HttpResponse(as_xlsx(_("Work"), columns(), rows), content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="cases-{local(timezone.now()).date()}.{kind}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


class ExportView(OfficersOnly, View):
    """Everything that the list shows, on all its pages."""

    kind = "csv"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = list(selectors.inbox(request.user, filters_of(request))[:MOST_ROWS])
        return as_file(request.user, found, self.kind)
