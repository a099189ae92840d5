"""The website's steps of connecting a community. Together they take less than 0.15 s, so everything is done in bulk."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages
from django.db import transaction
from django.db.models import F, JSONField, Model, Q, TextField, Value
from django.db.models.expressions import Expression
from django.db.models.functions import Cast, Replace
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, Site

from cms import search_index
from cms.models import PAGE_TYPES
from cms.naming import name_in, site_name
from cms.page_cache import forget_pages
from cms.search import indexing, placeholders
from cms.stream import BodyField
from tenants.models import Community
from tenants.provisioning import register_step

Report = Callable[[str], None]
NAME_TOKEN, GENITIVE_TOKEN = "{name}", "{genitive}"
PAGE_FIELDS = ("title", "draft_title", "seo_title", "search_description")


@register_step("site", order=30, label=_("Address of the website"))
def sync_site(community: Community, report: Report) -> None:
    """Wagtail's Site follows the community's primary host; previews and full addresses come from it."""
    host = community.domains.filter(is_primary=True).values_list("domain", flat=True).first()
    if not host:
        raise LookupError(f"{community.slug} has no primary host")
    Site.objects.filter(is_default_site=True).update(
        hostname=host, port=settings.PORT, site_name=site_name(community, "hy")[:255]
    )
    Site.clear_site_root_paths_cache()
    forget_pages(community.schema_name)


@register_step("names", order=40, label=_("Names in the starter pages"))
@transaction.atomic
def put_names(community: Community, report: Report) -> None:
    """The community's names instead of the tokens in titles, summaries, bodies and descriptions."""
    if community.is_ministry:
        from cms.seeds.ministry import build_ministry_site

        build_ministry_site()
    for locale, code in Locale.objects.values_list("pk", "language_code"):
        pages = dict(Page.objects.filter(locale=locale).values_list("pk", "content_type__model"))
        names = _names(community, code)
        _replace(Page, PAGE_FIELDS, names, list(pages))
        for model in PAGE_TYPES:
            keys = [pk for pk, model_name in pages.items() if model_name == model._meta.model_name]
            if keys:
                _replace(model, _own_text_fields(model), names, keys)
    forget_pages(community.schema_name)


def _own_text_fields(model: type[Page]) -> tuple[str, ...]:
    """The text fields of a page type's own table, bodies included."""
    return tuple(
        field.name
        for field in model._meta.local_fields
        if isinstance(field, BodyField) or field.get_internal_type() in {"CharField", "TextField"}
    )


def _replace(model: type[Model], fields: tuple[str, ...], names: dict[str, str], keys: list[int]) -> None:
    """One UPDATE for all fields of a table, of these rows. `names`: token -> word."""
    changes: dict[str, Expression] = {}
    for name in fields:
        is_body = isinstance(model._meta.get_field(name), BodyField)
        text: Expression = Cast(F(name), TextField()) if is_body else F(name)  # type: ignore[assignment]
        for token, word in names.items():
            text = Replace(text, Value(token), Value(_inside_json(word) if is_body else word))
        changes[name] = Cast(text, JSONField()) if is_body else text
    if changes:
        model._base_manager.filter(pk__in=keys).update(**changes)


def _inside_json(value: str) -> str:
    """A name as it stands inside the JSON text of a body, whose paragraphs are HTML."""
    return json.dumps(escape(value, quote=False), ensure_ascii=False)[1:-1]


@register_step("search", order=50, label=_("Search index"))
@transaction.atomic
def refresh_search(community: Community, report: Report) -> None:
    """The template's index rows came with the clone; only those that hold a name have changed."""
    names = {code: _names(community, code) for code, _name in settings.LANGUAGES}
    words = {name for tokens in names.values() for name in tokens.values()}
    changed: list[Page] = []
    for model in PAGE_TYPES:
        query = Q()
        for name in words:
            query |= Q(title__contains=name) | Q(lede__contains=name)
        changed += model.objects.filter(query).select_related("locale")
    search_index.refresh_for_editors(changed)
    if community.is_ministry:
        indexing.reindex()
    else:
        placeholders.put_names(names)


def _names(community: Community, language: str) -> dict[str, str]:
    """Token -> name in a language."""
    return {NAME_TOKEN: name_in(community, language), GENITIVE_TOKEN: community.genitive}


@register_step("media", order=60, label=_("Folders of files"))
def make_folders(community: Community, report: Report) -> None:
    """The tenant's own prefix of public files. An object store needs no folder."""
    storage = storages["default"]
    if isinstance(storage, FileSystemStorage):
        Path(storage.location).mkdir(parents=True, exist_ok=True)


__all__ = ["make_folders", "put_names", "refresh_search", "sync_site"]
