"""Checking attached files: how many, how big, and whether the content is what the name says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from services_api.procedures.forms import messages
from services_api.procedures.forms.definition import Field
from services_api.procedures.forms.messages import FieldError
from services_api.procedures.forms.values import clean_text

MEDIA_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
EXTENSIONS = {"pdf": ("pdf",), "jpg": ("jpg", "jpeg"), "png": ("png",)}
HEAD_BYTES = 1024
NAME_LENGTH = 120


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept. `upload` is the file as it came, read from its beginning."""

    field: str
    name: str
    size: int
    media_type: str
    upload: Any


@dataclass(frozen=True)
class StoredFile:
    """A file that was kept on an earlier page; `remove_value` is what the page's remove button sends."""

    name: str
    size: int
    remove_value: str


def sniff(head: bytes) -> str | None:
    """pdf, jpg or png by the first bytes, None for everything else."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"%PDF-"):
        return "pdf"
    return None


def clean_name(name: str) -> str:
    """A file name safe to show and to store: no folders, no control characters, at most 120 characters."""
    base = clean_text(re.split(r"[\\/]", name)[-1]).strip(". ") or "file"
    stem, dot, extension = base.rpartition(".")
    if not dot or len(extension) > 10:
        return base[:NAME_LENGTH]
    return f"{stem[: NAME_LENGTH - len(extension) - 1]}.{extension}"


def check_files(
    asked_for: Iterable[Field], files: Any, stored: Mapping[str, list[StoredFile]]
) -> tuple[dict[str, list[CheckedFile]], list[FieldError]]:
    """Files by field and the errors found; a field with an error keeps none of its new files."""
    kept: dict[str, list[CheckedFile]] = {}
    errors: list[FieldError] = []
    for asked in asked_for:
        if not asked.is_file:
            continue
        given = _given(files, asked)
        found: list[CheckedFile] = []
        refused: list[FieldError] = []
        for upload in given:
            outcome = _check(asked, upload)
            if isinstance(outcome, CheckedFile):
                found.append(outcome)
            else:
                refused.append(outcome)
        count = len(given) + len(stored.get(asked.code, ()))
        if count > asked.max_files:
            refused.append(_error(asked, messages.too_many_files(asked, count), "too_many_files"))
        elif count < asked.min_files:
            message = messages.required(asked) if count == 0 else messages.too_few_files(asked)
            refused.append(_error(asked, message, "required"))
        errors += refused
        if found and not refused:
            kept[asked.code] = found
    return kept, errors


def _given(files: Any, asked: Field) -> list[Any]:
    if not files:
        return []
    if hasattr(files, "getlist"):
        return list(files.getlist(asked.html_name()))
    value = files.get(asked.code, [])
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _check(asked: Field, upload: Any) -> CheckedFile | FieldError:
    name = clean_name(upload.name or "")
    extension = name.rpartition(".")[2].lower()
    expected = next((each for each in asked.accepts if extension in EXTENSIONS[each]), None)
    if expected is None:
        return _error(asked, messages.file_type(asked, name), "file_type")
    if upload.size == 0:
        return _error(asked, messages.file_empty(asked, name), "file_empty")
    if upload.size > asked.max_bytes:
        return _error(asked, messages.file_too_big(asked, name, upload.size), "file_too_big")
    upload.seek(0)
    head = upload.read(HEAD_BYTES)
    upload.seek(0)
    if sniff(head) != expected:
        return _error(asked, messages.file_content(asked, name), "file_content")
    return CheckedFile(asked.code, name, upload.size, MEDIA_TYPES[expected], upload)


def _error(asked: Field, message: str, code: str) -> FieldError:
    return FieldError(asked.code, asked.html_id(), message, code)
