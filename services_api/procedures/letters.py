"""A version's own words for the letters of its cases. Which letters there are is known to the layer above (ADR 0037).

They stand in `texts.messages` of a version: {channel: {message: {language: {subject, body}}}}.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from services_api.procedures.texts import LANGUAGES

Messages = Mapping[str, Mapping[str, Mapping[str, Mapping[str, str]]]]


@dataclass(frozen=True)
class LetterKind:
    """A letter that can have own words. `gaps` are (gap, meaning); without `has_subject` there is a text only."""

    channel: str
    message: str
    channel_label: str
    label: str
    has_subject: bool
    gaps: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class LetterBook:
    """What the layer above knows of letters.

    `kinds()` in the order of a case's life; `findings(channel, message, subject, body)` are (part, what is wrong),
    part is subject or body; `look(channel, message, language, words)` is subject and text for a sample case, with
    these words, or for None with those that would be sent without words of the version.
    """

    kinds: Callable[[], list[LetterKind]]
    findings: Callable[[str, str, str, str], list[tuple[str, str]]]
    look: Callable[[str, str, str, tuple[str, str] | None], tuple[str, str]]


_book: list[LetterBook] = []


def letters_by(book: LetterBook) -> LetterBook:
    """These are the letters that versions may have own words for."""
    _book[:] = [book]
    return book


def kinds() -> list[LetterKind]:
    """Every letter that can have own words; none where nobody tells it."""
    return _book[0].kinds() if _book else []


def kind_of(channel: str, message: str) -> LetterKind | None:
    """One of them; None when there is no such letter."""
    return next((each for each in kinds() if (each.channel, each.message) == (channel, message)), None)


def findings(channel: str, message: str, subject: str, body: str) -> list[tuple[str, str]]:
    """What is wrong with words for a letter that exists: (subject or body, what), [] when they may be sent."""
    return _book[0].findings(channel, message, subject, body)


def look(channel: str, message: str, language: str, words: tuple[str, str] | None) -> tuple[str, str]:
    """How a letter looks with these words, or without words of the version; a sample case fills the gaps."""
    return _book[0].look(channel, message, language, words)


def check(messages: Any) -> list[str]:
    """Problems of the words for letters, "texts.messages.<channel>.<message>.<language>.<part>: ..."."""
    path, problems = "texts.messages", []
    if messages is None:
        return []
    if not isinstance(messages, Mapping) or not all(isinstance(each, Mapping) for each in messages.values()):
        return [f"{path}: must be an object"]
    for channel, named in messages.items():
        for message, by_language in named.items():
            here = f"{path}.{channel}.{message}"
            kind = kind_of(channel, message)
            if kind is None:
                problems.append(f"{here}: is not a letter")
            elif not isinstance(by_language, Mapping) or not by_language:
                problems.append(f"{here}: must be words by language")
            else:
                for language, words in by_language.items():
                    problems += _check_words(kind, language, words, f"{here}.{language}")
    return problems


def _check_words(kind: LetterKind, language: str, words: Any, path: str) -> list[str]:
    parts = {"subject", "body"} if kind.has_subject else {"body"}
    if language not in LANGUAGES:
        return [f"{path}: is not a language"]
    if (
        not isinstance(words, Mapping)
        or set(words) != parts
        or not all(isinstance(each, str) for each in words.values())
    ):
        return [f"{path}: must hold {' and '.join(sorted(parts, reverse=True))}"]
    found = findings(kind.channel, kind.message, words.get("subject", ""), words["body"])
    return [f"{path}.{part}: {told}" for part, told in found]


def words_in(messages: Messages | None, channel: str, message: str, language: str) -> tuple[str, str] | None:
    """Subject ("" for a short message) and text that a version has for a letter in a language; None without."""
    found = (messages or {}).get(channel, {}).get(message, {}).get(language)
    return (found.get("subject", ""), found["body"]) if found else None
