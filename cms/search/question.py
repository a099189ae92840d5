"""What a question is once it is understood: its words, and what each may mean."""

from __future__ import annotations

from dataclasses import dataclass, field

from cms.search.synonyms import Key

# How sure a meaning is, by the way that led to it.
EXACT, INFLECTED, FAMILY, MEANING, COMPOUND, SOUND, BEGINNING, SLIP = 1.0, 0.95, 0.8, 0.4, 0.4, 0.9, 0.55, 0.7


@dataclass(slots=True)
class Asked:
    """One word (or name of a thing, or date) of a question."""

    text: str
    form: str
    alternatives: dict[Key, float] = field(default_factory=dict)
    is_helping: bool = False
    # Says little by itself («վաճառք», «նորոգում», a verb): the others are looked for where it leads nowhere with them.
    is_weak: bool = False
    # The words that were read as the name of one thing; they count again where that leads nowhere.
    pieces: list[Asked] = field(default_factory=list)
    # What it means beside a helping word («ջուր չկա»).
    meanings: list[Key] = field(default_factory=list)
    # The stems of a thing that is named by several words; they need not stand together.
    parts: Key = ()
    # «Ա. Մարտիրոսյան»: a letter that only tells persons apart.
    is_initial: bool = False
    # What it was read as when it was not found as written; "" while it was.
    read_as: str = ""

    def may_be(self, key: Key, sure: float) -> None:
        """Add a meaning; the surest reason for it counts."""
        self.alternatives[key] = max(self.alternatives.get(key, 0), sure)

    @property
    def is_found(self) -> bool:
        return bool(self.alternatives)


@dataclass(slots=True)
class Question:
    """A question, understood. `missing`: words that lead nowhere."""

    text: str
    language: str
    asked: list[Asked]
    missing: list[str]
    wants_service: bool = False
    initials: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    corrected: str = ""

    @property
    def counting(self) -> list[Asked]:
        """The words that must be there: all, unless some only help."""
        return [each for each in self.asked if not each.is_helping] or self.asked

    @property
    def is_hopeless(self) -> bool:
        """Whether words lead nowhere: one is forgiven in a question of which two others do lead somewhere."""
        found = [each for each in self.asked if not each.is_helping]
        return not self.asked or len(self.missing) > (1 if len(found) >= 2 else 0)


__all__ = ["BEGINNING", "COMPOUND", "EXACT", "FAMILY", "INFLECTED", "MEANING", "SLIP", "SOUND", "Asked", "Question"]
