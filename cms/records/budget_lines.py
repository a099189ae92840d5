"""The lines of a budget as rows that a clerk writes or pastes from a spreadsheet; each mistake is told with its row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from openpyxl.utils import get_column_letter

from cms.records.models import BudgetExecution, BudgetLine, BudgetYear
from cms.records.models.budget import QUARTERS
from cms.records.spreadsheets import cells_of

# The columns of the table and of what is pasted, in this order, with the words above them.
HEADINGS: dict[str, str | Promise] = {
    "side": gettext_lazy("Income or expense"),
    "group": gettext_lazy("Group"),
    "code": gettext_lazy("Code"),
    "title_hy": gettext_lazy("Name in Armenian"),
    "title_en": gettext_lazy("In English"),
    "title_ru": gettext_lazy("In Russian"),
    "adopted": gettext_lazy("Adopted"),
    "revised": gettext_lazy("Revised"),
    **{f"q{number}": label for number, label in QUARTERS},
}
COLUMNS = tuple(HEADINGS)
MAX_ROWS = 500
_WHOLE = re.compile(r"\d+(?:[.,]0{1,2})?\Z")
_SPACES = re.compile(r"[\s\u00a0\u202f֏']")


@dataclass(slots=True)
class Mistake:
    """What is wrong with a row; rows are counted from 1, as the clerk sees them. `cell`: «C5» of the clerk's file."""

    row: int
    column: str
    text: str
    cell: str = ""

    @property
    def heading(self) -> str:
        """The column as the table calls it; "" for the whole row."""
        return str(HEADINGS.get(self.column, ""))


@dataclass(slots=True)
class Read:
    """Lines ready to be saved, each with executed amounts by quarter; or mistakes."""

    lines: list[tuple[BudgetLine, dict[int, int]]] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)


def rows_of(budget: BudgetYear) -> list[dict[str, str]]:
    """The saved lines as rows of the table."""
    lines = BudgetLine.objects.filter(budget=budget).order_by("-side", "position", "pk").prefetch_related("executions")
    rows = []
    for line in lines:
        done = {execution.quarter: execution.amount for execution in line.executions.all()}
        row = {name: getattr(line, name) for name in COLUMNS[:8]}
        row.update({f"q{quarter}": done.get(quarter) for quarter in range(1, 5)})
        rows.append({name: "" if value is None else str(value) for name, value in row.items()})
    return rows


def pasted(text: str) -> list[dict[str, str]]:
    """Rows from a paste: tabs (a spreadsheet), semicolons or commas (CSV). A row of headings is left out."""
    first = text.strip().split("\n", 1)[0]
    delimiter = "\t" if "\t" in first else ";" if ";" in first else ","
    rows = csv.reader(StringIO(text.strip("\r\n")), delimiter=delimiter)
    found = [cells for cells in rows if any(map(str.strip, cells))]
    return [_row(cells) for cells in (found[1:] if found and _is_heading(found[0]) else found)]


def from_workbook(content: bytes) -> list[dict[str, str]]:
    """Rows of an Excel file with the columns of the table, with or without the words above them; each row knows its
    number in the file (`sheet_row`). Raises cms.records.spreadsheets.NotRead."""
    found = cells_of(content, columns=len(COLUMNS), rows=MAX_ROWS + 1)
    if found and _is_heading(found[0][1]):
        found = found[1:]
    return [{**_row(cells), "sheet_row": str(number)} for number, cells in found]


def _is_heading(cells: list[str]) -> bool:
    return cells[0].strip().lower() in _names("side", HEADINGS["side"])


def _row(cells: list[str]) -> dict[str, str]:
    return dict(zip(COLUMNS, [*map(str.strip, cells), *[""] * len(COLUMNS)], strict=False))


def _cell(row: dict[str, str], column: str) -> str:
    """«C5»: where a value stands in the clerk's file; "" for what was typed or pasted."""
    number = row.get("sheet_row", "")
    if not number or column not in COLUMNS:
        return number and f"{number}"
    return f"{get_column_letter(COLUMNS.index(column) + 1)}{number}"


def read(budget: BudgetYear, rows: Iterable[dict[str, str]]) -> Read:
    """Check rows. Empty ones are left out; nothing is saved."""
    result = Read()
    for number, row in enumerate(rows, 1):
        if not any(value.strip() for name, value in row.items() if name not in {"side", "group", "sheet_row"}):
            continue
        if number > MAX_ROWS:
            result.mistakes.append(Mistake(number, "", _("A budget has at most %(rows)s lines.") % {"rows": MAX_ROWS}))
            break
        known = len(result.mistakes)
        _read_row(budget, number, row, result)
        for mistake in result.mistakes[known:]:
            mistake.cell = _cell(row, mistake.column)
    return result


def _read_row(budget: BudgetYear, number: int, row: dict[str, str], result: Read) -> None:
    mistakes = len(result.mistakes)

    def amount(name: str) -> int | None:
        text = _SPACES.sub("", row.get(name, ""))
        if not text:
            return None
        if not _WHOLE.match(text):
            result.mistakes.append(
                Mistake(number, name, _("«%(text)s» is not a whole number of drams.") % {"text": row[name]})
            )
            return None
        return int(re.split("[.,]", text)[0])

    side = _chosen(row.get("side", ""), BudgetLine.Side.choices)
    group = _chosen(row.get("group", ""), BudgetLine.Group.choices)
    if not side:
        result.mistakes.append(Mistake(number, "side", _("Write income or expense.")))
    if not group:
        result.mistakes.append(Mistake(number, "group", _("There is no such group.")))
    adopted, revised = amount("adopted"), amount("revised")
    if adopted is None and len(result.mistakes) == mistakes:
        result.mistakes.append(Mistake(number, "adopted", _("The adopted plan is missing.")))
    quarters = {quarter: value for quarter in range(1, 5) if (value := amount(f"q{quarter}")) is not None}
    if len(result.mistakes) > mistakes:
        return
    line = BudgetLine(
        budget=budget, side=side, group=group, adopted=adopted, revised=revised, position=number,
        **{name: row.get(name, "").strip() for name in ("code", "title_hy", "title_en", "title_ru")},
    )  # fmt: skip
    try:
        line.full_clean(exclude=["budget"])
    except ValidationError as error:
        for column, texts in error.message_dict.items():
            result.mistakes.append(Mistake(number, column if column in COLUMNS else "", " ".join(texts)))
        return
    shrinks = [q for q, value in quarters.items() if value < max([v for p, v in quarters.items() if p < q] or [0])]
    if shrinks:
        text = _("Execution is counted from 1 January, so it cannot become less from quarter to quarter.")
        result.mistakes.append(Mistake(number, f"q{shrinks[0]}", text))
        return
    result.lines.append((line, quarters))


def _chosen(text: str, choices: Iterable[tuple[str, Any]]) -> str:
    """A choice by its code or by its name in any of the three languages; "" for none."""
    wanted = text.strip().lower()
    for value, label in choices:
        if wanted and wanted in _names(value, label) | {value.lstrip("0")}:
            return value
    return ""


def _names(code: str, label: Any) -> set[str]:
    """How a clerk may write a thing of the lists: its code, or its name in any of the three languages."""
    names = {code}
    for language in ("hy", "en", "ru"):
        with override(language):
            names.add(str(label).lower())
    return names


@transaction.atomic
def replace(budget: BudgetYear, lines: list[tuple[BudgetLine, dict[int, int]]]) -> None:
    """All lines of the budget are these from now on."""
    BudgetLine.objects.filter(budget=budget).delete()
    executions = []
    for line, quarters in lines:
        line.budget = budget
        line.save()
        executions += [BudgetExecution(line=line, quarter=quarter, amount=sum_) for quarter, sum_ in quarters.items()]
    BudgetExecution.objects.bulk_create(executions)
    # Bumps `updated_at` and the stamp of the public pages.
    budget.save(update_fields=["updated_at"])
