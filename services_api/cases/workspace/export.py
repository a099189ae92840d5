"""The inbox as a file: what the list shows, with the same filters and by the same rule of who sees what."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from services_api.cases import assignment, reading, selectors
from services_api.cases.rows import MOST_ROWS, columns, row_of
from services_api.cases.spreadsheets import as_csv, as_xlsx
from services_api.cases.workspace.inbox import OfficersOnly, filters_of
from services_api.workdays.public import local


class ExportView(OfficersOnly, View):
    """Names leave the house with the file, so it is a reading of each case in it."""

    kind = "csv"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = list(selectors.inbox(request.user, filters_of(request))[:MOST_ROWS])
        officers = assignment.labels(found)
        rows = [row_of(case, officers[case.pk]) for case in found]
        reading.log_export(request.user, found)
        name = f"cases-{local(timezone.now()).date()}.{self.kind}"
        if self.kind == "csv":
            answer = HttpResponse(as_csv(columns(), rows), content_type="text/csv; charset=utf-8")
        else:
            kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            answer = HttpResponse(as_xlsx(_("Work"), columns(), rows), content_type=kind)
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        answer["X-Content-Type-Options"] = "nosniff"
        return answer
