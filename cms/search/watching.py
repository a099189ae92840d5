"""Keeping the index right: whatever is saved, published, moved, hidden or deleted is looked at again after commit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.invalidation import SHOWN_APPS, SHOWN_RECORDS
from cms.search import indexing
from cms.search.sources import Source, sources
from tenants.context import current_community, current_schema, in_register, tenant

PAGES = "page"
SERVICES = "service"
FILES = "file"
# In place of a key: those rows that may be found now and could not before, or the other way round.
CHANGED = "~"
# Saving only these of a page changes nothing that is found.
_UNSEEN = {"latest_revision", "latest_revision_id", "has_unpublished_changes", "draft_title", "locked", "locked_by"}
_UNSEEN |= {"locked_at", "latest_revision_created_at", "numchild"}
# schema -> source -> keys; "*" is everything of a source.
_pending: dict[str, dict[str, set[str]]] = {}


def look_again(source: str, keys: Iterable[Any]) -> None:
    """Bring the entries of these things up to date once the change is committed."""
    if in_register() or indexing.is_paused():
        return
    schema, community = current_schema(), current_community()
    _pending.setdefault(schema, {}).setdefault(source, set()).update(str(key) for key in keys)

    def after_commit() -> None:
        waiting = _pending.pop(schema, {})
        if not waiting:
            return
        if current_schema() == schema or community is None:
            _look(waiting)
        else:
            with tenant(community):
                _look(waiting)

    # The thing itself is saved by now: trouble here is logged and mended by `reindex_search`, not shown to the editor.
    transaction.on_commit(after_commit, robust=True)


def _look(waiting: dict[str, set[str]]) -> None:
    for name, keys in waiting.items():
        source = sources.get(name)
        if source is None:
            continue
        rows = source.rows()
        if isinstance(rows, QuerySet) and "*" not in keys:
            wanted = keys | _changed(source, rows) if CHANGED in keys else keys
            if wanted - {CHANGED}:
                indexing.refresh_keys(source, wanted - {CHANGED})
        else:
            _refresh_all(source, list(rows))


def _changed(source: Source, rows: QuerySet[Any]) -> set[str]:
    from cms.search.models import SearchEntry

    there = SearchEntry.objects.filter(source=source.name).values_list("object_key", flat=True)
    return set(there) ^ {str(key) for key in rows.values_list("pk", flat=True)}


def _refresh_all(source: Source, rows: list[Any]) -> None:
    from cms.search.models import SearchEntry

    kept = {source.key(row) for row in rows}
    there = set(SearchEntry.objects.filter(source=source.name).values_list("object_key", flat=True))
    indexing.forget(source, there - kept)
    indexing.refresh(source, rows)


def _branch(page: Page) -> list[int]:
    return list(Page.objects.filter(path__startswith=page.path).values_list("pk", flat=True))


@receiver([post_save, post_delete], dispatch_uid="search.saved")
def saved(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Pages, restrictions, procedures and the records of the sources."""
    if isinstance(instance, Page):
        fields = kwargs.get("update_fields")
        if fields is None or set(fields) - _UNSEEN:
            look_again(PAGES, [instance.pk])
    elif isinstance(instance, PageViewRestriction):
        look_again(PAGES, _branch(instance.page))
    elif sender._meta.app_label == "procedures":
        look_again(SERVICES, "*")
    else:
        for source in list(sources.values()):
            if source.model is sender:
                look_again(source.name, [instance.pk])
            elif sender in source.follows:
                look_again(source.name, [row.pk for row in source.follows[sender](instance)])
    is_deleted_page = isinstance(instance, Page) and "created" not in kwargs
    is_shown = sender._meta.app_label in SHOWN_APPS or getattr(sender, "shown_to_visitors", False)
    if is_deleted_page or is_shown or isinstance(instance, SHOWN_RECORDS):
        look_again(FILES, [CHANGED])


@receiver([page_published, page_unpublished], dispatch_uid="search.published")
def published(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Said by Wagtail after all rows of the page are as they shall be."""
    look_again(PAGES, [instance.pk])
    look_again(FILES, [CHANGED])


@receiver([page_slug_changed, post_page_move], dispatch_uid="search.moved")
def moved(sender: Any, instance: Page, **kwargs: Any) -> None:
    """The addresses of a whole branch have changed."""
    look_again(PAGES, _branch(instance))


__all__ = ["PAGES", "SERVICES", "look_again"]
