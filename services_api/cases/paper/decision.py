"""The decision as a paper: the answer, its reasons, how to appeal, who decided."""

from __future__ import annotations

from django.utils.translation import gettext as _

from services_api.cases.models import Case, Decision
from services_api.cases.paper.render import render
from services_api.cases.paper.where import frame, moment
from services_api.procedures.public import pick


def decision_pdf(case: Case, decision: Decision) -> bytes:
    """The decision in the reader's language; its own words stay as they were written."""
    return render(
        "decision",
        {
            **frame(case, _("Answer to application %(number)s") % {"number": case.number}),
            "facts": [
                {"label": _("Applicant"), "value": case.applicant.display_name},
                {"label": _("Subject"), "value": case.subject},
                {"label": _("Outcome"), "value": str(decision.get_outcome_display())},
                {"label": _("Decided"), "value": moment(decision.decided_at)},
            ],
            "text_title": _("Answer"),
            "text": decision.text,
            "reasons_title": _("Reasons"),
            "reasons": decision.reasons,
            "appeal_title": _("How to appeal?"),
            "appeal": pick(case.version.texts.get("card", {}).get("appeal")),
            "by_title": _("Decided by"),
            "by": decision.decided_by,
        },
    )
