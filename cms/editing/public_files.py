"""Files of drafts are private: a picture or a document is given to the public once something published refers to it.

What refers to what is Wagtail's reference index, made from the rows that visitors see, never from drafts. It is brought
up to date at once when a page is published or a shown record is saved (cms/invalidation.py), and by a task in the
background otherwise. «Public» is remembered until the tenant's stamp moves; «private» is asked anew each time, so
that nothing stays hidden because somebody looked too early.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import transaction
from django.db.models import Model
from wagtail.models import Page, ReferenceIndex

from cms.page_cache import stamp
from tenants.context import current_schema

# Sources that no visitor sees: versions, comments, texts of translators, people.
UNSEEN_APPS = frozenset({"wagtailcore", "wagtail_localize", "wagtailsearch", "accounts", "auth", "admin", "taggit"})
# Applications whose settings and records may show a file.
SHOWING_APPS = ("cms", "records", "outreach")
MOST_REMEMBERED = 20_000

_known: dict[str, tuple[str, set[str]]] = {}


def is_public_picture(path: str) -> bool:
    """Whether the file of a rendition may be shown to everybody. `path`: its name in the storage."""
    from cms.models import SiteImage, SiteRendition

    def ask() -> bool:
        image = SiteRendition.objects.filter(file=path).values_list("image_id", flat=True).first()
        return image is not None and is_shown(SiteImage, image)

    return _remembered(path, ask)


def is_public_document(pk: int) -> bool:
    """Whether a document may be downloaded by everybody."""
    from cms.models import SiteDocument

    return _remembered(f"document {pk}", lambda: is_shown(SiteDocument, pk))


def is_shown(model: type[Model], pk: int) -> bool:
    """True when a live page, a published record or a setting of the current tenant refers to it."""
    wanted = ContentType.objects.get_for_model(model)
    rows = ReferenceIndex.objects.filter(to_content_type=wanted, to_object_id=str(pk))
    sources: dict[int, set[str]] = {}
    for kind, source in rows.values_list("base_content_type_id", "object_id").distinct():
        sources.setdefault(kind, set()).add(source)
    return any(_any_seen(ContentType.objects.get_for_id(kind), keys) for kind, keys in sources.items())


def _any_seen(kind: ContentType, keys: set[str]) -> bool:
    source = kind.model_class()
    if source is None:
        return False
    if issubclass(source, Page):
        return Page.objects.filter(pk__in=keys, live=True).exists()
    if kind.app_label in UNSEEN_APPS:
        return False
    rows = source._default_manager.filter(pk__in=keys)
    for flag in ("is_published", "live"):
        try:
            source._meta.get_field(flag)
        except FieldDoesNotExist:
            continue
        return rows.filter(**{flag: True}).exists()
    return rows.exists()


def _remembered(name: str, ask: Any) -> bool:
    schema = current_schema()
    now_stamp = stamp(schema)
    known_stamp, public = _known.get(schema, ("", set()))
    if known_stamp != now_stamp or len(public) > MOST_REMEMBERED:
        public = set()
        _known[schema] = (now_stamp, public)
    if name in public:
        return True
    if ask():
        public.add(name)
        return True
    return False


def index_records() -> None:
    """Wagtail indexes pages and snippets by itself; our settings and records show files too."""
    for label in SHOWING_APPS:
        for model in apps.get_app_config(label).get_models():
            ReferenceIndex.register_model(model)


def refer_now(instance: Model) -> None:
    """Bring the references of what visitors see from now on up to date, within the running transaction."""
    if ReferenceIndex.is_indexed(type(instance)):
        with transaction.atomic():
            ReferenceIndex.create_or_update_for_object(instance)


def refer_all() -> None:
    """The same for everything of the current tenant, after it was written with the index paused."""
    with transaction.atomic():
        for label in SHOWING_APPS:
            for model in apps.get_app_config(label).get_models():
                if ReferenceIndex.is_indexed(model):
                    for instance in model._default_manager.iterator():
                        ReferenceIndex.create_or_update_for_object(instance)


__all__ = ["index_records", "is_public_document", "is_public_picture", "is_shown", "refer_all", "refer_now"]
