"""What a substitution may be limited to. Procedures stand above the organisation, so they offer their names here."""

from __future__ import annotations

from collections.abc import Callable

# (token, label): `procedure:<code>` or `family:<code>`, in the reader's language.
Scopes = Callable[[], list[tuple[str, str]]]
_offered: list[Scopes] = []


def offer_scopes(scopes: Scopes) -> None:
    """Register what can be named; once a process."""
    if scopes not in _offered:
        _offered.append(scopes)


def scopes() -> list[tuple[str, str]]:
    """Everything that can be named, in the order offered."""
    return [pair for each in _offered for pair in each()]
