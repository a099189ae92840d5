"""The website's steps of connecting a community. Together they take less than 0.15 s, so everything is done in bulk."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages
from django.db import transaction
from django.db.models import Case, F, Field, JSONField, TextField, Value, When
from django.db.models.expressions import Expression
from django.db.models.functions import Cast, Replace
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

from cms import search_index
from cms.models import PAGE_TYPES
from cms.naming import name_in, site_name
from cms.page_cache import forget_pages
from cms.search import indexing, placeholders
from cms.stream import BodyField
from tenants.database import texts_with
from tenants.models import Community
from tenants.provisioning import register_step

Report = Callable[[str], None]
NAME_TOKEN, GENITIVE_TOKEN = TOKENS = "{name}", "{genitive}"
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
    language_of = dict(Page.objects.values_list("pk", "locale__language_code"))
    names = {code: _names(community, code) for code in set(language_of.values())}
    models = {model._meta.db_table: model for model in (Page, *PAGE_TYPES)}
    found: dict[type[Page], tuple[set[int], set[str]]] = {}
    for table, key, column in texts_with(models.values(), TOKENS):
        keys, columns = found.setdefault(models[table], (set(), set()))
        keys.add(key)
        columns.add(column)
    for model, (keys, columns) in found.items():
        _replace(model, columns, {key: names[language_of[key]] for key in sorted(keys)})
    forget_pages(community.schema_name)


def _replace(model: type[Page], columns: set[str], names: dict[int, dict[str, str]]) -> None:
    """One UPDATE for all these texts of a table. `names`: key of the row -> token -> word."""
    changes: dict[str, Expression] = {}
    for field in model._meta.local_concrete_fields:
        if field.column not in columns or not _is_text(field):
            continue
        is_body = isinstance(field, BodyField)
        text: Expression = Cast(F(field.name), TextField()) if is_body else F(field.name)  # type: ignore[assignment]
        for token in TOKENS:
            by_word: dict[str, list[int]] = {}
            for key, words in names.items():
                by_word.setdefault(_inside_json(words[token]) if is_body else words[token], []).append(key)
            word: Any = Case(*(When(pk__in=keys, then=Value(word)) for word, keys in by_word.items()))
            text = Replace(text, Value(token), word, output_field=TextField())
        changes[field.name] = Cast(text, JSONField()) if is_body else text
    if changes:
        model._base_manager.filter(pk__in=list(names)).update(**changes)


def _is_text(field: Field[Any, Any]) -> bool:
    """A text that editors write, bodies included; an address keeps what it is made of."""
    if field.model is Page:
        return field.name in PAGE_FIELDS
    return isinstance(field, BodyField) or field.get_internal_type() in {"CharField", "TextField"}


def _inside_json(value: str) -> str:
    """A name as it stands inside the JSON text of a body, whose paragraphs are HTML."""
    return json.dumps(escape(value, quote=False), ensure_ascii=False)[1:-1]


@register_step("search", order=50, label=_("Search index"))
@transaction.atomic
def refresh_search(community: Community, report: Report) -> None:
    """The template's index rows came with the clone; only the names are put in. The ministry has a site of its own."""
    if community.is_ministry:
        search_index.refresh_for_editors([page for model in PAGE_TYPES for page in model.objects.all()])
        indexing.reindex()
    else:
        placeholders.put_names({code: _names(community, code) for code, _name in settings.LANGUAGES})


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
