"""What residents attach and editors upload: a PDF, a photograph, and a program that pretends to be a PDF."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload

PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + bytes(512)


def photograph(width: int = 1600, height: int = 1067) -> bytes:
    """A drawn street at dusk, as a JPEG."""
    image = Image.new("RGB", (width, height), (24, 44, 78))
    draw = ImageDraw.Draw(image)
    for line in range(height * 2 // 3):
        share = line / (height * 2 / 3)
        draw.line([(0, line), (width, line)], (int(24 + 210 * share), int(44 + 110 * share), int(78 + 20 * share)))
    draw.polygon(
        [(0, height * 0.6), (width * 0.3, height * 0.28), (width * 0.55, height * 0.62), (width * 0.8, height * 0.34),
         (width, height * 0.6), (width, height), (0, height)], (88, 46, 70),
    )  # fmt: skip
    draw.polygon([(0, height * 0.72), (width, height * 0.64), (width, height), (0, height)], (40, 38, 52))
    for house in range(9):
        left, top = width * (0.04 + house * 0.105), height * (0.70 - 0.012 * (house % 3))
        draw.rectangle([left, top, left + width * 0.07, top + height * 0.13], (62, 56, 66))
        draw.rectangle(
            [left + width * 0.02, top + height * 0.03, left + width * 0.04, top + height * 0.07], (255, 206, 120)
        )
    taken = BytesIO()
    image.save(taken, "JPEG", quality=82)
    return taken.getvalue()


def certificate() -> FilePayload:
    return {"name": "տեղեկանք.pdf", "mimeType": "application/pdf", "buffer": PDF}


def photo_of_the_street() -> FilePayload:
    return {"name": "փողոց.jpg", "mimeType": "image/jpeg", "buffer": photograph(800, 534)}


def disguised_program() -> FilePayload:
    """A Windows program that somebody renamed."""
    return {"name": "խաղ.pdf", "mimeType": "application/pdf", "buffer": PROGRAM}


def press_photo() -> FilePayload:
    return {"name": "square.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
