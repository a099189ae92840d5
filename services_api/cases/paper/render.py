"""From data to PDF by typst: tagged (PDF/UA-1), with our own fonts inside. Data go in as JSON, never as markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import segno
import typst

FOLDER = Path(__file__).parent
FONTS = FOLDER / "fonts"
# The tagged standard; typst refuses what it cannot tag, so a picture without words does not come out.
STANDARD: Literal["ua-1"] = "ua-1"
_fonts: typst.Fonts | None = None


def render(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of `<template>.typ` with these data (strings, numbers, lists, objects)."""
    global _fonts
    if _fonts is None:
        # Read once per process; fonts of the machine are never used, so that a paper is the same everywhere.
        _fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    return typst.compile(
        FOLDER / f"{template}.typ",
        root=FOLDER,
        font_paths=_fonts,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=[STANDARD],
    )


def qr(url: str) -> str:
    """The QR code of an address as SVG."""
    drawn = BytesIO()
    segno.make(url, error="m").save(drawn, kind="svg", scale=4, border=0, xmldecl=False, nl=False)
    return drawn.getvalue().decode()
