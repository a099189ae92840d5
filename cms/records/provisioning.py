"""The records' step of connecting a community: a card for each settlement of the register."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from cms.records.models import SettlementCard
from cms.search import watching
from tenants.models import Community
from tenants.provisioning import register_step

Report = Callable[[str], None]


@register_step("settlements", order=35, label=_("Cards of the settlements"))
def make_settlement_cards(community: Community, report: Report) -> None:
    """Missing cards are made, population follows the register; what people wrote stays."""
    known = {card.settlement_id: card for card in SettlementCard.objects.all()}
    # After a restore under another name the register's numbers differ, the names do not.
    by_name = {card.name_hy: card for card in known.values()}
    taken = {card.slug for card in known.values()}
    made, now = [], timezone.now()
    for place in community.settlements.all():
        card = known.get(place.pk) or by_name.get(place.name_hy)
        if card is not None:
            card.settlement_id, card.name_hy = place.pk, place.name_hy
            card.is_town = place.kind == place.Kind.TOWN
            card.population, card.population_date = place.population, place.population_date
            card.save(update_fields=["settlement_id", "name_hy", "is_town", "population", "population_date"])
            continue
        slug = slugify(place.name_en) or f"settlement-{place.pk}"
        slug = f"{slug}-{place.pk}" if slug in taken else slug
        taken.add(slug)
        made.append(
            SettlementCard(
                settlement_id=place.pk,
                name_hy=place.name_hy,
                title_hy=place.name_hy,
                title_en=place.name_en,
                title_ru=place.name_ru,
                slug=slug,
                is_town=place.kind == place.Kind.TOWN,
                population=place.population,
                population_date=place.population_date,
                is_published=True,
                published_at=now,
            )
        )
    SettlementCard.objects.bulk_create(made)
    # Rows made in bulk send no signals.
    watching.look_again("records.settlements", ["*"])


__all__ = ["make_settlement_cards"]
