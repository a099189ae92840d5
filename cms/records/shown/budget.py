"""The budget of a year: totals, groups with bars, lines with quarters, what amendments changed, documents. AMD."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from cms.records.models import BudgetDocument, BudgetExecution, BudgetLine, BudgetYear
from cms.records.models.budget import QUARTERS
from cms.records.money import drams, millions, percent

if TYPE_CHECKING:
    from cms.records.register import Asked

# The bars are drawn in a box of this width; the number is a share of it, so that the drawing needs no style.
BAR = 1000


@dataclass(slots=True)
class Sum:
    """Sums of a group or a side. `done` is by quarter, since 1 January."""

    adopted: int = 0
    plan: int = 0
    done: dict[int, int] = field(default_factory=dict)

    def add(self, line: BudgetLine, executed: dict[int, int]) -> None:
        self.adopted += line.adopted
        self.plan += line.plan
        for quarter, amount in executed.items():
            self.done[quarter] = self.done.get(quarter, 0) + amount


def newest(asked: Asked) -> dict[str, Any]:
    """The page of the register itself: the newest budget."""
    asked.record = asked.register.ordered(asked.register.published(asked.language)).first()
    return of_year(asked) if asked.record is not None else {"budget": None}


def of_year(asked: Asked) -> dict[str, Any]:
    """Everything about the budget of `asked.record`."""
    record, language = asked.record, asked.language
    if record is None:
        raise Http404
    lines, executed = _read(record)
    quarters = sorted({quarter for amounts in executed.values() for quarter in amounts})
    last = quarters[-1] if quarters else None
    names = dict(QUARTERS)
    sides = [_side(side, label, lines, executed, quarters, language) for side, label in BudgetLine.Side.choices]
    shown_years = asked.register.ordered(asked.register.published(language))
    return {
        "budget": {
            "year": record.year,
            "title": record.title(language),
            "text": record.text("text", language),
            "status": record.get_status_display(),
            "is_draft": record.status == BudgetYear.Status.DRAFT,
            "decision": {"number": record.decision_number, "date": record.decision_date},
            "quarter": {"number": last, "label": names[last]} if last else None,
            "quarters": [{"number": quarter, "label": names[quarter]} for quarter in quarters],
            "sides": [side for side in sides if side["lines"]],
            "balance": _balance(sides),
            "data_url": f"{asked.page.url}{record.address}/",
        },
        "years": [
            {"year": other.year, "url": f"{asked.page.url}{other.address}/", "is_current": other.pk == record.pk}
            for other in shown_years
        ],
        "changes": _changes(lines, language),
        "documents": _documents(record, language),
    }


def _read(record: BudgetYear) -> tuple[list[BudgetLine], dict[int, dict[int, int]]]:
    """Lines of a budget, and for each what is executed by quarter."""
    lines = list(BudgetLine.objects.filter(budget=record).order_by("-side", "position", "pk"))
    executed: dict[int, dict[int, int]] = {}
    rows = BudgetExecution.objects.filter(line__budget=record).values_list("line_id", "quarter", "amount")
    for line, quarter, amount in rows:
        executed.setdefault(line, {})[quarter] = amount
    return lines, executed


def line_title(line: BudgetLine, language: str) -> str:
    """The name of a line; its group where the line has no name in the language."""
    return line.title(language) or str(line.get_group_display())


def _side(
    side: str,
    label: Any,
    lines: list[BudgetLine],
    executed: dict[int, dict[int, int]],
    quarters: list[int],
    language: str,
) -> dict[str, Any]:
    own = [line for line in lines if line.side == side]
    total = Sum()
    groups: dict[str, Sum] = {}
    for line in own:
        done = executed.get(line.pk, {})
        total.add(line, done)
        groups.setdefault(line.group, Sum()).add(line, done)
    last = quarters[-1] if quarters else 0
    names = dict(BudgetLine.Group.choices)
    largest = max([max(total.plan, *total.done.values(), 1) for total in groups.values()] or [1])
    ordered = sorted(groups.items(), key=lambda pair: -pair[1].plan)
    return {
        "side": side,
        "title": label,
        "total": _amounts(total, quarters),
        "groups": [
            {
                "title": names[code],
                **_amounts(sums, quarters),
                "plan_bar": round(sums.plan * BAR / largest),
                "done_bar": round(sums.done.get(last, 0) * BAR / largest),
                "share": percent(sums.plan, total.plan),
            }
            for code, sums in ordered
        ],
        "progress": [
            {
                "label": dict(QUARTERS)[quarter],
                "amount": drams(total.done.get(quarter, 0)),
                "percent": percent(total.done.get(quarter, 0), total.plan),
                "bar": min(round(total.done.get(quarter, 0) * BAR / total.plan), BAR) if total.plan else 0,
            }
            for quarter in quarters
        ],
        "lines": [
            {
                "code": line.code,
                "title": line_title(line, language),
                **_amounts(_sum_of(line, executed), quarters),
                "is_revised": line.plan != line.adopted,
            }
            for line in own
        ],
        "sums": total,
    }


def _sum_of(line: BudgetLine, executed: dict[int, dict[int, int]]) -> Sum:
    return Sum(line.adopted, line.plan, executed.get(line.pk, {}))


def _amounts(sums: Sum, quarters: list[int]) -> dict[str, Any]:
    last = quarters[-1] if quarters else 0
    return {
        "adopted": drams(sums.adopted),
        "plan": drams(sums.plan),
        "plan_millions": millions(sums.plan),
        "done": [drams(sums.done.get(quarter, 0)) for quarter in quarters],
        "done_last": drams(sums.done.get(last, 0)),
        "done_millions": millions(sums.done.get(last, 0)),
        "percent": percent(sums.done.get(last, 0), sums.plan),
    }


def _balance(sides: list[dict[str, Any]]) -> dict[str, Any]:
    """Income less expense by the plan: a surplus or a deficit."""
    income, expense = (side["sums"].plan for side in sides)
    difference = income - expense
    return {"is_deficit": difference < 0, "amount": drams(abs(difference)) if difference else ""}


def _changes(lines: list[BudgetLine], language: str) -> list[dict[str, Any]]:
    """What the amendments of the year changed, the largest change first."""
    revised = (line for line in lines if line.plan != line.adopted)
    changed = sorted(revised, key=lambda line: -abs(line.plan - line.adopted))
    return [
        {
            "title": line_title(line, language),
            "side": line.get_side_display(),
            "adopted": drams(line.adopted),
            "plan": drams(line.plan),
            "change": f"{'+' if line.plan > line.adopted else '−'}{drams(abs(line.plan - line.adopted))}",
        }
        for line in changed
    ]


def _documents(record: BudgetYear, language: str) -> list[dict[str, Any]]:
    rows = BudgetDocument.objects.published().in_language(language).filter(budget=record).select_related("file")
    return [
        {
            "title": row.title(language),
            "kind": row.get_kind_display(),
            "number": row.number,
            "date": row.date,
            "text": row.text("text", language),
            "file": row.file,
        }
        for row in rows
    ]


DATA_FIELDS = (
    ("year", _("budget year"), "integer", None),
    ("side", _("income or expense"), "string", None),
    ("group", _("group"), "string", None),
    ("code", _("budget code"), "string", None),
    ("title", _("name of the line"), "string", None),
    ("adopted", _("adopted plan, AMD"), "integer", "AMD"),
    ("revised", _("revised plan, AMD"), "integer", "AMD"),
    *((f"executed_q{number}", label, "integer", "AMD") for number, label in QUARTERS),
)


def data_rows(record: BudgetYear, language: str) -> list[list[Any]]:
    """The lines as open data, in the order of DATA_FIELDS; amounts are executed totals since 1 January."""
    lines, executed = _read(record)
    return [
        [
            record.year,
            line.side,
            line.group,
            line.code,
            line_title(line, language),
            line.adopted,
            line.plan,
            *(executed.get(line.pk, {}).get(number) for number, _label in QUARTERS),
        ]
        for line in lines
    ]


def data_fields() -> list[dict[str, Any]]:
    """The description of DATA_FIELDS for the JSON answer, labels in the active language."""
    fields = []
    for name, label, kind, unit in DATA_FIELDS:
        described = {"name": name, "label": str(label), "type": kind}
        fields.append({**described, "unit": unit} if unit else described)
    return fields
