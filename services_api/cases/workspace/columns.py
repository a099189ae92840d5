"""Columns of the inbox: which there are, which somebody has chosen, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy, pgettext_lazy

from services_api.cases.models import Case
from services_api.cases.walks import state_label
from services_api.cases.workspace.dates import due_of
from services_api.workdays.public import local

# Number and subject stand in every list. In the order of the screen.
COLUMNS = {
    "applicant": gettext_lazy("Applicant"),
    "state": gettext_lazy("State"),
    "due": gettext_lazy("To be answered by"),
    "officer": gettext_lazy("Officer"),
    "settlement": gettext_lazy("Settlement"),
    "channel": pgettext_lazy("list", "Way of applying"),
    "queue": pgettext_lazy("list", "Queue"),
    "phone": pgettext_lazy("list", "Phone"),
    "answered": pgettext_lazy("list", "Answered on"),
}
USUAL = ("applicant", "state", "due", "officer")


def chosen_columns(wanted: Iterable[str]) -> list[str]:
    """Codes that there are, in the order of the screen; the usual ones for none."""
    asked = set(wanted)
    return [code for code in COLUMNS if code in asked] or list(USUAL)


def row_of(case: Case, officer: str, columns: Sequence[str]) -> dict[str, Any]:
    """A line of the list: `cells` are {code, label, text} in the order of the columns; `due` is kept with its level."""
    due = due_of(case)
    said = {
        "applicant": lambda: case.applicant.display_name,
        "state": lambda: state_label(case),
        "due": lambda: due,
        "officer": lambda: officer,
        "settlement": lambda: case.settlement,
        "channel": case.get_channel_display,
        "queue": lambda: case.assigned_queue.name() if case.assigned_queue else "",
        "phone": lambda: str(case.applicant.phone or ""),
        "answered": lambda: date_format(local(case.decided_at), "SHORT_DATE_FORMAT") if case.decided_at else "",
    }
    return {
        "url": reverse("cases_workspace:case", args=[case.uuid]),
        "chosen": f"{case.uuid}:{case.lock_version}",
        "number": case.number,
        "subject": case.subject,
        "procedure": case.version.procedure.name(),
        "submitted_at": case.submitted_at,
        "due": due,
        "cells": [{"code": code, "label": COLUMNS[code], "text": said[code]()} for code in columns],
    }
