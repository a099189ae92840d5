"""Letters that are not what they look like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from cms.editing.text_checks.findings import Slip, TextRule, text_rule
from cms.editing.text_checks.passages import Run
from cms.editing.text_checks.rules.armscii import garbled_runs

ALL = frozenset({"hy", "en", "ru"})
# Latin and Cyrillic letters that people type for Armenian ones (ARMENIA.md 7.1: «Հայաuտանի», «oրենքի»).
LOOK_ALIKES = {
    "o": "օ", "u": "ս", "h": "հ", "n": "ո", "g": "ց", "q": "զ", "f": "ֆ", "l": "լ", "j": "յ",
    "O": "Օ", "U": "Ս", "S": "Տ", "L": "Լ",
    "о": "օ", "О": "Օ", "п": "ո", "һ": "հ",
}  # fmt: skip
_WORD = re.compile("[A-Za-zА-Яа-яһԱ-Ֆա-և]+")
_FOREIGN = re.compile("[A-Za-zА-Яа-яһ]")
_ARMENIAN = re.compile("[Ա-Ֆա-և]")
# «SMSով»: a name in capitals with an Armenian ending is written with a hyphen, it is no look-alike.
_NAME_WITH_ENDING = re.compile("([A-Z][A-Za-z]+)([ա-և]+)")


@text_rule
class Garbled(TextRule):
    code = "garbled"
    languages = ALL
    message = _("Text in an old code page (ARMSCII-8), unreadable on the site.")

    def find(self, run: Run, language: str) -> Iterator[Slip]:
        for start, end, armenian in garbled_runs(run.text):
            yield Slip(start, end, armenian)


@text_rule
class LookAlikes(TextRule):
    code = "look-alikes"
    languages = ALL
    message = _("A Latin or Russian letter inside an Armenian word: search does not find the word.")

    def find(self, run: Run, language: str) -> Iterator[Slip]:
        for match in _WORD.finditer(run.text):
            word = match.group()
            if not (_ARMENIAN.search(word) and _FOREIGN.search(word)):
                continue
            name = _NAME_WITH_ENDING.fullmatch(word)
            if name:
                yield Slip(*match.span(), f"{name.group(1)}-{name.group(2)}")
                continue
            letters = [LOOK_ALIKES.get(letter, letter) for letter in word]
            new = "".join(letters)
            yield Slip(*match.span(), None if _FOREIGN.search(new) else new)


@text_rule
class CapitalEw(TextRule):
    """The reformed spelling has «և», in capitals «ԵՎ»; programs make «ԵՒ» of it."""

    code = "ew"
    message = _("«ԵՒ» and «եւ» are the old spelling; in capitals it is «ԵՎ», otherwise «և».")

    def find(self, run: Run, language: str) -> Iterator[Slip]:
        for match in re.finditer("ԵՒ|Եւ|եւ", run.text):
            # «եւ» before a vowel may be another letter of the old spelling; there only a person can tell.
            yield Slip(*match.span(), {"ԵՒ": "ԵՎ", "Եւ": "Եվ", "եւ": "և"}[match.group()])


__all__ = ["LOOK_ALIKES", "CapitalEw", "Garbled", "LookAlikes"]
