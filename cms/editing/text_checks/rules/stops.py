"""The end of an Armenian sentence is «։» (U+0589); «՝» and «՛» are not the marks of other keyboards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from cms.editing.text_checks.findings import Slip, TextRule, text_rule
from cms.editing.text_checks.passages import Run

_LETTER = "Ա-Ֆա-և"
# Words that end in a point of their own.
ABBREVIATIONS = frozenset(
    {
        "թ", "թթ", "էլ", "հեռ", "ք", "գ", "մ", "կմ", "սմ", "մմ", "դր", "տ", "շ", "բն", "փ", "պ", "հ", "հմ", "ս", "ր",
        "վ", "րոպ", "ժ", "մլն", "մլրդ", "հզր", "հաղ", "պրոֆ", "դոց", "ակադ", "ինժ", "հոդ", "հավ", "նկ", "քմ", "խմ",
        "խոր", "կգ", "լ", "կվտ", "հրապ",
    }
)  # fmt: skip
_COLON = re.compile(f"(?<=[{_LETTER}»)\\]])[ \u00a0]*:")
_POINT = re.compile(f"(?<=[{_LETTER}»)\\]])[.․](?![.․])")
_LAST_WORD = re.compile(f"([{_LETTER}]+)$")
_TIGHT_STOP = re.compile(f"(?<=[{_LETTER}])։(?=[{_LETTER}])")
_AFTER = re.compile(r"\s*$")


def _is_short_form(word: str) -> bool:
    """«թ.», or an initial: «Գ. Մանուկյան»."""
    return word.lower() in ABBREVIATIONS or (len(word) == 1 and word.isupper())


def _begins_sentence(rest: str) -> bool:
    """A new sentence may begin here: space and a capital letter, or an opening mark."""
    return bool(re.match(r"\s+[«(]?[Ա-ՖA-ZА-Я]", rest))


@text_rule
class Colon(TextRule):
    code = "colon"
    message = _("An Armenian sentence ends with «։», not with a colon; before a list stands «՝».")

    def find(self, run: Run, language: str) -> Iterator[Slip]:
        for match in _COLON.finditer(run.text):
            rest = run.text[match.end() :]
            if _AFTER.fullmatch(rest):
                if run.role in {"title", "heading", "cell"}:
                    continue
                yield Slip(*match.span(), "՝" if run.introduces else "։")
            elif _begins_sentence(rest):
                yield Slip(*match.span(), "։")
            elif rest[:1].isspace() and re.match(r"\s+[ա-և«\d]", rest):
                yield Slip(*match.span(), "՝")


@text_rule
class Point(TextRule):
    code = "point"
    message = _("An Armenian sentence ends with «։», not with a point.")

    def find(self, run: Run, language: str) -> Iterator[Slip]:
        if run.role in {"title", "heading", "cell"}:
            return
        for match in _POINT.finditer(run.text):
            rest = run.text[match.end() :]
            word = _LAST_WORD.search(run.text[: match.start()])
            # «թ.», «Գ. Մանուկյան», «և այլն.» at the end is a sentence again.
            if word and _is_short_form(word.group(1)):
                continue
            if _AFTER.fullmatch(rest):
                yield Slip(*match.span(), "։")


@text_rule
class PointInside(TextRule):
    """«.» inside a paragraph may be the middle mark (միջակետ), so that nobody changes it unread."""

    code = "point-inside"
    is_safe = False
    weight = "advice"
    message = _("If a sentence ends here, the mark is «։».")

    def find(self, run: Run, language: str) -> Iterator[Slip]:
        for match in _POINT.finditer(run.text):
            rest = run.text[match.end() :]
            word = _LAST_WORD.search(run.text[: match.start()])
            if word and _is_short_form(word.group(1)):
                continue
            if _begins_sentence(rest):
                yield Slip(*match.span(), "։")


@text_rule
class TitleStop(TextRule):
    code = "title-stop"
    message = _("A title ends without a mark.")

    def find(self, run: Run, language: str) -> Iterator[Slip]:
        if run.role not in {"title", "heading"}:
            return
        if match := re.search(f"(?<=[{_LETTER}»)])\\s*([:։.․])\\s*$", run.text):
            word = _LAST_WORD.search(run.text[: match.start()])
            if word and match.group(1) in ".․" and word.group(1).lower() in ABBREVIATIONS:
                return
            yield Slip(*match.span(), "")


@text_rule
class Marks(TextRule):
    """A grave or an apostrophe in the place of the Armenian comma (բութ) or stress (շեշտ)."""

    code = "marks"
    message = _("Armenian has its own marks: «՝» after a word, «՛» inside a word.")
    _MARK = re.compile(f"(?<=[{_LETTER}])[`'´‘’′](?!')")

    def find(self, run: Run, language: str) -> Iterator[Slip]:
        for match in self._MARK.finditer(run.text):
            inside = re.match(f"[{_LETTER}]", run.text[match.end() :])
            yield Slip(*match.span(), "՛" if inside else "՝")


@text_rule
class QuestionMark(TextRule):
    code = "question-mark"
    is_safe = False
    weight = "advice"
    message = _("In Armenian «՞» stands on the word that is asked about, not at the end.")

    def find(self, run: Run, language: str) -> Iterator[Slip]:
        for match in re.finditer(f"(?<=[{_LETTER}])\\s*[?;](?=\\s*$)|(?<=[{_LETTER}])\\?", run.text):
            yield Slip(*match.span(), None)


@text_rule
class Stuck(TextRule):
    code = "stuck"
    message = _("A space stands after the end of a sentence.")

    def find(self, run: Run, language: str) -> Iterator[Slip]:
        for match in _TIGHT_STOP.finditer(run.text):
            yield Slip(*match.span(), "։ ")


__all__ = ["ABBREVIATIONS", "Colon", "Marks", "Point", "PointInside", "QuestionMark", "Stuck", "TitleStop"]
