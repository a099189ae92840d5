"""The published procedures as the website shows them. The one place where cms meets services_api.procedures."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import nh3
from django.conf import settings

from cms.addresses import application_address, prefix, service_address
from cms.languages import MAX_ARMENIAN_SHARE, armenian_share
from services_api.procedures import public as procedures

# The headings of a card whose texts are looked for.
HEADINGS = procedures.CARD_HEADINGS
# What the text of a card may hold; it is data of a procedure and not written in our editor.
CARD_TAGS = {"p", "ul", "ol", "li", "a", "b", "strong", "em", "i", "br", "h3"}


def clean_html(html: str) -> str:
    """HTML that may be shown as it is."""
    return nh3.clean(html, tags=CARD_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto", "tel"})


def _is_in(card: procedures.ProcedureCard, language: str) -> bool:
    """The catalogue falls back to Armenian where a text is missing; under /en/ such a service is left out."""
    if language == settings.LANGUAGE_CODE:
        return True
    return max(armenian_share(card.name), armenian_share(card.summary)) <= MAX_ARMENIAN_SHARE


def published(language: str) -> list[dict[str, Any]]:
    """Services that residents may apply for, in the order of the catalogue."""
    return [
        {
            "code": card.code,
            "title": card.name,
            "text": card.summary,
            "url": service_address(card.code, language),
            "is_online": bool(card.apply_path),
        }
        for card in procedures.published_procedures(language)
        if _is_in(card, language)
    ]


def is_published(code: str) -> bool:
    """Whether the code is one of a service that can be applied for."""
    return procedures.published_procedure(code) is not None


def card(code: str, language: str) -> SimpleNamespace | None:
    """The service's page (13 headings, themes/README.md), None when it does not exist in the language."""
    found = procedures.published_procedure(code, language)
    if found is None or not _is_in(found, language):
        return None
    # An object, since templates and themes ask for attributes: a mapping would answer `get` with its own method.
    return SimpleNamespace(
        title=found.name,
        lede=found.summary,
        **{heading: clean_html(html) for heading, html in found.card.items()},
        faq=[{"question": row["question"], "answer": clean_html(row["answer"])} for row in found.faq],
        facts=list(found.facts),
        apply_url=application_address(code, language) if found.apply_path else "",
        updated_at=None,
        reviewed_until=None,
    )


def catalogue_url(language: str) -> str:
    """Address of the catalogue."""
    return f"{prefix(language)}services/"
