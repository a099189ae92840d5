"""A list of cases as rows of a file: the columns of the inbox, for its screen and for programs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from services_api.cases.models import Case
from services_api.cases.spreadsheets import Value
from services_api.cases.walks import state_label
from services_api.workdays.public import local

# A file of more rows is a copy of the register, which nobody takes home from the inbox.
MOST_ROWS = 5_000


def columns() -> list[str]:
    """Heads of the columns, in the reader's language."""
    return [
        _("Number"), _("Submitted"), _("Procedure"), _("Subject"), _("Applicant"), _("Settlement"), _("State"),
        _("To be answered by"), _("Officer"), _("Answered"), _("Closed"),
    ]  # fmt: skip


def row_of(case: Case, officer: str) -> list[Value]:
    """One case as values; days are those of Asia/Yerevan."""

    def day(moment: Any) -> Any:
        return local(moment).date() if moment else None

    return [
        case.number or "", day(case.submitted_at), case.version.procedure.name(), case.subject,
        case.applicant.display_name, case.settlement, state_label(case), day(case.due_at), officer,
        day(case.decided_at), day(case.closed_at),
    ]  # fmt: skip
