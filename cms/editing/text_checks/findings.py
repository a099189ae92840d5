"""What a rule has found, and the list of rules."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, ClassVar, Literal

from cms.editing.text_checks.passages import Edit, Passage, Run

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from cms.editing.text_checks.page_text import PageText, Path

# "block": a page with it is not published; "wrong": to be put right; "advice": think about it.
Weight = Literal["block", "wrong", "advice"]
_AROUND = 28


@dataclass(frozen=True)
class Slip:
    """Characters start..end of a run are wrong; `new` stands in their place, None: only a person can tell."""

    start: int
    end: int
    new: str | None


@dataclass(frozen=True)
class Finding:
    """One thing that is to be put right on a page."""

    code: str
    weight: Weight
    message: str
    place: str
    path: Path
    block_id: str = ""
    before: str = ""
    found: str = ""
    after: str = ""
    # The whole stored text after the fix; None: there is no fix that a program may offer.
    fixed: str | None = None
    # What the person sees instead of `found`.
    proposal: str = ""
    # May be put right together with all others, unread.
    is_safe: bool = False
    # Removing the block is the fix.
    removes: bool = False
    # A screen where it can be put right (picture), as kind and key.
    picture: int | None = None

    @property
    def can_fix(self) -> bool:
        return self.fixed is not None or self.removes

    @property
    def key(self) -> str:
        """The same for the same slip of an unchanged text."""
        # A block is known by its name, not by its place, which moves when another block is taken away.
        where = (self.block_id, *self.path[2:]) if self.block_id else self.path
        parts = "\x00".join(map(str, (self.code, *where, self.before, self.found, self.after)))
        return blake2b(parts.encode(), digest_size=8).hexdigest()


class TextRule(ABC):
    """A rule of spelling or typography: looks at one paragraph."""

    code: ClassVar[str]
    weight: ClassVar[Weight] = "wrong"
    languages: ClassVar[frozenset[str]] = frozenset({"hy"})
    is_safe: ClassVar[bool] = True
    # Marks that come in pairs are put right together in the whole text.
    is_paired: ClassVar[bool] = False
    message: ClassVar[StrOrPromise]

    @abstractmethod
    def find(self, run: Run, language: str) -> Iterator[Slip]:
        """The slips of a paragraph, from its beginning to its end, without overlaps."""

    def findings(self, passage: Passage) -> Iterator[Finding]:
        together = self.corrected(passage) if self.is_paired else None
        for run in passage.runs:
            for slip in self.find(run, passage.language):
                fixed = None
                if slip.new is not None:
                    fixed = together or passage.with_edits([Edit(run, slip.start, slip.end, slip.new)])
                yield Finding(
                    code=self.code,
                    weight=self.weight,
                    message=str(self.message),
                    place=passage.label,
                    path=passage.path,
                    block_id=passage.block_id,
                    before=run.text[max(0, slip.start - _AROUND) : slip.start],
                    found=run.text[slip.start : slip.end],
                    after=run.text[slip.end : slip.end + _AROUND],
                    fixed=fixed,
                    proposal=slip.new or "",
                    is_safe=self.is_safe and fixed is not None,
                )

    def corrected(self, passage: Passage) -> str:
        """The stored text after all fixes of this rule."""
        edits = [
            Edit(run, slip.start, slip.end, slip.new)
            for run in passage.runs
            for slip in self.find(run, passage.language)
            if slip.new is not None
        ]
        return passage.with_edits(edits) if edits else passage.value


class PageRule(ABC):
    """A rule about the whole page: headings, links, pictures, tables, summary."""

    code: ClassVar[str]
    weight: ClassVar[Weight] = "wrong"

    @abstractmethod
    def find(self, text: PageText) -> Iterator[Finding]:
        """The findings of a page."""


text_rules: list[TextRule] = []
page_rules: list[PageRule] = []


def text_rule(rule: type[TextRule]) -> type[TextRule]:
    """Register a rule of spelling; the order of registration is the order in which fixes are applied."""
    text_rules.append(rule())
    return rule


def page_rule(rule: type[PageRule]) -> type[PageRule]:
    page_rules.append(rule())
    return rule


__all__ = ["Finding", "PageRule", "Slip", "TextRule", "Weight", "page_rule", "page_rules", "text_rule", "text_rules"]
