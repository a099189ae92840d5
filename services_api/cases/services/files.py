"""Putting proved files into the private store."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile

from services_api.cases.models import Attachment
from services_api.cases.uploads import CleanFile


def store(clean: CleanFile, **belongs: Any) -> Attachment:
    """Write the file and its row. When the row cannot be written, the file goes again."""
    attachment = Attachment(
        name=clean.name, media_type=clean.media_type, size=clean.size, sha256=clean.sha256, **belongs
    )
    attachment.file.save(clean.name, ContentFile(clean.content), save=False)
    try:
        attachment.save()
    except Exception:
        attachment.file.storage.delete(str(attachment.file.name))
        raise
    return attachment


def discard(attachment: Attachment) -> None:
    """Remove the row, then the file: a file without a row can be found later, a row without a file is an error."""
    storage, name = attachment.file.storage, str(attachment.file.name)
    attachment.delete()
    storage.delete(name)
