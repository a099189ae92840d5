"""Words for those who do not see a picture. The one thing that keeps a page from being published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cms.editing.text_checks.findings import Finding, PageRule, Weight, page_rule
from cms.editing.text_checks.page_text import PageText

LONGEST = 200
_FILE_NAME = re.compile(
    r"(?:img|dsc[nf]?|image|photo|picture|screenshot|scan|whatsapp|нов\w*|նկար|pic)?[\s_\-.\d()]*"
    r"(?:\.(?:jpe?g|png|webp|gif|avif|heic))?",
    re.IGNORECASE,
)
_ENDS_AS_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|heic|bmp|tiff?)$", re.IGNORECASE)


def is_file_name(words: str) -> bool:
    """«IMG_2031.jpg», «նկար 3»: a name that a camera has given."""
    return bool(_ENDS_AS_FILE.search(words) or _FILE_NAME.fullmatch(words) or re.fullmatch(r"\S+_\S+", words))


@page_rule
class AltText(PageRule):
    code = "alt-text"

    def find(self, text: PageText) -> Iterator[Finding]:
        from cms.models import SiteImage

        wanted = {picture.pk for picture in text.pictures}
        known = SiteImage.objects.filter(pk__in=wanted).in_bulk() if wanted else {}
        for picture in text.pictures:
            image = known.get(picture.pk)
            if image is None:
                continue
            words = (image.description if picture.alt is None else picture.alt or image.description).strip()
            problem = _problem(words)
            if problem is not None:
                weight, message = problem
                yield Finding(
                    code=self.code,
                    weight=weight,
                    message=message,
                    place=picture.label,
                    path=picture.path,
                    block_id=picture.block_id,
                    found=words[:80] or image.title,
                    picture=picture.pk,
                )


def _problem(words: str) -> tuple[Weight, str] | None:
    if not words:
        return "block", _(
            "The picture has no description for those who do not see it. Without it the page is not published."
        )
    if is_file_name(words):
        return "block", _("The name of a file is no description. Say what is in the picture.")
    if len(words) > LONGEST:
        return "advice", _(
            "The description of the picture is longer than 200 characters; put the details into the text."
        )
    return None


__all__ = ["AltText", "is_file_name"]
