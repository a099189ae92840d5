"""Files that visitors find by their title: those that something published gives out, never those of drafts.

What gives out what is told by the reference index (cms.editing.public_files); a page that asks for a password and a
collection of files that does so keep their files to themselves.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import CollectionViewRestriction, Locale, Page, ReferenceIndex

from cms.editing.public_files import UNSEEN_APPS
from cms.models import SiteDocument
from cms.search.folding import has_armenian, has_cyrillic
from cms.search.models import Kind
from cms.search.sources import Found, register_source
from cms.search.watching import FILES


def public_files() -> QuerySet[SiteDocument]:
    """The documents that a live page, a published record or a setting of the community refers to.

    One query for each type of thing that refers to files, however many files there are.
    """
    wanted = ContentType.objects.get_for_model(SiteDocument)
    by_type: dict[int, dict[str, set[str]]] = {}
    rows = ReferenceIndex.objects.filter(to_content_type=wanted)
    for kind, source, document in rows.values_list("base_content_type_id", "object_id", "to_object_id").distinct():
        by_type.setdefault(kind, {}).setdefault(source, set()).add(document)
    found: set[str] = set()
    for kind, documents in by_type.items():
        for source in _seen(ContentType.objects.get_for_id(kind), set(documents)):
            found |= documents[source]
    files = SiteDocument.objects.filter(pk__in=found)
    closed = Q(pk__in=[])
    for restriction in CollectionViewRestriction.objects.select_related("collection"):
        closed |= Q(collection__path__startswith=restriction.collection.path)
    return files.exclude(closed)


def _seen(kind: ContentType, keys: set[str]) -> set[str]:
    """Those of the things that visitors see."""
    source = kind.model_class()
    if source is None or (kind.app_label in UNSEEN_APPS and not issubclass(source, Page)):
        return set()
    if issubclass(source, Page):
        rows: QuerySet[Any] = Page.objects.live().public()
    else:
        rows = source._default_manager.all()
        names = {field.name for field in source._meta.get_fields()}
        for flag in ("is_published", "live"):
            if flag in names:
                rows = rows.filter(**{flag: True})
                break
    return {str(key) for key in rows.filter(pk__in=keys).values_list("pk", flat=True)}


def languages_of(document: SiteDocument) -> set[str]:
    """The language of a title by its letters; in Latin ones («budget_2027») those of the pages that give it out too."""
    if has_armenian(document.title):
        return {"hy"}
    if has_cyrillic(document.title):
        return {"ru"}
    kinds = ContentType.objects.get_for_model(SiteDocument), ContentType.objects.get_for_model(Page)
    pages = ReferenceIndex.objects.filter(
        to_content_type=kinds[0], to_object_id=str(document.pk), base_content_type=kinds[1]
    ).values_list("object_id", flat=True)
    given_out = Locale.objects.filter(pk__in=Page.objects.filter(pk__in=list(pages)).values("locale"))
    return {"en", *given_out.values_list("language_code", flat=True)}


def _found(document: SiteDocument, language: str) -> Found | None:
    if language not in languages_of(document):
        return None
    # The name of the file, under which people may know it.
    return Found(title=document.title, url=document.url, body=document.filename)


register_source(Kind.DOCUMENT, name=FILES, model=SiteDocument, rows=public_files, found=_found)

__all__ = ["languages_of", "public_files"]
