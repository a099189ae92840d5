"""What is accepted as a file, and what is refused with a word about why."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from services_api.cases.errors import UploadRefused
from services_api.cases.uploads import MEGABYTE, clean, clean_name
from tests.services_api.cases.conftest import picture, upload

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def _refused(name: str, content: bytes) -> UploadRefused:
    with pytest.raises(UploadRefused) as refused:
        clean(upload(name, content))
    return refused.value


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("դիմում.pdf", PDF, "application/pdf"),
        ("photo.JPG", picture(), "image/jpeg"),
        ("scan.jpeg", picture(), "image/jpeg"),
        ("plan.png", picture("PNG"), "image/png"),
    ],
)
def test_documents_and_pictures_are_accepted(name, content, media_type):
    kept = clean(upload(name, content))
    assert (kept.media_type, kept.size > 0, len(kept.sha256)) == (media_type, True, 64)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("invoice.pdf", b"MZ\x90\x00" + b"\x00" * 200, "mismatch"),
        ("page.jpg", b"<html><script>alert(1)</script></html>", "mismatch"),
        ("photo.png", picture("JPEG"), "mismatch"),
        ("polyglot.pdf", b"GIF89a" + PDF, "mismatch"),
        ("virus.exe", b"MZ" + b"\x00" * 100, "type"),
        ("letter.pdf.exe", PDF, "type"),
        ("noname", PDF, "type"),
        ("empty.pdf", b"", "empty"),
        ("big.pdf", PDF + b"0" * (11 * MEGABYTE), "too_large"),
        ("cut.jpg", picture()[:200], "damaged"),
    ],
)
def test_everything_else_is_refused_by_name(name, content, why):
    refused = _refused(name, content)
    assert refused.code == why
    assert name.split(".")[0] in str(refused)


def test_a_picture_that_unfolds_into_gigabytes_is_refused():
    """A few kilobytes that become 64 million pixels."""
    bomb = BytesIO()
    Image.new("1", (8000, 8000)).save(bomb, "PNG")
    assert len(bomb.getvalue()) < 100_000
    assert _refused("bomb.png", bomb.getvalue()).code == "picture_too_large"


def test_a_picture_loses_what_the_camera_hid_in_it():
    drawn, exif = BytesIO(), Image.Exif()
    exif[0x010E] = "taken at home"
    Image.new("RGB", (20, 10)).save(drawn, "JPEG", exif=exif, comment=b"secret")
    kept = clean(upload("home.jpg", drawn.getvalue())).content
    assert b"taken at home" not in kept and b"secret" not in kept
    text, notes = BytesIO(), PngImagePlugin.PngInfo()
    notes.add_text("Comment", "secret place")
    Image.new("RGB", (20, 10)).save(text, "PNG", pnginfo=notes)
    assert b"secret place" not in clean(upload("home.png", text.getvalue())).content


def test_what_is_glued_to_a_picture_goes():
    assert b"<?php" not in clean(upload("photo.jpg", picture() + b"<?php system($_GET['c']); ?>")).content


@pytest.mark.parametrize(
    ("hostile", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Ani\\վկայական.PDF", "վկայական.pdf"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ("\u202egpj.exe.pdf", "gpj.exe.pdf"),
        ('we"ird<name>|?*.pdf', "weirdname.pdf"),
        ("....pdf", "pdf"),
        ("a" * 300 + ".pdf", "a" * 110 + ".pdf"),
    ],
)
def test_names_are_cleaned(hostile, kept):
    assert clean_name(hostile) == kept
