"""Codes of questions, parts, pages and choices, proposed from their Armenian words."""

from __future__ import annotations

import re
from collections.abc import Container

from tenants.transliteration import transliterate

LONGEST = 40
FALLBACK = "question"


def propose(words: str, taken: Container[str], fallback: str = FALLBACK) -> str:
    """A code that is free: «Ընտանիքի անդամներ» becomes `yntaniki_andamner`, a second one `yntaniki_andamner_2`."""
    written = re.sub(r"[^a-z0-9]+", "_", transliterate(words).lower()).strip("_").lstrip("0123456789_")
    base = _short(written, LONGEST - 3) or fallback
    number, code = 1, base
    while code in taken:
        number += 1
        code = f"{base}_{number}"
    return code


def _short(written: str, longest: int) -> str:
    """Cut at the end of a word where there is one."""
    if len(written) <= longest:
        return written
    cut = written[: longest + 1].rpartition("_")[0]
    return (cut or written[:longest]).strip("_")
