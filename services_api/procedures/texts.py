"""Texts in three languages, as they stand in the JSON of a version: {"hy": ..., "en": ..., "ru": ...}."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.html import escape
from django.utils.translation import get_language

LANGUAGES = ("hy", "en", "ru")

# The headings of a service card, in the order they are read (themes/README.md); `faq` is the thirteenth.
CARD_HEADINGS = (
    "whom", "get", "need", "how", "time", "price", "benefit", "next", "refuse", "appeal", "law", "who",
)  # fmt: skip

# How sure a fact of the law or of practice is; whoever publishes a version checks the last two with a lawyer.
CERTAINTIES = ("sourced", "general_knowledge", "doubtful")


class DefinitionError(ValueError):
    """A definition that cannot be used. `problems` are lines "path: what is wrong"."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def language_code(language: str | None = None) -> str:
    """hy, en or ru: the language given, or the active one."""
    code = (language or get_language() or "hy").split("-")[0]
    return code if code in LANGUAGES else "hy"


def pick(text: Mapping[str, str] | str | None, language: str | None = None) -> str:
    """The text in a language, Armenian where that one is missing."""
    if not text:
        return ""
    if isinstance(text, str):
        return text
    return text.get(language_code(language)) or text.get("hy") or ""


def check_text(value: Any, path: str, problems: list[str], *, needed: bool = True) -> None:
    """Add a problem unless `value` is a text with at least Armenian in it."""
    if value is None and not needed:
        return
    if not isinstance(value, Mapping) or not all(isinstance(each, str) for each in value.values()):
        problems.append(f"{path}: must be texts by language, at least hy")
        return
    if set(value) - set(LANGUAGES):
        problems.append(f"{path}: unknown language {sorted(set(value) - set(LANGUAGES))[0]}")
    if not value.get("hy", "").strip():
        problems.append(f"{path}.hy: is missing")


def check_texts(texts: Any) -> list[str]:
    """Problems of a version's texts: {card: {heading: text}, faq: [{question, answer}], note, next_steps: [text]}.

    The words for letters (`messages`) are checked by `letters.check`.
    """
    problems: list[str] = []
    if not isinstance(texts, Mapping):
        return ["texts: must be an object"]
    for key in sorted(set(texts) - {"card", "faq", "note", "next_steps", "facts", "apply", "certainty", "messages"}):
        problems.append(f"texts.{key}: is not known")
    card = texts.get("card", {})
    if not isinstance(card, Mapping):
        return [*problems, "texts.card: must be an object"]
    for key, value in card.items():
        if key not in CARD_HEADINGS:
            problems.append(f"texts.card.{key}: is not a heading; known are {', '.join(CARD_HEADINGS)}")
        check_text(value, f"texts.card.{key}", problems)
    for number, each in enumerate(texts.get("faq", [])):
        for part in ("question", "answer"):
            check_text(each.get(part), f"texts.faq[{number}].{part}", problems)
    for number, each in enumerate(texts.get("facts", [])):
        for part in ("label", "value"):
            check_text(each.get(part), f"texts.facts[{number}].{part}", problems)
    check_text(texts.get("note"), "texts.note", problems, needed=False)
    check_text(texts.get("apply"), "texts.apply", problems, needed=False)
    certainty = texts.get("certainty", {})
    if not isinstance(certainty, Mapping) or set(certainty.values()) - set(CERTAINTIES):
        problems.append(f"texts.certainty: must say {', '.join(CERTAINTIES)} of each thing named")
    for number, each in enumerate(texts.get("next_steps", [])):
        check_text(each, f"texts.next_steps[{number}]", problems)
    return problems


def to_html(text: str) -> str:
    """Plain text of a card as HTML: blank lines part paragraphs, lines that begin with "- " are a list. Escaped."""
    parts = []
    for block in text.split("\n\n"):
        lines = [line.strip() for line in block.splitlines() if line.strip()]
        if lines and all(line.startswith("- ") for line in lines):
            parts.append("<ul>" + "".join(f"<li>{escape(line[2:])}</li>" for line in lines) + "</ul>")
        elif lines:
            parts.append(f"<p>{escape(' '.join(lines))}</p>")
    return "".join(parts)
