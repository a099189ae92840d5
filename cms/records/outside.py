"""What others ask of the registers: the site map for search engines, and addresses of the earlier system."""

from __future__ import annotations

from collections.abc import Iterator

from cms.models.legacy import LegacyAddress
from cms.records.models import RegisterRecord
from cms.records.registers import registers
from cms.views.robots import Address, add_to_site_map

Kind = LegacyAddress.Kind
# The earlier system counted each kind for itself, so a number alone says nothing.
_KINDS: dict[str, tuple[str, ...]] = {
    Kind.DOCUMENT: ("programmes", "reports", "procurement"),
    Kind.ANNOUNCEMENT: ("vacancies", "auctions", "procurement"),
    Kind.EVENT: ("videos",),
    Kind.BUDGET: ("budget",),
}


@add_to_site_map
def public_records() -> Iterator[Address]:
    """Details of all published records, in the languages that they have. One query for the pages, one for each
    register that a page shows."""
    from cms.models import RegisterPage

    pages: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for page in RegisterPage.objects.live().select_related("locale").order_by("register", "part", "pk"):
        if page.url and page.is_honest:
            places = pages.setdefault((page.register, page.part), [])
            places.append((page.locale.language_code, page.url))
    told: set[tuple[str, str]] = set()
    for (code, part), places in pages.items():
        register = registers[code]
        for record in register.rows(part).defer("text_hy", "text_en", "text_ru").iterator(chunk_size=2000):
            for language, url in places:
                key = (f"record:{record.uuid}", language)
                if getattr(record, f"title_{language}") and key not in told:
                    told.add(key)
                    yield Address(key[0], f"{url}{record.address}/", language, record.updated_at)


def place_of_legacy(kind: str, old_id: str, language: str) -> str:
    """Public address of the record that has taken over an old identifier (any case), "" when none has."""
    for code in _KINDS.get(kind, ()):
        register = registers[code]
        record: RegisterRecord | None = register.rows().filter(legacy_id__iexact=old_id).order_by("pk").first()
        if record is not None:
            return register.record_url(record, language) or register.record_url(record, "hy")
    return ""


__all__ = ["place_of_legacy", "public_records"]
