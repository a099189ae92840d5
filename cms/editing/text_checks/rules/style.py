"""Long sentences and paragraphs: advice only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from cms.editing.text_checks.findings import Slip, TextRule, text_rule
from cms.editing.text_checks.passages import Run

LONGEST_SENTENCE = 35
LONGEST_PARAGRAPH = 120
_ALL = frozenset({"hy", "en", "ru"})
_SENTENCE = re.compile(r"[^։.!?]+(?:[.](?=\S)[^։.!?]+)*[։.!?]?")


@text_rule
class LongSentence(TextRule):
    code = "long-sentence"
    languages = _ALL
    is_safe = False
    weight = "advice"
    message = _("A sentence of more than 35 words: two short ones are understood at once.")

    def find(self, run: Run, language: str) -> Iterator[Slip]:
        if run.role not in {"text", "item"}:
            return
        for match in _SENTENCE.finditer(run.text):
            if len(match.group().split()) > LONGEST_SENTENCE:
                start = match.start() + len(match.group()) - len(match.group().lstrip())
                yield Slip(start, min(match.end(), start + 60), None)


@text_rule
class LongParagraph(TextRule):
    code = "long-paragraph"
    languages = _ALL
    is_safe = False
    weight = "advice"
    message = _("A paragraph of more than 120 words: divide it, or make a list of it.")

    def find(self, run: Run, language: str) -> Iterator[Slip]:
        if run.role in {"text", "item"} and len(run.text.split()) > LONGEST_PARAGRAPH:
            yield Slip(0, min(60, len(run.text)), None)


__all__ = ["LONGEST_PARAGRAPH", "LONGEST_SENTENCE", "LongParagraph", "LongSentence"]
