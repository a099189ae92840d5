"""The form of a page in the workplace: its address is written in Latin letters by itself and is never taken twice."""

from __future__ import annotations

from itertools import count
from typing import Any

from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.admin.widgets import SlugInput
from wagtail.models import Page

from tenants.transliteration import formatters, slug_of

# Buttons of the editor after which others see the page.
GOES_OUT = frozenset({"action-publish", "action-submit"})
APPROVAL, APPROVES = "action-workflow-action", "approve"


class LatinSlugInput(SlugInput):
    """Wagtail's field of an address with our transliteration.

    It is cleaned when somebody has changed it, not whenever it loses the focus: an address in Armenian letters that is
    in use must not change because somebody passed by.
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        actions = "change->w-slug#slugify w-sync:check->w-slug#compare w-sync:apply->w-slug#urlify:prevent"
        super().__init__({"data-action": actions, **(attrs or {})}, formatters=formatters())


class SitePageForm(WagtailAdminPageForm):
    """All pages of the site."""

    def clean(self) -> dict[str, Any]:
        slug = self.cleaned_data.get("slug")
        if self.instance.pk is None and slug and slug == slug_of(self.cleaned_data.get("title", "")):
            # Nobody has chosen this address: «Որոշում» of last year may stand in the same list.
            self.cleaned_data["slug"] = free_slug(slug, self.parent_page)
        return super().clean()

    def _post_clean(self) -> None:
        """Pictures without words keep a page from being published or handed in; a draft may be saved at any time.

        Here the instance has the new texts, and a refusal shows the form again with everything that was written.
        """
        super()._post_clean()
        approves = APPROVAL in self.data and self.data.get("workflow-action-name") == APPROVES
        if self.errors or not (approves or GOES_OUT & set(self.data)):
            return
        from cms.editing.text_checks import blocking

        for finding in blocking(self.instance):
            self.add_error(None, f"{finding.place}: {finding.message}")


def free_slug(slug: str, parent: Page | None) -> str:
    """The address, or the address with the first free number, below a parent."""
    if parent is None:
        return slug
    taken = set(parent.get_children().filter(slug__startswith=slug).values_list("slug", flat=True))
    if slug not in taken:
        return slug
    return next(candidate for number in count(2) if (candidate := f"{slug}-{number}") not in taken)


__all__ = ["LatinSlugInput", "SitePageForm", "free_slug"]
