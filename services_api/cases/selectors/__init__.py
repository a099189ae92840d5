"""Every read of cases. What staff see passes through `visible_cases`; what a resident sees, through number and code."""

from services_api.cases.selectors.letters import (
    CaseFacts,
    Letter,
    case_and_officers,
    case_facts,
    case_numbers,
    facts_for_letter,
)
from services_api.cases.selectors.lists import lists_of, units_of
from services_api.cases.selectors.narrowing import Narrowing, narrowed
from services_api.cases.selectors.residents import by_number_and_code, case_for_resident, normalised_number
from services_api.cases.selectors.staff import (
    MOST_COUNTED,
    Filters,
    Story,
    changes_since,
    counts,
    heads,
    inbox,
    inbox_choices,
    my_tasks,
    relations_of,
    responsible_people,
    staff_case,
    staff_task,
    story_of,
    superiors,
    tasks_of_case,
    uploads_by_id,
    visible_cases,
)
from services_api.cases.selectors.tokens import tokens_for

__all__ = [
    "MOST_COUNTED",
    "CaseFacts",
    "Filters",
    "Letter",
    "Narrowing",
    "Story",
    "by_number_and_code",
    "case_and_officers",
    "case_facts",
    "case_for_resident",
    "case_numbers",
    "changes_since",
    "counts",
    "facts_for_letter",
    "heads",
    "inbox",
    "inbox_choices",
    "lists_of",
    "my_tasks",
    "narrowed",
    "normalised_number",
    "relations_of",
    "responsible_people",
    "staff_case",
    "staff_task",
    "story_of",
    "superiors",
    "tasks_of_case",
    "tokens_for",
    "units_of",
    "uploads_by_id",
    "visible_cases",
]
