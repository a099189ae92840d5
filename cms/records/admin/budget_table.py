"""Lines and execution of a budget on one screen: typed, pasted from a spreadsheet or taken from an Excel file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.records import budget_lines
from cms.records.admin.permissions import RecordPermissionPolicy
from cms.records.models import BudgetLine, BudgetYear
from cms.records.models.budget import QUARTERS
from cms.records.spreadsheets import MAX_BYTES, CellFault, NotRead

SPARE_ROWS = 5


def budget_table(request: HttpRequest, pk: int) -> HttpResponse:
    """The table. A post with mistakes shows the rows as they were written, each mistake beside its row."""
    budget = get_object_or_404(BudgetYear, pk=pk)
    policy = RecordPermissionPolicy(BudgetYear)
    if not policy.user_has_permission_for_instance(request.user, "change", budget):
        raise PermissionDenied
    rows, mistakes, faults = budget_lines.rows_of(budget), [], []
    if request.method == "POST":
        try:
            rows = _given(request)
        except NotRead as error:
            faults = error.faults
    if request.method == "POST" and not faults:
        result = budget_lines.read(budget, rows)
        mistakes = result.mistakes
        if not mistakes:
            budget_lines.replace(budget, result.lines)
            log(instance=budget, action="wagtail.edit", user=request.user)
            messages.success(request, _("%(count)s lines of the budget are saved.") % {"count": len(result.lines)})
            return redirect(request.path)
    by_row: dict[int, list[Any]] = {}
    for mistake in mistakes:
        by_row.setdefault(mistake.row, []).append(mistake)
    empty = dict.fromkeys(budget_lines.COLUMNS, "")
    shown = [*rows, *[{**empty} for _number in range(SPARE_ROWS)]]
    context = {
        "budget": budget,
        "rows": [{"number": n, "values": row, "mistakes": by_row.get(n, [])} for n, row in enumerate(shown, 1)],
        "mistakes": mistakes,
        "faults": faults,
        "sides": BudgetLine.Side.choices,
        "groups": BudgetLine.Group.choices,
        "quarters": QUARTERS,
        "columns": list(budget_lines.HEADINGS.values()),
        "edit_url": reverse("records_budget:edit", args=[budget.pk]),
    }
    return TemplateResponse(
        request, "records_admin/budget_table.html", context, status=422 if mistakes or faults else 200
    )


def _given(request: HttpRequest) -> list[dict[str, str]]:
    """Rows of the file, of the paste or of the table, whichever was sent. Raises NotRead."""
    file, paste = request.FILES.get("workbook"), request.POST.get("paste", "")
    if file is not None:
        if file.size is None or file.size > MAX_BYTES:  # before it is read into the memory
            raise NotRead([CellFault(0, "", _("The file is larger than 4 MB."))])
        return budget_lines.from_workbook(file.read())
    return budget_lines.pasted(paste) if paste.strip() else _typed(request)


def _typed(request: HttpRequest) -> list[dict[str, str]]:
    columns = {name: request.POST.getlist(name) for name in budget_lines.COLUMNS}
    count = max(map(len, columns.values()), default=0)
    return [
        {name: values[number] if number < len(values) else "" for name, values in columns.items()}
        for number in range(count)
    ]
