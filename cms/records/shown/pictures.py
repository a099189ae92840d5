"""Pictures of records: which sizes they need, without a query for each."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch

from cms.languages import current_language

PORTRAIT = "fill-192x228|format-webp"
POSTER = "fill-640x360|format-webp"
CARD = "fill-640x400|format-webp"


def prefetched(path: str, size: str) -> Prefetch:
    """The images of a relation with their renditions of one size: two queries for any number of rows."""
    from cms.models import SiteImage

    return Prefetch(path, queryset=SiteImage.objects.prefetch_renditions(size))


def drawn(image: Any, size: str) -> dict[str, Any] | None:
    """`{url, width, height, alt, lang}`; None without a picture. The description is Armenian, so it says so."""
    if image is None:
        return None
    rendition = image.get_rendition(size)
    alt = image.description or ""
    return {
        "url": rendition.url,
        "width": rendition.width,
        "height": rendition.height,
        "alt": alt,
        "is_foreign": current_language() != "hy",
    }
