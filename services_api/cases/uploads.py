"""Files from outside: what they are is found in the content, and pictures are drawn anew.

A name or a declared type proves nothing. The extension and the content must both say the same allowed type. Pictures
are decoded and encoded again: hidden data of the camera (place, time) goes, and so does anything hidden behind the
picture. Nothing is ever executed or unpacked.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
import warnings
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

import puremagic
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from services_api.cases.errors import UploadRefused

MEGABYTE = 1024 * 1024
MAX_BYTES = 10 * MEGABYTE
MAX_FILES = 10
# 50 megapixels: a sheet of A4 scanned at 600 dpi has 35.
MAX_PIXELS = 50_000_000
NAME_LENGTH = 120
# What a PDF may not have: programs, starting of programs, files within, films. A name ends where no letter follows.
ACTIVE = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA)(?![A-Za-z0-9])")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
OBJECT_STREAM = re.compile(rb"/ObjStm[^>]{0,400}>>\s{0,10}stream\r?\n")
MAX_UNFOLDED = 20 * MEGABYTE
MAX_OBJECT_STREAMS = 1_000


@dataclass(frozen=True, slots=True)
class FileType:
    """A type that is accepted: endings of the name, the media type, and Pillow's name of a picture format."""

    media_type: str
    endings: tuple[str, ...]
    picture: str = ""


TYPES = (
    FileType("application/pdf", ("pdf",)),
    FileType("image/jpeg", ("jpg", "jpeg"), "JPEG"),
    FileType("image/png", ("png",), "PNG"),
)
ENDINGS = tuple(ending for each in TYPES for ending in each.endings)


@dataclass(frozen=True, slots=True)
class CleanFile:
    """A file that may be kept."""

    name: str
    content: bytes
    media_type: str

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def clean(upload: Any, *, max_bytes: int = MAX_BYTES, allowed: Iterable[str] = ENDINGS) -> CleanFile:
    """Prove an uploaded file (anything with `name` and `read()`) and return what may be kept of it.

    `allowed` holds endings without the dot; those this module cannot prove are never accepted.
    Raises UploadRefused, whose message names the file and the reason.
    """
    name = clean_name(getattr(upload, "name", "") or "")
    wanted = {each.lower().lstrip(".") for each in allowed}
    endings = [ending for each in TYPES if wanted & set(each.endings) for ending in each.endings]
    content = upload.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise UploadRefused(
            "too_large", name, _("“%(name)s” is too large. The largest size is %(size)s.")
            % {"name": name, "size": filesizeformat(max_bytes)},
        )  # fmt: skip
    if not content:
        raise UploadRefused("empty", name, _("“%(name)s” is empty. Choose the file again.") % {"name": name})
    kind = _declared(name, endings)
    if not _content_is(content, kind):
        raise UploadRefused(
            "mismatch", name,
            _("“%(name)s” is not what its name says. Save it as %(types)s and choose it again.")
            % {"name": name, "types": _listed(endings)},
        )  # fmt: skip
    if not kind.picture:
        _harmless(content, name)
    if kind.picture:
        content = _redrawn(content, kind, name)
    return CleanFile(name, content, kind.media_type)


def clean_name(name: str) -> str:
    """The last part of the name without signs that deceive or harm, in one normal form; at most 120 signs."""
    last = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    kept = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C" and sign not in '<>:"|?*/')
    stem, dot, ending = " ".join(kept.split()).strip(". ").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    stem = stem.strip(". ")[: NAME_LENGTH - 10] or _("file")
    return f"{stem}.{ending.lower()[:9]}" if ending else stem


def _declared(name: str, endings: list[str]) -> FileType:
    ending = name.rpartition(".")[2] if "." in name else ""
    if ending not in endings:
        raise UploadRefused(
            "type", name,
            _("We cannot accept “%(name)s”: files of this type are not allowed. Save it as %(types)s.")
            % {"name": name, "types": _listed(endings)},
        )  # fmt: skip
    return next(kind for kind in TYPES if ending in kind.endings)


def _listed(endings: list[str]) -> str:
    return ", ".join(ending.upper() for ending in endings if ending != "jpeg")


def _content_is(content: bytes, kind: FileType) -> bool:
    try:
        best = puremagic.magic_string(content)[0]
    except (puremagic.PureError, ValueError, IndexError):
        return False
    if best.extension.lstrip(".").lower() not in {*kind.endings, *_other_names(kind)}:
        return False
    # A PDF reader forgives what stands before the header; a file that is two things at once lives on that.
    return kind.media_type != "application/pdf" or content.startswith(b"%PDF-")


def _other_names(kind: FileType) -> tuple[str, ...]:
    """Endings that puremagic knows for the same format."""
    return {"JPEG": ("jfif", "jpe", "jif"), "PNG": ("apng",)}.get(kind.picture, ("ai", "fdf"))


def _harmless(content: bytes, name: str) -> None:
    """A PDF that only shows something. Raises UploadRefused for one that acts, carries files, or is an archive, too.

    Names may be written with #xx, and objects may lie in compressed streams; both are read. What is encrypted cannot be
    looked into: that is left to the scanner.
    """
    if _ends_as_archive(content) or any(ACTIVE.search(part) for part in _readable(content)):
        raise UploadRefused(
            "active", name,
            _("“%(name)s” holds a program, other files or an archive. Print it into a new PDF and choose that one.")
            % {"name": name},
        )  # fmt: skip


def _ends_as_archive(content: bytes) -> bool:
    """Whether the end of a ZIP's directory stands where programs that unpack look for it: at the very end."""
    at = content.rfind(b"PK\x05\x06")
    return at >= 0 and at + 22 + int.from_bytes(content[at + 20 : at + 22], "little") == len(content)


def _readable(content: bytes) -> Iterator[bytes]:
    """The file with its names written out, then what its object streams hold, up to a limit."""
    yield ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), content)
    left = MAX_UNFOLDED
    for number, match in enumerate(OBJECT_STREAM.finditer(content)):
        try:
            # Pieces of bounded size: a file of many beginnings must not cost more than its length.
            unfolded = zlib.decompressobj().decompress(content[match.end() : match.end() + MEGABYTE], left)
        except zlib.error:
            continue
        left -= len(unfolded)
        if left <= 0 or number >= MAX_OBJECT_STREAMS:
            # Objects of a document are fewer and smaller; nobody looks through what is not one.
            yield b"/Launch"
            return
        yield ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), unfolded)


def _redrawn(content: bytes, kind: FileType, name: str) -> bytes:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=[kind.picture]) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise Image.DecompressionBombError
                upright = ImageOps.exif_transpose(picture)
                if kind.picture == "JPEG":
                    upright = upright.convert("L" if upright.mode == "L" else "RGB")
                elif upright.mode not in ("1", "L", "RGB"):
                    upright = upright.convert("RGBA")
                # Pasted into a new picture, so that no text chunk, profile or comment comes along.
                drawn, clean_picture = BytesIO(), Image.new(upright.mode, upright.size)
                clean_picture.paste(upright)
                clean_picture.save(drawn, kind.picture, **({"quality": 88} if kind.picture == "JPEG" else {}))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UploadRefused(
            "picture_too_large", name,
            _("The picture “%(name)s” has too many pixels. Make it smaller and choose it again.") % {"name": name},
        ) from error  # fmt: skip
    except (OSError, ValueError, SyntaxError, TypeError, IndexError, OverflowError) as error:
        raise UploadRefused(
            "damaged", name, _("The picture “%(name)s” is damaged and cannot be opened.") % {"name": name}
        ) from error
    return drawn.getvalue()
