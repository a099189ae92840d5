"""What somebody may ask about their data: a copy of all of it, and that it be erased.

Each is done by an officer who has the right to, is written into the history, and is seen by the person.
"""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from services_api.cases import events, selectors
from services_api.cases.actors import staff
from services_api.cases.errors import TransitionRefused
from services_api.cases.models import Case
from services_api.cases.rights import GIVE_OUT
from services_api.cases.services.anonymising import anonymise
from services_api.cases.services.retention import kept_until
from services_api.cases.services.together import of_case
from services_api.cases.services.transitions import lock
from services_api.parties.public import Identifier, reads_of
from services_api.workdays.public import local

# So much of one person goes into one file.
MOST_CASES = 200


def cases_of_person(user: Any, case: Case) -> list[Case]:
    """This case and the others of the same person, known by a number, as far as the officer may see them."""
    digests = list(case.applicant.identifiers.values_list("digest", flat=True))
    same = Identifier.objects.filter(digest__in=digests).values_list("party_id", flat=True) if digests else []
    seen = selectors.visible_cases(user).filter(anonymised_at__isnull=True)
    others = seen.filter(applicant_id__in=same).exclude(pk=case.pk) if digests else Case.objects.none()
    return [case, *others.select_related("applicant", "version__procedure").order_by("pk")[: MOST_CASES - 1]]


def export(user: Any, case: Case) -> bytes:
    """Everything kept about the person of a case: `data.json` and the files, as a ZIP. Raises TransitionRefused."""
    _may(user)
    packed, actor = BytesIO(), staff(user)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        told = []
        for each in cases_of_person(user, case):
            told.append(_facts(each))
            for attachment in each.attachments.all():
                if attachment.is_released:
                    with attachment.file.open("rb") as content:
                        archive.writestr(f"files/{attachment.uuid}.{attachment.extension.lower()}", content.read())
            events.record(lock(each.uuid), "data_given", actor, from_state=each.state)
        data = {"made_at": timezone.now().isoformat(), "cases": told}
        archive.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=1, default=str))
    return packed.getvalue()


def erase(user: Any, case: UUID) -> Case:
    """Anonymise a case because the person asks for it. Raises TransitionRefused, with the reason, while it is kept."""
    _may(user)
    found = selectors.staff_case(user, case)
    if reason := why_kept(found):
        raise TransitionRefused(reason)
    return anonymise(case, actor=staff(user), why={"request": True})


def why_kept(case: Case) -> str:
    """Why the data of a case may not be erased now, for the officer and the letter to the person; "" when they may."""
    if case.anonymised_at is not None:
        return _("There is nothing about a person in this case any more.")
    if not case.is_closed:
        return _("The case is not closed yet.")
    until, rule = kept_until(case)
    if until is None or rule is None:
        return _("No term of keeping is set for this procedure. Set it first.")
    if until > timezone.now():
        return _("The law requires that it be kept until %(date)s: %(basis)s") % {
            "date": date_format(local(until), "DATE_FORMAT"),
            "basis": rule.legal_basis,
        }
    return ""


def _may(user: Any) -> None:
    if not user.has_perm(GIVE_OUT):
        raise TransitionRefused(_("You are not allowed to give out or erase the data of a person."))


def _facts(case: Case) -> dict[str, Any]:
    """One case in words and data; internal notes of the office are not the person's data."""
    party = case.applicant
    representation, together = of_case(case)
    return {
        "number": case.number,
        "procedure": case.version.procedure.name(),
        "subject": case.subject,
        "submitted_at": case.submitted_at,
        "closed_at": case.closed_at,
        "outcome": case.outcome,
        "applicant": {
            "name": party.display_name,
            "email": party.email,
            "phone": str(party.phone),
            "address": party.address,
            "numbers": {each.scheme: each.number for each in party.identifiers.all()},
        },
        "on_behalf_of": str(representation) if representation else None,
        "together_with": [str(each) for each in together],
        "answers": case.answers,
        "events": [{"at": each.at, "text": each.text()} for each in case.events.exclude(public_text={})],
        "letters": [
            {"at": each.at, "from": each.author_label, "text": each.text, "missing": each.missing}
            for each in case.messages.order_by("at")
        ],
        "decisions": [
            {"at": each.decided_at, "outcome": each.outcome, "text": each.text, "reasons": each.reasons}
            for each in case.decisions.all()
        ],
        "files": [
            {"name": each.name, "file": f"files/{each.uuid}.{each.extension.lower()}", "scan": each.scan_state}
            for each in case.attachments.all()
        ],
        "read_by": [{"at": each.at, "who": each.actor_label, "why": each.purpose} for each in reads_of(case.reference)],
        "rating": case.rating,
        "rating_text": case.rating_text,
    }
