"""The receipt of an application (ստացական): what was received, when, until when it is answered, how it is followed."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from services_api.cases.models import Case
from services_api.cases.paper.render import render
from services_api.cases.paper.where import frame, moment
from services_api.cases.services.together import of_case
from services_api.procedures.public import pick
from services_api.workdays.public import local


def receipt_pdf(case: Case, code: str = "") -> bytes:
    """The receipt in the reader's language. `code` is the tracking code in groups, "" when it is not known any more."""
    facts: list[dict[str, Any]] = [{"label": _("Number of the application"), "value": case.number or "", "large": True}]
    if code:
        facts.append({"label": _("Tracking code"), "value": code, "large": True})
    facts += [
        {"label": _("Procedure"), "value": case.version.procedure.name()},
        {"label": _("Subject"), "value": case.subject},
        {"label": _("Applicant"), "value": case.applicant.display_name},
        *_beside(case),
        {"label": _("Received"), "value": moment(case.submitted_at)},
        {"label": _("Registered"), "value": moment(case.registered_at)},
    ]
    if case.due_at is not None:
        day = date_format(local(case.due_at), "DATE_FORMAT")
        facts.append({"label": _("You will get the answer by"), "value": day})
    files = ", ".join(each.name for each in case.attachments.all() if not each.decision_id and not each.message_id)
    if files:
        facts.append({"label": _("Attached documents"), "value": files})
    return render(
        "receipt",
        {
            **frame(case, _("Receipt of the application")),
            "facts": facts,
            "next_title": _("What happens next?"),
            "next": [pick(each) for each in case.version.texts.get("next_steps", [])],
            "note": _("Keep the number and the code: with them you follow the application, without registering."),
        },
    )


def _beside(case: Case) -> list[dict[str, Any]]:
    """For whom and with whom it was applied."""
    representation, together = of_case(case)
    facts: list[dict[str, Any]] = [{"label": _("On behalf of"), "value": str(representation)}] if representation else []
    if together:
        facts.append({"label": _("Together with"), "value": ", ".join(each.party.display_name for each in together)})
    return facts
