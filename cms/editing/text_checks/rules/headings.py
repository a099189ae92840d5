"""Headings, tables, summary: how the page is built."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cms.editing.text_checks.findings import Finding, PageRule, page_rule
from cms.editing.text_checks.page_text import Heading, PageText
from cms.editing.text_checks.passages import Passage

_SUMMARY_LENGTH = 300
_FIRST_SENTENCE = re.compile(r".*?[։.!?](?=\s|$)", re.DOTALL)


def _passage_of(text: PageText, heading: Heading) -> Passage:
    return next(passage for passage in text.passages if passage.path == heading.path)


@page_rule
class EmptyHeading(PageRule):
    code = "empty-heading"

    def find(self, text: PageText) -> Iterator[Finding]:
        for heading in text.headings:
            if heading.text:
                continue
            fixed, removes, path = None, False, heading.path
            if heading.html:
                fixed = _passage_of(text, heading).value.replace(heading.html, "", 1)
            elif len(heading.path) == 4 and heading.path[-1] == "text":
                removes, path = True, heading.path[:2]
            yield Finding(
                code=self.code,
                weight="wrong",
                message=_("An empty heading: whoever listens to the page stumbles over it."),
                place=heading.label,
                path=path,
                block_id=heading.block_id,
                fixed=fixed,
                removes=removes,
                proposal=_("Take it away"),
                is_safe=False,
            )


@page_rule
class SkippedLevel(PageRule):
    """The title is level 1, a heading block level 2, headings inside a text level 3 and 4."""

    code = "heading-order"

    def find(self, text: PageText) -> Iterator[Finding]:
        level = 1
        for heading in text.headings:
            if heading.level > level + 1:
                fixed = None
                if heading.html and level >= 2:
                    lower = re.sub(r"(</?h)\d", rf"\g<1>{level + 1}", heading.html)
                    fixed = _passage_of(text, heading).value.replace(heading.html, lower, 1)
                yield Finding(
                    code=self.code,
                    weight="wrong",
                    message=_("A small heading without a larger one above it: begin the part with a block «Heading»."),
                    place=heading.label,
                    path=heading.path,
                    block_id=heading.block_id,
                    found=heading.text,
                    fixed=fixed,
                    proposal=heading.text if fixed else "",
                )
                if not fixed:
                    continue
            level = heading.level


@page_rule
class TableCaption(PageRule):
    code = "table-caption"

    def find(self, text: PageText) -> Iterator[Finding]:
        for table in text.tables:
            if not table.caption.strip():
                yield Finding(
                    code=self.code,
                    weight="wrong",
                    message=_("A table without a caption: say what it shows."),
                    place=table.label,
                    path=table.path,
                    block_id=table.block_id,
                )


@page_rule
class Summary(PageRule):
    code = "summary"

    def find(self, text: PageText) -> Iterator[Finding]:
        if text.has_summary:
            return
        first = ""
        for passage in text.passages:
            if passage.path[0] == "body" and len(passage.path) > 1 and passage.is_html:
                words = next((run.text for run in passage.runs if run.role == "text"), "")
                match = _FIRST_SENTENCE.match(words)
                first = (match.group() if match else words).strip()
                if first:
                    break
        fits = 0 < len(first) <= _SUMMARY_LENGTH
        yield Finding(
            code=self.code,
            weight="wrong",
            message=_("The page has no summary: lists and search engines show nothing about it."),
            place=str(text.page._meta.get_field("lede").verbose_name).capitalize(),  # type: ignore[union-attr]
            path=("lede",),
            fixed=first if fits else None,
            proposal=first if fits else "",
        )


__all__ = ["EmptyHeading", "SkippedLevel", "Summary", "TableCaption"]
