"""Settlements: cards, and one settlement with its head, reception and organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from cms.phones import phone_href
from cms.records.models import Mandate, Organisation, SettlementCard
from cms.records.shown.pictures import CARD, drawn, prefetched

if TYPE_CHECKING:
    from cms.records.register import Asked


def kind_text(record: SettlementCard, language: str) -> str:
    """Town or village, in the active language."""
    return _("town") if record.is_town else _("village")


def _heads(language: str) -> dict[int | None, Mandate]:
    terms = Mandate.objects.current().published().filter(post=Mandate.Post.ADMINISTRATIVE_HEAD)
    return {term.settlement_id: term for term in terms.select_related("person") if term.person.title(language)}


def settlements(asked: Asked) -> dict[str, Any]:
    """All settlements with picture, population and administrative head."""
    language = asked.language
    heads = _heads(language)
    rows = asked.register.published(language).prefetch_related(prefetched("picture", CARD))
    cards = [
        {
            "title": row.title(language),
            "url": f"{asked.page.url}{row.address}/",
            "kind": kind_text(row, language),
            "is_town": row.is_town,
            "population": row.population,
            "picture": drawn(row.picture, CARD) if row.picture_id else None,
            "head": heads[row.pk].person.title(language) if row.pk in heads else "",
            "phone": row.phone,
            "phone_href": phone_href(row.phone),
        }
        for row in asked.register.ordered(rows)
    ]
    counted = [row["population"] for row in cards if row["population"]]
    return {"cards": cards, "population_total": sum(counted) if counted else None}


def settlement(asked: Asked) -> dict[str, Any]:
    """One settlement."""
    language = asked.language
    record: SettlementCard = asked.record
    head = _heads(language).get(record.pk)
    organisations = Organisation.objects.published().in_language(language).filter(settlement=record)
    page_url = _organisations_url(language) if organisations else ""
    return {
        "kind": kind_text(record, language),
        "alerts": _alerts(asked),
        "picture": drawn(record.picture, CARD) if record.picture_id else None,
        "head": {
            "name": head.person.title(language),
            "office": head.office(language),
            "url": _person_url(head, language),
            "phone": head.person.phone,
            "phone_href": phone_href(head.person.phone),
            "email": head.person.email,
            "reception": head.person.text("reception", language),
            "since": head.starts_on,
        }
        if head
        else None,
        "organisations": [
            {
                "title": row.title(language),
                "url": f"{page_url}{row.address}/" if page_url else "",
                "text": ", ".join(filter(None, (row.text("address", language), row.phone))),
            }
            for row in organisations
        ],
    }


def _alerts(asked: Asked) -> list[Any]:
    """Alerts in force or near for this settlement; those of the whole community stand above every page."""
    from cms import chrome

    name = asked.record.title(asked.language)
    return [alert for alert in chrome.announced_alerts(asked.request) if name in alert.place.split(", ")]


def _organisations_url(language: str) -> str:
    from cms.records.registers import registers

    return registers["organisations"].page_url(language)


def _person_url(term: Mandate, language: str) -> str:
    from cms.records.registers import registers

    url = registers["people"].page_url(language, "staff") or registers["people"].page_url(language)
    return f"{url}{term.person.address}/" if url else ""
