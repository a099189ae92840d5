"""What all pages share: small mixins and one abstract page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.languages import is_honest, language_of
from cms.page_cache import allow_caching
from cms.search_text import FoldedAutocompleteField, FoldedSearchField


class SummaryMixin(models.Model):
    """The sentence under the title, in lists and in search engines."""

    lede = models.TextField(
        _("summary"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences: what the reader learns here. Shown under the title and in lists."),
    )

    class Meta:
        abstract = True


class ReviewMixin(models.Model):
    """Who keeps the page up to date, and until when it holds."""

    reviewed_until = models.DateField(
        _("to be reviewed by"),
        null=True,
        blank=True,
        help_text=_("On this day somebody looks whether the page is still true."),
    )
    responsible = models.CharField(
        _("responsible office"), max_length=120, blank=True, help_text=_("The unit that answers for this page.")
    )

    class Meta:
        abstract = True


class BasePage(SummaryMixin, ReviewMixin, Page):  # type: ignore[django-manager-missing]
    """A page of the official website. Title, summary, upkeep, search engines; the body is a matter of the type."""

    show_in_menus_default = False
    parent_page_types: list[str] = []
    subpage_types: list[str] = []

    search_fields = [
        *Page.search_fields,
        FoldedSearchField("title", boost=2),
        FoldedAutocompleteField("title"),
        FoldedSearchField("lede"),
        FoldedAutocompleteField("lede"),
        FoldedSearchField("body_text"),
        FoldedAutocompleteField("body_text"),
    ]

    class Meta:
        abstract = True

    @property
    def updated_at(self) -> datetime | None:
        """When a person last published it; None for a starter text that nobody has touched."""
        return self.last_published_at

    @property
    def body_text(self) -> str:
        """The words of the body, for the search index."""
        body = getattr(self, "body", None)
        if not body:
            return ""
        return " ".join(str(part) for part in body.stream_block.get_searchable_content(body))

    @property
    def language(self) -> str:
        """Code of the language of the tree that the page stands in."""
        return language_of(self)

    @property
    def is_honest(self) -> bool:
        """False for a page that stands in a language's tree but is not in that language."""
        return is_honest(self)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        if not self.search_description and self.lede:  # type: ignore[has-type]
            self.search_description = self.lede[:300]
        super().full_clean(*args, **kwargs)

    def crumbs(self) -> list[dict[str, str]]:
        """The way from the home page to this one, without both."""
        if self.depth <= 3:
            return []
        return [{"title": page.title, "url": page.url} for page in self.get_ancestors().filter(depth__gt=2, live=True)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        request.current_page = self  # type: ignore[attr-defined]
        context = super().get_context(request, *args, **kwargs)
        context["crumbs"] = self.crumbs()
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return allow_caching(super().serve(request, *args, **kwargs))
