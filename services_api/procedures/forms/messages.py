"""What is said about an answer that cannot be taken: which question it is about, and the way out."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

if TYPE_CHECKING:
    from services_api.procedures.forms.definition import Field

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE


@dataclass(frozen=True)
class FieldError:
    """One error. `field` is its path ("applicant.surname"), `id` the control on the page, `code` for programs."""

    field: str
    id: str
    message: str
    code: str
    part: str = ""


def required(asked: Field) -> str:
    if "required" in asked.messages:
        return asked.messages["required"]
    told = {"label": asked.label}
    if asked.kind in ("choice", "yes_no", "settlement"):
        return _("Choose an answer to “%(label)s”.") % told
    if asked.kind == "choices":
        return _("Choose at least one answer to “%(label)s”.") % told
    if asked.kind == "consent":
        return _("Tick “%(label)s” to go on.") % told
    if asked.kind == "date":
        return _("Write the day, month and year in “%(label)s”.") % told
    if asked.kind == "group":
        return _("Add at least one entry in “%(label)s”.") % told
    if asked.kind == "table":
        return _("Fill in at least one row of “%(label)s”.") % told
    if asked.is_file:
        return _("Attach a file in “%(label)s”.") % told
    return _("Fill in “%(label)s”.") % told


def part_required(label: str) -> str:
    return _("Fill in “%(label)s”.") % {"label": label}


def invalid(asked: Field, why: str) -> str:
    """`why` is the rule that was broken: email, phone, number, integer, choice, pattern or type."""
    if "invalid" in asked.messages:
        return asked.messages["invalid"]
    told = {"label": asked.label}
    if why == "email":
        return _("Check the address in “%(label)s”: it should look like anahit@example.am.") % told
    if why == "phone":
        return _("Check the number in “%(label)s”: it should look like 091 123456 or +374 91 123456.") % told
    if why == "number":
        return _("Write a number in “%(label)s”, for example 12 or 12.5.") % told
    if why == "integer":
        return _("Write a whole number in “%(label)s”, for example 12.") % told
    if why == "money":
        return _("Write an amount in whole drams in “%(label)s”, for example 12 000.") % told
    if why == "time":
        return _("Write a time in “%(label)s”, for example 9:30.") % told
    if why == "choice":
        return _("Choose one of the listed answers to “%(label)s”.") % told
    return _("Check “%(label)s”: this answer cannot be read.") % told


def too_long(label: str, limit: int, length: int) -> str:
    return _("Shorten “%(label)s”: at most %(limit)s characters, now there are %(length)s.") % {
        "label": label,
        "limit": limit,
        "length": length,
    }


def too_short(label: str, limit: int) -> str:
    return _("Write more in “%(label)s”: at least %(limit)s characters.") % {"label": label, "limit": limit}


def too_small(asked: Field, limit: float) -> str:
    return _("Write %(limit)s or more in “%(label)s”.") % {"label": asked.label, "limit": number_format(limit)}


def too_great(asked: Field, limit: float) -> str:
    return _("Write %(limit)s or less in “%(label)s”.") % {"label": asked.label, "limit": number_format(limit)}


def too_few_choices(asked: Field, limit: int) -> str:
    return _("Choose at least %(limit)s answers to “%(label)s”.") % {"label": asked.label, "limit": limit}


def too_many_choices(asked: Field, limit: int) -> str:
    return _("Choose at most %(limit)s answers to “%(label)s”.") % {"label": asked.label, "limit": limit}


def unknown_field(name: str) -> str:
    return _("“%(name)s” is not a question of this form: leave it out.") % {"name": name}


def date_part_missing(asked: Field, part: str) -> str:
    told = {"label": asked.label}
    if part == "day":
        return _("Add the day in “%(label)s”.") % told
    if part == "month":
        return _("Add the month in “%(label)s”.") % told
    return _("Add the year in “%(label)s”.") % told


def date_in_digits(asked: Field) -> str:
    return _("Write the date in “%(label)s” in digits, for example 14 3 2023.") % {"label": asked.label}


def date_month(asked: Field) -> str:
    return _("Check the month in “%(label)s”: it is a number from 1 to 12.") % {"label": asked.label}


def date_year(asked: Field) -> str:
    return _("Check the year in “%(label)s”: write all four digits.") % {"label": asked.label}


def date_day(asked: Field, days: int) -> str:
    return _("Check the day in “%(label)s”: that month has %(days)s days.") % {"label": asked.label, "days": days}


def date_too_early(asked: Field, limit: str) -> str:
    return _("Check “%(label)s”: the date should be %(limit)s or later.") % {"label": asked.label, "limit": limit}


def date_too_late(asked: Field, limit: str) -> str:
    return _("Check “%(label)s”: the date should be %(limit)s or earlier.") % {"label": asked.label, "limit": limit}


def accepted(asked: Field) -> str:
    """The accepted types for people: PDF, JPG or PNG."""
    names = [each.upper() for each in asked.accepts]
    if len(names) == 1:
        return names[0]
    return _("%(first)s or %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def size(amount: float) -> str:
    """A size in bytes for people: MB with at most one decimal, kB below one MB, in the language's own notation."""
    unit, words = (MEGABYTE, _("%(size)s MB")) if amount >= MEGABYTE else (KILOBYTE, _("%(size)s kB"))
    rounded = ceil(amount / unit * 10) / 10  # upwards: 10.04 MB must not read as the 10 MB allowed
    return words % {"size": number_format(int(rounded) if rounded == int(rounded) else rounded)}


def file_type(asked: Field, name: str) -> str:
    return _("“%(file)s” cannot be taken in “%(label)s”: attach it as %(types)s.") % {
        "file": name,
        "label": asked.label,
        "types": accepted(asked),
    }


def file_content(asked: Field, name: str) -> str:
    return _("The content of “%(file)s” does not match its name: save it again as %(types)s and attach it.") % {
        "file": name,
        "types": accepted(asked),
    }


def file_too_big(asked: Field, name: str, amount: int) -> str:
    return _("“%(file)s” has %(size)s: in “%(label)s” a file may have up to %(limit)s. Make it smaller.") % {
        "file": name,
        "label": asked.label,
        "size": size(amount),
        "limit": size(asked.max_bytes),
    }


def file_empty(asked: Field, name: str) -> str:
    return _("“%(file)s” is empty: choose the file in “%(label)s” again.") % {"file": name, "label": asked.label}


def too_many_files(asked: Field, count: int) -> str:
    return ngettext(
        "“%(label)s” takes %(limit)s file, you have attached %(count)s: remove some.",
        "“%(label)s” takes up to %(limit)s files, you have attached %(count)s: remove some.",
        asked.max_files,
    ) % {"label": asked.label, "limit": asked.max_files, "count": count}


def too_few_files(asked: Field) -> str:
    return ngettext(
        "Attach %(limit)s file in “%(label)s”.",
        "Attach at least %(limit)s files in “%(label)s”.",
        asked.min_files,
    ) % {"label": asked.label, "limit": asked.min_files}


def files_hint(asked: Field) -> str:
    """What may be attached, said before somebody chooses a file."""
    return ngettext(
        "%(limit)s file, %(types)s, up to %(size)s.",
        "Up to %(limit)s files, %(types)s, up to %(size)s each.",
        asked.max_files,
    ) % {"limit": asked.max_files, "types": accepted(asked), "size": size(asked.max_bytes)}


def one_of_two(asked: Field) -> str:
    """Two controls of which one is to be filled in, and both are."""
    return _("Fill in only one of the two in “%(label)s”.") % {"label": asked.label}


def too_few_rows(asked: Field, limit: int) -> str:
    return _("Add more to “%(label)s”: at least %(limit)s are needed.") % {"label": asked.label, "limit": limit}


def too_many_rows(asked: Field, limit: int) -> str:
    return _("Remove some of “%(label)s”: there may be at most %(limit)s.") % {"label": asked.label, "limit": limit}


def time_outside(asked: Field, earliest: str, latest: str) -> str:
    return _("Check “%(label)s”: the time should lie between %(earliest)s and %(latest)s.") % {
        "label": asked.label,
        "earliest": earliest,
        "latest": latest,
    }


def row_title(asked: Field, index: int) -> str:
    """The name of one row: Child 2."""
    return _("%(item)s %(number)s") % {"item": asked.item_label, "number": index + 1}


def add_row(asked: Field) -> str:
    """The words on the button that adds a row."""
    if asked.add_label:
        return asked.add_label
    return _("Add a row") if asked.kind == "table" else _("Add one more")


def pair(label: str, value: str) -> str:
    """A question and its answer in one line of a summary."""
    return _("%(label)s: %(value)s") % {"label": label, "value": value}


def unit(code: str) -> str:
    """A unit after a number, "" for none."""
    return {
        "dram": "֏",
        "m2": _("m²"),
        "m": pgettext("unit of length", "m"),
        "ha": _("ha"),
        "people": pgettext("unit", "people"),
        "pieces": pgettext("unit", "pieces"),
        "days": pgettext("unit", "days"),
        "percent": "%",
    }.get(code, "")


def newly_asked() -> str:
    """Said when answers have opened questions that the page had not shown."""
    return _("Your answers lead to further questions. They are marked on this page: fill them in and go on.")


def yes() -> str:
    return _("Yes")


def no() -> str:
    return _("No")
