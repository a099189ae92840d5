"""The inner evaluators: each looks at one kind of evidence and answers with a finding.

An evaluator takes a duty and the community's facts and asks nothing that the facts do not remember, so that all duties
together cost a bounded number of queries. Its options are declared and checked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.disclosure.facts import REGISTERS, Facts, PageFacts
from cms.disclosure.findings import Finding, at, dated, missing, published
from cms.disclosure.models import PublicationDuty, Verdict

Look = Callable[[PublicationDuty, Facts], Finding]


@dataclass(frozen=True, slots=True)
class Evaluator:
    """A check and the options that it understands, with the type of each."""

    look: Look
    options: Mapping[str, type]


_evaluators: dict[str, Evaluator] = {}


def evaluator(name: str, **options: type) -> Callable[[Look], Look]:
    """Decorator: this function looks after duties whose evaluator has this name; `options`: name -> type."""

    def decorate(function: Look) -> Look:
        _evaluators[name] = Evaluator(function, options)
        return function

    return decorate


def names() -> list[str]:
    """Names of all evaluators."""
    return sorted(_evaluators)


def check_options(duty: PublicationDuty) -> None:
    """Raises ValidationError for an unknown evaluator, register or option, and for an option of a wrong type."""
    known = _evaluators.get(duty.evaluator)
    if known is None:
        raise ValidationError({"evaluator": _("There is no check of this name.")})
    if duty.register and duty.register not in REGISTERS:
        raise ValidationError({"register": _("There is no register of this name.")})
    for name, value in duty.options.items():
        if name not in known.options:
            raise ValidationError({"options": _("The check does not know the option «%(name)s».") % {"name": name}})
        if not isinstance(value, known.options[name]):
            raise ValidationError({"options": _("The option «%(name)s» has a wrong value.") % {"name": name}})


def evaluate(duty: PublicationDuty, facts: Facts) -> Finding:
    """What the community's publications say about a duty on the day of the facts, with the address of the place."""
    if duty.min_population and (facts.community.population or duty.min_population) < duty.min_population:
        return Finding(Verdict.NOT_APPLICABLE, "small", {"number": duty.min_population})
    if duty.applies_to == PublicationDuty.AppliesTo.MERGED and facts.settlements < 2:
        return Finding(Verdict.NOT_APPLICABLE, "single")
    known = _evaluators.get(duty.evaluator)
    if known is None:
        return missing("unchecked")
    place = first_page(duty, facts)
    return at(known.look(duty, facts), place.url if place else "")


def first_page(duty: PublicationDuty, facts: Facts) -> PageFacts | None:
    """The first of the duty's pages that is published."""
    return next((page for key in duty.page_keys if (page := facts.page(key))), None)


@evaluator("page", mentions=list, starter_counts=bool)
def page(duty: PublicationDuty, facts: Facts) -> Finding:
    """Prose of a seeded page, published by a person; `mentions`: word stems of which one has to be there."""
    pages = [found for key in duty.page_keys if (found := facts.page(key))]
    if not pages:
        return missing("no_page")
    findings = [_page(duty, each, facts) for each in pages]
    return next((finding for finding in findings if finding.verdict != Verdict.FAIL), findings[0])


def _page(duty: PublicationDuty, each: PageFacts, facts: Facts) -> Finding:
    starter_is_enough = duty.options.get("starter_counts", False) and each.has_starter
    if not each.has_content and not (starter_is_enough and each.published_on):
        return missing("starter" if each.has_starter or each.published_on is None else "empty", url=each.url)
    if not each.mentions(duty.options.get("mentions", ())):
        return missing("off_topic", url=each.url)
    return published(duty, each.newest_on, facts.today, url=each.url)


@evaluator("records", minimum=int, kinds=list, dated_by=str, or_page=bool, mentions=list)
def records(duty: PublicationDuty, facts: Facts) -> Finding:
    """Records of a register; `or_page`: a text on the page will do, such as «there is no vacancy now».

    `dated_by`: "date" (of the fact, the default) or "changed" (for lists that are kept up to date).
    """
    found = facts.records(duty.register, duty.options.get("kinds", ()))
    needed = duty.options.get("minimum", 1)
    if found.count >= needed:
        newest = found.changed_on if duty.options.get("dated_by") == "changed" else found.newest_on
        finding = published(duty, newest, facts.today)
    elif found.count:
        finding = missing("too_few", count=found.count, needed=needed)
    else:
        finding = missing("no_records")
    return _or_page(finding, duty, facts)


@evaluator("people", bodies=list)
def people(duty: PublicationDuty, facts: Facts) -> Finding:
    """People in office today in bodies of all these kinds; the oldest of the bodies counts."""
    wanted = duty.options.get("bodies", [])
    absent = [kind for kind in wanted if kind not in facts.offices]
    if absent:
        return missing("lacks", parts=absent)
    changed = [day for kind in wanted if (day := facts.offices[kind].changed_on)]
    return published(duty, min(changed, default=None), facts.today)


@evaluator("budget", part=str)
def budget(duty: PublicationDuty, facts: Facts) -> Finding:
    """`part` "plan": this year's budget, adopted, as data; "execution": the last reported quarter is not too old."""
    if duty.options.get("part") == "execution":
        if facts.executed_to is None:
            return missing("no_execution")
        return published(duty, facts.executed_to, facts.today)
    year = facts.today.year
    if year in facts.budgets:
        return Finding(Verdict.PASS, "fresh", {"date": facts.budgets[year].isoformat()}, "", facts.budgets[year])
    if year - 1 in facts.budgets:
        # The council adopts the budget before the year begins; the days of grace count from New Year.
        last_day = facts.today.replace(year=year - 1, month=12, day=31)
        return dated(facts.budgets[year - 1], last_day, duty.grace_days, facts.today)
    return missing("no_budget", year=year)


@evaluator("profile", fields=list)
def profile(duty: PublicationDuty, facts: Facts) -> Finding:
    """Contacts of the site profile and of the contact page."""
    absent = [name for name in duty.options.get("fields", []) if not facts.profile.get(name)]
    return missing("lacks", parts=absent) if absent else Finding(Verdict.PASS, "there")


@evaluator("services", minimum=int)
def services(duty: PublicationDuty, facts: Facts) -> Finding:
    """Services that residents may apply for."""
    needed = duty.options.get("minimum", 1)
    if facts.services >= needed:
        return Finding(Verdict.PASS, "there")
    return missing("too_few", count=facts.services, needed=needed) if facts.services else missing("no_services")


@evaluator("notices", announcements=list, consultations=list, or_page=bool, mentions=list)
def notices(duty: PublicationDuty, facts: Facts) -> Finding:
    """The newest announcement or consultation of one of these kinds."""
    wanted = [("announcement", kind) for kind in duty.options.get("announcements", [])]
    wanted += [("consultation", kind) for kind in duty.options.get("consultations", [])]
    newest = max((facts.notices[each] for each in wanted if each in facts.notices), default=None)
    finding = published(duty, newest[0], facts.today, url=newest[1]) if newest else missing("empty")
    return _or_page(finding, duty, facts)


def _or_page(finding: Finding, duty: PublicationDuty, facts: Facts) -> Finding:
    """Where a text on the page will do as well, the better of both."""
    if finding.verdict != Verdict.FAIL or not duty.options.get("or_page"):
        return finding
    on_page = page(duty, facts)
    if on_page.verdict != Verdict.FAIL:
        return on_page
    # What is out of date says more than what is not there.
    return finding if finding.newest_on else on_page if on_page.newest_on else finding
