"""What the website need not keep any longer. Parts name their rule here; the dispatcher starts it for each community.

Periods are decisions of this project, not of a law; they stand beside each rule and in docs/operators.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

# How often one asks; a rule deletes what its own period has passed.
EVERY_SECONDS = 6 * 3600.0
# What people sent by a form holds their data: so long as a matter can come back, and no longer.
SUBMISSIONS_KEPT = timedelta(days=2 * 365)
Rule = Callable[[], int]
_rules: dict[str, Rule] = {}


def forget(name: str, rule: Rule) -> None:
    """Add a rule: it runs in the tenant, deletes what is too old and returns how many rows. It may run twice."""
    _rules[name] = rule


def forget_all() -> dict[str, int]:
    """Apply all rules to the current tenant; how many rows each has deleted."""
    return {name: rule() for name, rule in _rules.items()}


def old_submissions() -> int:
    """Answers to the community's own forms."""
    from wagtail.contrib.forms.models import FormSubmission

    return FormSubmission.objects.filter(submit_time__lt=timezone.now() - SUBMISSIONS_KEPT).delete()[0]


forget("forms", old_submissions)

__all__ = ["EVERY_SECONDS", "SUBMISSIONS_KEPT", "forget", "forget_all", "old_submissions"]
