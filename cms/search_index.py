"""The two indexes of pages, in bulk: for seeds, provisioning and demo content, where a task a page would be slow.

Visitors ask the index of cms.search; editors search for pages in the admin by Wagtail's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.db.models import Model
from django.db.models.signals import post_save
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.index import get_indexed_models
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.models import PAGE_TYPES
from cms.search import indexing
from cms.search.sources import sources
from cms.search.watching import PAGES


@contextmanager
def paused() -> Iterator[None]:
    """No search or reference task is sent for what is saved in the block; index it afterwards with `refresh`."""
    models: list[type[Model]] = list(get_indexed_models())
    with ExitStack() as stack:
        stack.enter_context(disable_reference_index_auto_update())
        stack.enter_context(indexing.paused())
        for model in models:
            post_save.disconnect(post_save_signal_handler, sender=model)
            stack.callback(post_save.connect, post_save_signal_handler, sender=model)
        yield


def refresh(pages: list[Page]) -> None:
    """Write the index rows of these (specific) pages, for editors and for visitors."""
    refresh_for_editors(pages)
    indexing.refresh_keys(sources[PAGES], [page.pk for page in pages])


def refresh_for_editors(pages: list[Page]) -> None:
    """Wagtail's index of these (specific) pages: one statement a page type."""
    by_type: dict[type[Page], list[Page]] = {}
    for page in pages:
        by_type.setdefault(type(page), []).append(page)
    if not by_type:
        return
    index = get_search_backend().get_index_for_model(Page)
    norms = index._refresh_title_norms
    # The norms of titles are an average over the whole index: once at the end is enough.
    index._refresh_title_norms = lambda full=False: None
    for model, group in by_type.items():
        index.add_items(model, group)
    norms()


def refresh_all() -> None:
    """Index every page of the current schema anew."""
    refresh(_every_page())


def refresh_all_for_editors() -> None:
    """As `refresh_all`, but only Wagtail's index."""
    refresh_for_editors(_every_page())


def _every_page() -> list[Page]:
    return [page for model in PAGE_TYPES for page in model.objects.select_related("locale")]
