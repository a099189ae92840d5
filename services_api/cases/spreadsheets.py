"""Lists as CSV and XLSX. What strangers wrote is text there and never a formula (CWE-1236)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

Value = str | int | float | date | None
BOM = "\ufeff"  # spreadsheets take the file for UTF-8 only with it
# What some spreadsheet takes for the beginning of a formula, the wide forms of East Asian keyboards among them.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
DAY = "%d.%m.%Y"
_BREAKS = re.compile(r"[\r\n\t]+")


def harmless(value: Value) -> str:
    """The words of a CSV cell: on one line, with an apostrophe before what would be calculated."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime(DAY)
    text = ILLEGAL_CHARACTERS_RE.sub("", _BREAKS.sub(" ", str(value)))
    return f"'{text}" if text.lstrip().startswith(FORMULA) and not isinstance(value, int | float) else text


def as_csv(names: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """RFC 4180 in UTF-8 with a byte order mark; dates as 31.12.2026."""
    return csv_lines(rows, names)


def csv_lines(rows: Iterable[Sequence[Value]], names: Sequence[str] = ()) -> bytes:
    """A piece of the same file, for one that is sent piece by piece; the first piece has the `names`."""
    out = StringIO()
    sheet = csv.writer(out, lineterminator="\r\n")
    if names:
        sheet.writerow([harmless(each) for each in names])
    sheet.writerows([harmless(each) for each in row] for row in rows)
    return ((BOM if names else "") + out.getvalue()).encode()


def as_xlsx(title: str, names: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A workbook of one sheet; texts are marked as texts, dates are dates."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, each) for each in names])
    for row in rows:
        sheet.append([_cell(sheet, each) for each in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: object, value: Value) -> WriteOnlyCell:
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value))
        # openpyxl takes a text with = for a formula. As a text that stays one when it is edited or saved as CSV:
        cell.data_type, cell.quotePrefix = "s", True
        return cell
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, date):
        cell.number_format = "DD.MM.YYYY"
    return cell
