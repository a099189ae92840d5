"""The website's steps of connecting a community. Together they take less than 0.15 s, so everything is done in bulk."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages
from django.db.models import Case, F, JSONField, Model, Q, TextField, Value, When
from django.db.models.expressions import Expression
from django.db.models.functions import Cast, Replace
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, Site

from cms import search_index
from cms.models import PAGE_TYPES
from cms.naming import name_in, site_name
from cms.page_cache import forget_pages
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
def put_names(community: Community, report: Report) -> None:
    """The community's names instead of the tokens in titles, summaries, bodies and descriptions."""
    if community.is_ministry:
        from cms.seeds.ministry import build_ministry_site

        build_ministry_site()
    codes = dict(Locale.objects.values_list("pk", "language_code"))
    names = {
        NAME_TOKEN: {pk: name_in(community, code) for pk, code in codes.items()},
        GENITIVE_TOKEN: dict.fromkeys(codes, community.genitive),
    }
    _replace(Page, PAGE_FIELDS, names)
    used = set(Page.objects.values_list("content_type__model", flat=True).distinct())
    for model in PAGE_TYPES:
        if model._meta.model_name in used:
            _replace(model, _own_text_fields(model), names)
    forget_pages(community.schema_name)


def _own_text_fields(model: type[Page]) -> tuple[str, ...]:
    """The text fields of a page type's own table, bodies included."""
    return tuple(
        field.name
        for field in model._meta.local_fields
        if isinstance(field, BodyField) or field.get_internal_type() in {"CharField", "TextField"}
    )


def _replace(model: type[Model], fields: tuple[str, ...], names: dict[str, dict[int, str]]) -> None:
    """One UPDATE for all fields of a table. `names`: token -> locale's key -> word."""
    changes: dict[str, Expression] = {}
    for name in fields:
        is_body = isinstance(model._meta.get_field(name), BodyField)
        text: Expression = Cast(F(name), TextField()) if is_body else F(name)  # type: ignore[assignment]
        for token, words in names.items():
            text = Replace(text, Value(token), _word(words, in_json=is_body))  # type: ignore[arg-type]
        changes[name] = Cast(text, JSONField()) if is_body else text
    if changes:
        model._base_manager.update(**changes)


def _word(words: dict[int, str], *, in_json: bool) -> Expression:
    """The word of the row's language."""
    spelled = {pk: _inside_json(word) if in_json else word for pk, word in words.items()}
    if len(set(spelled.values())) == 1:
        return Value(next(iter(spelled.values())))
    cases = [
        When(pk__in=Page.objects.filter(locale_id=pk).values("pk"), then=Value(word)) for pk, word in spelled.items()
    ]
    return Case(*cases, default=Value(""), output_field=TextField())


def _inside_json(value: str) -> str:
    """A name as it stands inside the JSON text of a body, whose paragraphs are HTML."""
    return json.dumps(escape(value, quote=False), ensure_ascii=False)[1:-1]


@register_step("search", order=50, label=_("Search index"))
def refresh_search(community: Community, report: Report) -> None:
    """The template's index rows came with the clone; only pages that hold a name have changed."""
    names = {name_in(community, code) for code, _name in settings.LANGUAGES} | {community.genitive}
    changed: list[Page] = []
    for model in PAGE_TYPES:
        query = Q()
        for name in names:
            query |= Q(title__contains=name) | Q(lede__contains=name)
        changed += model.objects.filter(query).select_related("locale")
    search_index.refresh(changed)


@register_step("media", order=60, label=_("Folders of files"))
def make_folders(community: Community, report: Report) -> None:
    """The tenant's own prefix of public files. An object store needs no folder."""
    storage = storages["default"]
    if isinstance(storage, FileSystemStorage):
        Path(storage.location).mkdir(parents=True, exist_ok=True)


__all__ = ["make_folders", "put_names", "refresh_search", "sync_site"]
