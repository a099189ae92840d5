"""Pages of every type by program: demo content, imports. Runs inside a tenant; part of cms.authoring."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid5

from django.utils import timezone
from wagtail.models import Locale, Page

from cms.models.base import BasePage
from cms.seeds.tree import as_stream, translation_key

_PAGES = UUID("7a3f6c5e-0d0b-5b7e-9a35-2d1d6b0c9e01")


def page_key(key: str) -> UUID:
    """The translation key of a page that `add_page` has made under this name."""
    return uuid5(_PAGES, key)


def add_page(
    model: type[BasePage],
    key: str | UUID,
    language: str,
    *,
    below: str | UUID,
    title: str,
    slug: str,
    text: Sequence[str] = (),
    published_on: date | None = None,
    **fields: Any,
) -> BasePage:
    """Publish a page; the same key in another language is its translation. Idempotent by key and language.

    `key`: a name, or the translation key itself. `below`: key of a seeded page («events»), or the translation key of
    another one. `text`: the body in the lines of the starter texts ("## heading", "! title | notice",
    "? question | answer", HTML). `published_on` is a day in Yerevan. Raises Page.DoesNotExist when the parent is not
    there in the language, ValidationError for what the type refuses.
    """
    locale = Locale.objects.get(language_code=language)
    own_key = key if isinstance(key, UUID) else page_key(key)
    found = model._default_manager.filter(translation_key=own_key, locale=locale).first()
    if found is not None:
        return found
    parent_key = below if isinstance(below, UUID) else translation_key(below)
    parent = Page.objects.get(translation_key=parent_key, locale=locale)
    moment = timezone.make_aware(datetime.combine(published_on, time(10))) if published_on else timezone.now()
    if published_on and any(field.name == "published_on" for field in model._meta.local_fields):
        fields["published_on"] = published_on
    if text:
        fields["body"] = as_stream(list(text))
    page = model(
        title=title,
        slug=slug,
        locale=locale,
        translation_key=own_key,
        live=True,
        first_published_at=moment,
        last_published_at=moment,
        **fields,
    )
    page.clean()
    parent.add_child(instance=page)
    return page


__all__ = ["add_page", "page_key"]
