"""The tracking code: with the number it opens the public status page, without signing in.

Twelve signs of an alphabet without look-alikes: 54 bits by chance. Only a digest is kept; the code itself is in the
confirmation, in the letter, and for a day in `SubmissionKey`, so that a repeated sending gets the same answer.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from uuid import UUID

ALPHABET = "234679ACDEFGHJKMNPRTWXY"
LENGTH = 12
GROUP = 4
# Slow enough to make guessing from a stolen database costly, quick enough for the page (about half a millisecond).
ROUNDS = 1_000
# Cyrillic letters that look like signs of the alphabet: people with a Russian keyboard type them.
LOOK_ALIKES = str.maketrans("АСЕНКМРТХУ", "ACEHKMPTXY")
NOBODY = UUID(int=0)


def new_code() -> str:
    """A new code, without groups."""
    return "".join(secrets.choice(ALPHABET) for _index in range(LENGTH))


def grouped(code: str) -> str:
    """As it is shown: `K7MP 4RTX 9ACD`."""
    return " ".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def normalised(code: str) -> str:
    """What a person typed, without spaces and hyphens, in capitals."""
    return "".join(sign for sign in code.upper().translate(LOOK_ALIKES) if sign.isalnum())[: LENGTH * 2]


def digest(case: UUID, code: str) -> str:
    """What is kept of a code; the case is the salt."""
    return hashlib.pbkdf2_hmac("sha256", normalised(code).encode(), case.bytes, ROUNDS).hex()


def matches(case: UUID | None, kept: str, code: str) -> bool:
    """Whether the code opens the case. Takes as long when there is no such case (`case` None)."""
    return hmac.compare_digest(digest(case or NOBODY, code), kept or "0" * 64) and case is not None
