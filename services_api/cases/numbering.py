"""Numbers without gaps: given last in the transaction, from a locked counter; a rollback gives the number back."""

from __future__ import annotations

from django.db import transaction

from services_api.cases.models import NumberCounter, NumberSeries

# How the series of a family is written unless the community has decided otherwise; first letters of the Armenian
# words (դիմում, հարցում, բողոք, ահազանգ, թույլտվություն, տեղեկանք, որոշում, մուտք, ելք, ներքին).
PATTERNS = {
    "application": "Դ-{year}/{index}",
    "inquiry": "Հ-{year}/{index}",
    "complaint": "Բ-{year}/{index}",
    "hotline": "Ա-{year}/{index}",
    "permit": "Թ-{year}/{index}",
    "certificate": "Տ-{year}/{index}",
    "legal_act": "Ո-{year}/{index}",
    "incoming": "Մ-{year}/{index}",
    "outgoing": "Ե-{year}/{index}",
    "internal": "Ն-{year}/{index}",
}


def next_number(series_code: str, year: int) -> str:
    """The next number of a series. Must be called inside the transaction that uses it, as its last write.

    Others that want a number of the same series wait until that transaction ends, hence "last".
    Raises NumberSeries.DoesNotExist, TransactionManagementError outside a transaction.
    """
    series = NumberSeries.objects.get(code=series_code)
    NumberCounter.objects.bulk_create([NumberCounter(series=series, year=year)], ignore_conflicts=True)
    counter = NumberCounter.objects.select_for_update().get(series=series, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return series.write(year, counter.last)


@transaction.atomic
def ensure_series() -> None:
    """Every family of procedures has its series. Patterns that somebody changed stay."""
    for code, pattern in PATTERNS.items():
        NumberSeries.objects.get_or_create(code=code, defaults={"pattern": pattern})
