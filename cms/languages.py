"""Three languages, honestly: an address under /en/ never shows Armenian text.

A page that does not exist in the asked language is answered by a notice (404) that leads to the original and to the
nearest page that is translated; one that exists under another address is redirected to.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import translation
from wagtail.models import Locale, Page

from tenants.context import current_schema

if TYPE_CHECKING:
    from cms.models import HomePage
    from cms.models.base import BasePage

_ARMENIAN = re.compile("[\u0531-\u0556\u0561-\u0587]")
_LETTER = re.compile(r"[^\W\d_]")
# A translation may cite Armenian names; above this share of its letters it is not a translation.
MAX_ARMENIAN_SHARE = 0.15


def current_language() -> str:
    """Code of the active language, always one of the three."""
    code = (translation.get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def armenian_share(text: str) -> float:
    """Share of Armenian letters among the letters of a text, 0..1."""
    letters = len(_LETTER.findall(text))
    return len(_ARMENIAN.findall(text)) / letters if letters else 0.0


_codes: dict[str, dict[int, str]] = {}


def language_of(page: Page) -> str:
    """Code of the language of a page's tree, without a query for each page."""
    schema = current_schema()
    known = _codes.get(schema, {})
    if page.locale_id not in known:
        known = _codes[schema] = dict(Locale.all_objects.values_list("pk", "language_code"))
    return known[page.locale_id]


def has_honest_title(page: Page) -> bool:
    """The half of `is_honest` that needs no words of the body: for menus and lists."""
    if language_of(page) == settings.LANGUAGE_CODE:
        return True
    if page.alias_of_id and page.alias_of.locale_id != page.locale_id:
        return False
    return armenian_share(page.title) <= MAX_ARMENIAN_SHARE


def is_honest(page: BasePage) -> bool:
    """Whether a page is really in the language of its tree.

    An alias of another tree (made by wagtail-localize when trees are kept in step) and a translation that nobody has
    finished hold Armenian text; neither may be shown as English or Russian.
    """
    if language_of(page) == settings.LANGUAGE_CODE:
        return True
    return has_honest_title(page) and armenian_share(f"{page.lede} {page.body_text}") <= MAX_ARMENIAN_SHARE


def default_home(home: HomePage) -> HomePage | None:
    """The Armenian home page of the same site."""
    from cms.models import HomePage

    locale = Locale.get_default()
    return HomePage.objects.filter(translation_key=home.translation_key, locale=locale, live=True).first()


def translation_of(page: Page, language: str) -> Page | None:
    """The live, honest translation of a page, or None."""
    found = (
        Page.objects.filter(translation_key=page.translation_key, locale__language_code=language, live=True)
        .select_related("alias_of")
        .first()
    )
    if found is None:
        return None
    specific = found.specific
    return specific if is_honest(specific) else None


def nearest_translated(page: Page, language: str) -> Page | None:
    """The deepest ancestor of a page that exists in a language."""
    ancestors = page.get_ancestors().filter(depth__gt=1, live=True)
    keys = [ancestor.translation_key for ancestor in ancestors]
    translated = {
        candidate.translation_key: candidate
        for candidate in Page.objects.filter(translation_key__in=keys, locale__language_code=language, live=True)
        .exclude(alias_of__isnull=False)
        .specific()
        if is_honest(candidate)
    }
    return next((translated[key] for key in reversed(keys) if key in translated), None)


def answer_for_untranslated(request: HttpRequest, original: BasePage, language: str) -> HttpResponse:
    """What a visitor gets for a page that is not in the language of the address."""
    other = translation_of(original, language)
    if other is not None and other.url and other.url != request.path:
        return HttpResponseRedirect(other.url)
    nearest = nearest_translated(original, language)
    context: dict[str, Any] = {
        "asked": language,
        "original": {"title": original.title, "url": original.url, "code": language_of(original)},
        "nearest": {"title": nearest.title, "url": nearest.url} if nearest else None,
    }
    return TemplateResponse(request, "cms/not_translated.html", context, status=404)


__all__ = [
    "answer_for_untranslated",
    "armenian_share",
    "current_language",
    "default_home",
    "has_honest_title",
    "is_honest",
    "language_of",
    "nearest_translated",
    "translation_of",
]
