"""Public records by program: demo content, imports, tests. Runs inside a tenant; everything may be repeated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from io import BytesIO
from typing import Any, TypeVar, cast

from django.core.files.base import ContentFile

from cms.models import SiteDocument
from cms.records.models import (
    BudgetDocument,
    BudgetExecution,
    BudgetLine,
    BudgetYear,
    RegisterRecord,
    SettlementCard,
)

Words = Mapping[str, str]
AnyRecord = TypeVar("AnyRecord", bound=RegisterRecord)


def spread(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Words in several languages as columns: {"head": {"hy": …, "en": …}} -> head_hy, head_en."""
    columns: dict[str, Any] = {}
    for name, value in fields.items():
        if isinstance(value, Mapping):
            columns.update({f"{name}_{language}": words for language, words in value.items()})
        else:
            columns[name] = value
    return columns


def add(model: type[AnyRecord], title: Words, *, published: bool = True, **fields: Any) -> AnyRecord:
    """A record with its fields; words in languages are mappings. Idempotent by Armenian title and date."""
    match = {"title_hy": title["hy"]}
    if "date" in fields:
        match["date"] = fields["date"]
    found = model._default_manager.filter(**match).first()
    if found is not None:
        return cast(AnyRecord, found)
    record = model(**spread({"title": title, "is_published": published, **fields}))
    record.full_clean()
    record.save()
    return record


def add_file(title: str, data: bytes, name: str) -> SiteDocument:
    """A document to link from records. The same title is not added twice."""
    found = SiteDocument.objects.filter(title=title).first()
    if found is not None:
        return found
    return SiteDocument.objects.create(title=title, file=ContentFile(BytesIO(data).read(), name))


def describe_settlement(name: str, **fields: Any) -> SettlementCard:
    """Fill in the card of a settlement of the register, by its Armenian name. Raises SettlementCard.DoesNotExist."""
    card: SettlementCard = SettlementCard.objects.get(name_hy=name)
    for column, value in spread(fields).items():
        setattr(card, column, value)
    card.full_clean()
    card.save()
    return card


def set_budget(
    year: int,
    title: Words,
    *,
    status: str = "adopted",
    number: str = "",
    decided_on: date | None = None,
    lines: Iterable[tuple[str, str, str, Words, int, int | None, tuple[int, ...]]] = (),
    text: Words | None = None,
    published: bool = True,
) -> BudgetYear:
    """A budget with its lines: (side, group, code, title, adopted, revised, executed by quarter), whole AMD.

    Executed amounts are totals since 1 January. The lines of a budget that exists are replaced.
    """
    columns = spread({"title": title, "text": text or {}})
    budget, _created = BudgetYear.objects.update_or_create(
        year=year,
        defaults={
            **columns,
            "date": decided_on or date(year - 1, 12, 20),
            "status": status,
            "decision_number": number,
            "decision_date": decided_on,
            "is_published": published,
        },
    )
    BudgetLine.objects.filter(budget=budget).delete()
    executed = []
    for position, (side, group, code, words, adopted, revised, quarters) in enumerate(lines):
        line = BudgetLine.objects.create(
            budget=budget, side=side, group=group, code=code, adopted=adopted, revised=revised, position=position,
            **spread({"title": words}),
        )  # fmt: skip
        executed += [BudgetExecution(line=line, quarter=n, amount=sum_) for n, sum_ in enumerate(quarters, 1)]
    BudgetExecution.objects.bulk_create(executed)
    return budget


def add_budget_document(budget: BudgetYear, kind: str, title: Words, on: date, **fields: Any) -> BudgetDocument:
    """A document of a budget: draft, adopted, amendment, quarterly (with `quarter`), annual."""
    return add(BudgetDocument, title, budget=budget, kind=kind, date=on, **fields)


__all__ = ["add", "add_budget_document", "add_file", "describe_settlement", "set_budget", "spread"]
