"""Words as they are stored, and the same words as a reader sees them, with the way back.

A rule looks at a `Run`: one paragraph, heading or list item without tags and entities. What it wants changed is written
into the stored text by `Passage.with_edits`, character by character, so that no tag is ever cut or moved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape, unescape
from typing import Literal

Role = Literal["title", "heading", "text", "item", "cell"]

_TOKEN = re.compile(r"<[^>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);|[^<&]|[<&]", re.DOTALL)
_TAG_NAME = re.compile(r"</?\s*([a-zA-Z0-9-]+)")
# Tags that stand inside a sentence; every other tag ends it.
_INLINE = {"a", "b", "i", "em", "strong", "span", "sup", "sub", "code", "small", "u", "s", "del", "mark", "q", "abbr"}


@dataclass(frozen=True, slots=True)
class Run:
    """What stands between two block tags. `spans[i]` is where character i is stored."""

    text: str
    role: Role
    spans: tuple[tuple[int, int], ...]
    # A list follows: the words before it introduce it.
    introduces: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters start..end of a run give way to `new`."""

    run: Run
    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Passage:
    """A stored text. `path`: name of the field, then indexes and names down to the text."""

    path: tuple[str | int, ...]
    label: str
    value: str
    is_html: bool = False
    role: Role = "text"
    # Identifier of the nearest block, for the link that leads to it.
    block_id: str = ""
    language: str = "hy"

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        if self.is_html:
            return tuple(_runs_of_html(self.value, self.role))
        runs, start = [], 0
        for line in self.value.splitlines(keepends=True):
            text = line.rstrip("\r\n")
            if text.strip():
                runs.append(Run(text, self.role, tuple((start + i, start + i + 1) for i in range(len(text)))))
            start += len(line)
        return tuple(runs)

    def with_edits(self, edits: Iterable[Edit]) -> str:
        """The stored text after the edits; those that overlap an earlier one are left out."""
        changes: dict[tuple[int, int], str] = {}
        inserts: dict[int, str] = {}
        for edit in edits:
            new = escape(edit.new, quote=False) if self.is_html else edit.new
            spans = edit.run.spans[edit.start : edit.end]
            if not spans:
                place = edit.run.spans[edit.start][0] if edit.start < len(edit.run.spans) else edit.run.spans[-1][1]
                inserts.setdefault(place, new)
                continue
            if any(span in changes for span in spans):
                continue
            if len(edit.new) == len(spans):
                # Letter for letter, so that a word half of which is bold stays so.
                letters = [escape(letter, quote=False) if self.is_html else letter for letter in edit.new]
                changes.update(zip(spans, letters, strict=True))
                continue
            changes.update(dict.fromkeys(spans, ""))
            changes[spans[0]] = new
        pieces, at = [], 0
        todo = [(span[0], 1, span[1], new) for span, new in changes.items()]
        todo += [(place, 0, place, new) for place, new in inserts.items()]
        for start, _kind, end, new in sorted(todo):
            pieces += [self.value[at:start], new]
            at = end
        return "".join([*pieces, self.value[at:]])

    @property
    def words(self) -> str:
        """All words, a line for each run."""
        return "\n".join(run.text for run in self.runs)


def _runs_of_html(html: str, role: Role) -> Iterator[Run]:
    """Paragraphs, headings and list items of stored rich text."""
    found: list[Run] = []
    characters: list[str] = []
    spans: list[tuple[int, int]] = []
    now: Role = role
    opens_list = False

    def close() -> None:
        text = "".join(characters)
        if text.strip():
            found.append(Run(text, now, tuple(spans)))
        characters.clear()
        spans.clear()

    for match in _TOKEN.finditer(html):
        token, span = match.group(), match.span()
        if token.startswith("<") and len(token) > 1:
            name_match = _TAG_NAME.match(token)
            name = name_match.group(1).lower() if name_match else ""
            if name in _INLINE:
                continue
            close()
            if name in {"ul", "ol"} and not token.startswith("</"):
                opens_list = True
            if opens_list and found and name in {"ul", "ol"}:
                last = found.pop()
                found.append(Run(last.text, last.role, last.spans, introduces=True))
                opens_list = False
            now = _role_of(name, token, role)
            continue
        text = unescape(token)
        for number, character in enumerate(text):
            characters.append(character)
            spans.append(span if number == 0 else (span[1], span[1]))
    close()
    yield from found


def _role_of(name: str, token: str, role: Role) -> Role:
    if token.startswith("</"):
        return role
    if re.fullmatch("h[1-6]", name):
        return "heading"
    return "item" if name == "li" else role


__all__ = ["Edit", "Passage", "Role", "Run"]
