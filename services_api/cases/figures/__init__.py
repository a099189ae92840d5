"""Figures of the work on cases, for those who lead: how many came, how many were answered in time, how long it took.

What each word counts is said in docs/maintainers/figures.md and, for people, in docs/editors/cases.md.
"""

from services_api.cases.figures.counting import DIMENSIONS, Figures, Group, Report, may_see, report, share_in_time
from services_api.cases.figures.monthly import MonthlyFigures, monthly_figures, overdue_count
from services_api.cases.figures.periods import KINDS, Period, own, period_of

__all__ = [
    "DIMENSIONS",
    "KINDS",
    "Figures",
    "Group",
    "MonthlyFigures",
    "Period",
    "Report",
    "may_see",
    "monthly_figures",
    "overdue_count",
    "own",
    "period_of",
    "report",
    "share_in_time",
]
