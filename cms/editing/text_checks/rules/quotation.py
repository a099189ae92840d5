"""Quotation marks: «» in Armenian and Russian."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from cms.editing.text_checks.findings import Slip, TextRule, text_rule
from cms.editing.text_checks.passages import Run

_MARK = re.compile("<<|>>|,,|''|[\"“”„‟]")
_ALWAYS_OPENS = {"<<", "„", "‟", ",,"}
_ALWAYS_CLOSES = {">>", "”"}


@text_rule
class Quotation(TextRule):
    code = "quotation"
    languages = frozenset({"hy", "ru"})
    is_paired = True
    message = _("Quotation marks are «these».")

    def find(self, run: Run, language: str) -> Iterator[Slip]:
        text, is_open = run.text, False
        for match in _MARK.finditer(text):
            mark, before, after = match.group(), text[: match.start()][-1:], text[match.end() :][:1]
            if mark == '"' and before.isdigit() and not is_open:
                continue  # inches
            if mark == ",," and (not after or after.isspace()) and not is_open:
                continue  # two commas in a row are another slip
            opens = self._opens(mark, before, after, is_open)
            is_open = opens
            yield Slip(*match.span(), "«" if opens else "»")

    @staticmethod
    def _opens(mark: str, before: str, after: str, is_open: bool) -> bool:
        if mark in _ALWAYS_OPENS:
            # The German way closes with the mark that opens elsewhere: „այսպես‟, and ,,այսպես,,
            return not (is_open and (not after or not after.isalnum()))
        if mark in _ALWAYS_CLOSES:
            # The Swedish way opens with it.
            return not is_open and bool(after) and after.isalnum() and (not before or before.isspace())
        if mark == "“" and is_open:
            return False
        starts_word = not before or before.isspace() or before in "([-–—«"
        return starts_word and bool(after) and not after.isspace() if not is_open else False


__all__ = ["Quotation"]
