"""Spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from cms.editing.text_checks.findings import Slip, TextRule, text_rule
from cms.editing.text_checks.passages import Run

ALL = frozenset({"hy", "en", "ru"})


@text_rule
class SpaceBefore(TextRule):
    code = "space-before"
    languages = ALL
    message = _("No space stands before this mark.")

    def find(self, run: Run, language: str) -> Iterator[Slip]:
        for match in re.finditer(r"(?<=\S)[ \u00a0]+(?=[։,;՝»)\]](?!\w))", run.text):
            yield Slip(*match.span(), "")


@text_rule
class SpaceAfterOpening(TextRule):
    code = "space-after"
    languages = ALL
    message = _("No space stands after an opening mark.")

    def find(self, run: Run, language: str) -> Iterator[Slip]:
        for match in re.finditer(r"(?<=[«(\[])[ \u00a0]+(?=\S)", run.text):
            yield Slip(*match.span(), "")


@text_rule
class DoubleSpace(TextRule):
    code = "double-space"
    languages = ALL
    message = _("Two spaces in a row.")

    def find(self, run: Run, language: str) -> Iterator[Slip]:
        for match in re.finditer(r"(?<=\S)[ \u00a0]{2,}(?=\S)", run.text):
            yield Slip(*match.span(), " ")


__all__ = ["DoubleSpace", "SpaceAfterOpening", "SpaceBefore"]
