"""Giving out private files."""

from __future__ import annotations

from django.http import FileResponse, Http404

from services_api.cases.models import Attachment


def download(attachment: Attachment) -> FileResponse:
    """The file to be saved, never to be shown by the browser: whatever hides in it stays without our origin.

    Every way to a file leads through here. Raises Http404 for one that is still in quarantine, or removed.
    """
    if not attachment.is_released:
        raise Http404(attachment.scan_note)
    try:
        content = attachment.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename=attachment.name, content_type=attachment.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
