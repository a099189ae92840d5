"""Putting proved files into the private store."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from services_api.cases.models import Attachment
from services_api.cases.services import scanning
from services_api.cases.uploads import CleanFile


def store(clean: CleanFile, **belongs: Any) -> Attachment:
    """Write the file and its row. When the row cannot be written, the file goes again."""
    attachment = Attachment(
        name=clean.name, media_type=clean.media_type, size=clean.size, sha256=clean.sha256,
        **scanning.of_new_file(), **belongs,
    )  # fmt: skip
    attachment.file.save(clean.name, ContentFile(clean.content), save=False)
    try:
        attachment.save()
    except Exception:
        attachment.file.storage.delete(str(attachment.file.name))
        raise
    scanning.scan_soon()
    return attachment


def infected(attachment: Attachment) -> str:
    """What somebody is told who sends a file in which something was found before it was sent."""
    return _("“%(name)s” held a virus and was removed. Take it out, or choose it again from a clean device.") % {
        "name": attachment.name
    }


def discard(attachment: Attachment) -> None:
    """Remove the row, then the file: a file without a row can be found later, a row without a file is an error."""
    storage, name = attachment.file.storage, str(attachment.file.name)
    attachment.delete()
    storage.delete(name)
