"""Public media of the current tenant. The address names no tenant: the host has chosen it already."""

from __future__ import annotations

import posixpath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.http import require_safe

from cms.editing.public_files import is_public_picture

# What browsers may show; anything else has no business in the folder of pictures.
CONTENT_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
# Renditions of what is published are public; originals (with their metadata) and avatars are for staff.
PUBLIC_FOLDERS = ("images/",)
STAFF_FOLDERS = ("original_images/", "avatar_images/")
MONTH = 30 * 24 * 3600


def _is_staff(request: HttpRequest) -> bool:
    return bool(getattr(request, "user", None) and request.user.has_perm("wagtailadmin.access_admin"))


@require_safe
def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """`/media/<path>`: a picture of this tenant, with its type and a long life; 404 for everything else."""
    clean = posixpath.normpath(path)
    content_type = CONTENT_TYPES.get(posixpath.splitext(clean)[1].lower())
    if content_type is None or clean != path or "\x00" in path or "\\" in path:
        raise Http404
    # A picture of a draft is for staff, like the originals.
    is_public = clean.startswith(PUBLIC_FOLDERS) and is_public_picture(clean)
    if not is_public and not (clean.startswith((*PUBLIC_FOLDERS, *STAFF_FOLDERS)) and _is_staff(request)):
        raise Http404
    try:
        modified = int(default_storage.get_modified_time(clean).timestamp())
        since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
        if since is not None and modified <= since:
            return HttpResponseNotModified()
        file = default_storage.open(clean, "rb")
    except (FileNotFoundError, IsADirectoryError, SuspiciousFileOperation) as error:
        raise Http404 from error
    response = FileResponse(file, content_type=content_type)
    response["Last-Modified"] = http_date(modified)
    response["Cache-Control"] = f"public, max-age={MONTH}" if is_public else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'"
    return response
