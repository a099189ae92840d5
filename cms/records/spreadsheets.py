"""Cells of an Excel workbook as text. A formula is refused with the place of its cell: what it shows is not in it."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

MAX_BYTES = 4 * 1024 * 1024
# A small archive may hold a huge one; no table of a community is near this when unpacked.
MAX_UNPACKED = 64 * 1024 * 1024
MOST_FAULTS = 20


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with a cell, named as the spreadsheet names it; row 0: the whole file."""

    row: int
    column: str
    text: str


class NotRead(Exception):
    """Nothing was read; `faults` says why, cell by cell."""

    def __init__(self, faults: list[CellFault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


def _whole(text: str) -> NotRead:
    return NotRead([CellFault(0, "", text)])


def cells_of(content: bytes, *, columns: int, rows: int) -> list[tuple[int, list[str]]]:
    """Rows of the first sheet that have something in their first `columns` cells: row number in the sheet, texts.

    Whole numbers come without a fraction, days as 2026-11-25. Raises NotRead for what is no workbook, is larger than
    `rows` rows, or holds formulas or errors of formulas.
    """
    if len(content) > MAX_BYTES:
        raise _whole(_("The file is larger than 4 MB."))
    _look_inside(content)
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, SyntaxError) as error:
        # The reader gives no error of its own for what only looks like a workbook; the parser's is a SyntaxError.
        raise _whole(_("The file cannot be read. Save it in Excel as «Excel workbook (.xlsx)».")) from error
    found: list[tuple[int, list[str]]] = []
    faults: list[CellFault] = []
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # programs write wrong ones
        for number, cells in enumerate(sheet.iter_rows(max_col=columns), 1):
            texts = []
            for position, cell in enumerate(cells, 1):
                kind, value = getattr(cell, "data_type", "n"), cell.value
                fault = _fault(kind, value)
                if fault:
                    faults.append(CellFault(number, get_column_letter(position), fault))
                texts.append("" if fault else _text(value))
            if any(texts):
                found.append((number, texts))
            if len(found) > rows:
                raise _whole(_("The sheet has more than %(rows)s rows.") % {"rows": rows})
            if len(faults) >= MOST_FAULTS:
                break
    except (ValueError, KeyError, IndexError, SyntaxError) as error:
        raise _whole(_("The file cannot be read. Save it in Excel as «Excel workbook (.xlsx)».")) from error
    finally:
        book.close()
    if faults:
        raise NotRead(faults)
    return found


def _look_inside(content: bytes) -> None:
    """Raises NotRead for what is no archive, or would fill the memory when unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        text = _("The file is no Excel workbook. Save it as «Excel workbook (.xlsx)»; older .xls is not read.")
        raise _whole(text) from error
    if unpacked > MAX_UNPACKED:
        raise _whole(_("The file holds too much. Copy the table alone into a new workbook."))


def _fault(kind: str, value: Any) -> str:
    if kind == "f":
        return _("There is a formula in the cell. Copy the column and paste it as values.")
    if kind == "e":
        return _("The cell shows an error: %(value)s") % {"value": value}
    return ""


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float):
        # Amounts come as 1500000.0; what has a real fraction keeps it, and the table says that it wants whole drams.
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


__all__ = ["MAX_BYTES", "CellFault", "NotRead", "cells_of"]
