"""Lists of what has its time: what counts now, and an archive of what is over."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from cms.addresses import place_address
from cms.dates import holds_today
from cms.models.base import BasePage
from cms.models.below import BelowMixin
from cms.page_cache import allow_caching


class ArchivedListPage(BelowMixin, BasePage):
    """A list divided by today: `current()` at its own address, `over()` below `archive/`.

    The page cache forgets both at midnight. `feed`: the place of the list's feed (cms.addresses).
    """

    rows_a_page: ClassVar[int] = 20
    paginator: ClassVar[type[Paginator[Any]]] = Paginator
    feed: ClassVar[str] = ""
    below: ClassVar[dict[str, str]] = {"archive": "archive"}
    max_count_per_parent = 1

    class Meta:
        abstract = True

    def current(self) -> Any:
        """What counts today, in the order of the list."""
        raise NotImplementedError

    def over(self) -> Any:
        """What is over, the latest first."""
        raise NotImplementedError

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return self.list_context(request, self.current())

    def below_archive(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request, self.list_context(request, self.over(), is_archive=True))

    def answer(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        """An address below the list, drawn as the list is."""
        return allow_caching(TemplateResponse(request, self.template, context))

    def list_context(self, request: HttpRequest, rows: Any, *, is_archive: bool = False) -> dict[str, Any]:
        """What the templates of all these lists draw; types add their own."""
        holds_today(request)
        context = super().get_context(request)
        context.update(
            page_obj=self.paginator(rows, self.rows_a_page).get_page(request.GET.get("p")),
            is_archive=is_archive,
            archive_url=f"{self.url or ''}archive/",
            feed_url=place_address(self.feed, self.language),
        )
        return context


__all__ = ["ArchivedListPage"]
