"""Old addresses from a table (CSV): all rows are good, or none is taken and each fault is named by its line."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.models.legacy import LegacyAddress

COLUMNS = ("kind", "old_id", "target")
MAX_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line of the table; line 1 is the heading."""

    line: int
    message: str


class NotImported(Exception):
    """Nothing was taken; `faults` says why, line by line."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


def import_addresses(content: bytes) -> int:
    """Take a table with the columns kind, old_id, target (an address of this site). Returns how many rows.

    A row that is there already is changed. Raises NotImported.
    """
    rows = list(_rows(content))
    pages = _pages({target for _line, _kind, _old_id, target in rows})
    faults, wanted, seen = [], [], set()
    for line, kind, old_id, target in rows:
        page = pages.get(target.rstrip("/") or "/")
        address = LegacyAddress(kind=kind, old_id=old_id, page=page, url="" if page else target)
        try:
            address.clean_fields(exclude=["page"])
            address.clean()
        except ValidationError as error:
            faults.append(Fault(line, " ".join(error.messages)))
            continue
        if (address.kind, address.old_id) in seen:
            faults.append(Fault(line, _("This old address stands twice in the table.")))
        seen.add((address.kind, address.old_id))
        wanted.append(address)
    if faults:
        raise NotImported(faults)
    with transaction.atomic():
        LegacyAddress.objects.bulk_create(
            wanted, update_conflicts=True, unique_fields=["kind", "old_id"], update_fields=["page", "url"],
            batch_size=500,
        )  # fmt: skip
    return len(wanted)


def _rows(content: bytes) -> Iterator[tuple[int, str, str, str]]:
    """Lines of the table: number, kind, old identifier, target. Raises NotImported for what is no table."""
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise NotImported([Fault(1, _("The file is not in UTF-8. Save it as «CSV UTF-8»."))]) from error
    separator = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    reader = csv.reader(lines, delimiter=separator)
    heading = [name.strip().casefold() for name in next(reader, [])]
    if tuple(heading[: len(COLUMNS)]) != COLUMNS:
        raise NotImported([Fault(1, _("The first line must be: %(columns)s") % {"columns": ",".join(COLUMNS)})])
    for line, row in enumerate(reader, start=2):
        if line > MAX_ROWS + 1:
            raise NotImported([Fault(line, _("The table is too long: at most %(rows)s rows.") % {"rows": MAX_ROWS})])
        if not any(cell.strip() for cell in row):
            continue
        kind, old_id, target = ([*(cell.strip() for cell in row), "", "", ""])[: len(COLUMNS)]
        yield line, kind.casefold(), old_id.strip("{}"), target


def _pages(targets: Iterable[str]) -> dict[str, Page]:
    """Live pages by their address without the last slash: one query for the whole table."""
    asked = {target.rstrip("/") or "/" for target in targets if target.startswith("/")}
    if not asked:
        return {}
    found = {}
    for page in Page.objects.live().filter(depth__gt=1).only("pk", "url_path", "locale_id", "path", "depth", "slug"):
        address = (page.url or "").rstrip("/") or "/"
        if address in asked:
            found[address] = page
    return found
