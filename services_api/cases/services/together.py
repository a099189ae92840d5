"""For whom somebody applies, and who applies together: written with the case, confirmed by a link in a letter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from services_api.cases import events
from services_api.cases.actors import Actor
from services_api.cases.announcements import Announcement, announce
from services_api.cases.errors import TransitionRefused
from services_api.cases.general_steps import in_all_languages
from services_api.cases.models import Case, CaseEvent, CoApplicant, Representation
from services_api.cases.services.transitions import lock
from services_api.parties.public import record_organisation, record_person

TOKEN_LENGTH = 43
DAYS = 14
CONFIRMED = gettext_noop("A co-applicant has confirmed the application.")
DECLINED = gettext_noop("Somebody named as a co-applicant does not take part in the application.")


def record(case: Case, form: Mapping[str, Any], answers: Mapping[str, Any], event: CaseEvent) -> None:
    """Write down who stands beside the applicant, and ask co-applicants by letter. In the submitting transaction."""
    said = form.get("x-representation")
    if said is not None and answers.get(said["principal"]):
        _record_representation(case, said, answers)
    asked = form.get("x-co-applicants")
    if asked is not None:
        for row in answers.get(asked["field"]) or ():
            if row.get(asked["name"]) and row.get(asked["email"]):
                _invite(case, asked, row, event)


def _record_representation(case: Case, said: Mapping[str, Any], answers: Mapping[str, Any]) -> None:
    named = answers[said["principal"]]
    if "surname" in named:
        principal = record_person(
            surname=named["surname"], name=named["name"], patronymic=named.get("patronymic", "")
        )  # fmt: skip
    else:
        principal = record_organisation(name=named["name"])
    Representation.objects.create(
        case=case, principal=principal, basis=answers[said["basis"]], proof=str(said.get("proof", ""))
    )


def _invite(case: Case, asked: Mapping[str, Any], row: Mapping[str, Any], event: CaseEvent) -> None:
    named, token = row[asked["name"]], get_random_string(TOKEN_LENGTH)
    party = record_person(
        surname=named["surname"], name=named["name"], patronymic=named.get("patronymic", ""), email=row[asked["email"]]
    )  # fmt: skip
    language = str(row.get(str(asked.get("language", "")), "") or case.language)
    invited = CoApplicant.objects.create(
        case=case, party=party, language=language, digest=digest(token),
        expires_at=event.at + timedelta(days=int(asked.get("days", DAYS))),
    )  # fmt: skip
    announce(Announcement("co_applicant", case.uuid, event.sequence, token, mark=str(invited.pk)))


def digest(token: str) -> str:
    """What is kept of a link; it is looked up by it, so it is keyed and not salted by the row."""
    return salted_hmac("services_api.cases.co_applicant", token, algorithm="sha256").hexdigest()


def by_token(token: str) -> CoApplicant | None:
    """Whom a link asks; None for any other."""
    found = CoApplicant.objects.select_related("party", "case__applicant", "case__version__procedure")
    return found.filter(digest=digest(token), case__anonymised_at__isnull=True).first()


def answer(token: str, agrees: bool) -> CoApplicant:
    """What somebody says to being named; said twice, the first time counts. Raises TransitionRefused."""
    with transaction.atomic():
        found = by_token(token)
        if found is None:
            raise TransitionRefused(_("This link is not good any more."))
        case = lock(found.case.uuid)
        found.refresh_from_db(fields=["state", "answered_at"])
        if found.state != CoApplicant.State.INVITED:
            return found
        if case.is_closed or not found.is_waited_for():
            raise TransitionRefused(_("The time to confirm is over."))
        found.state = CoApplicant.State.CONFIRMED if agrees else CoApplicant.State.DECLINED
        found.answered_at = timezone.now()
        found.save(update_fields=["state", "answered_at"])
        actor = Actor(None, "", frozenset({"applicant"}))
        events.record(
            case, "co_applicant", actor, from_state=case.state,
            public_text=in_all_languages(CONFIRMED if agrees else DECLINED), details={"agrees": agrees},
        )  # fmt: skip
    return found


def waited_for(case: Case) -> bool:
    """Whether somebody who was named may still confirm and has not answered."""
    return any(each.is_waited_for() for each in CoApplicant.objects.filter(case=case))


def of_case(case: Case) -> tuple[Representation | None, list[CoApplicant]]:
    """For whom and with whom it was applied; no query for a form that asks for neither."""
    form = case.version.form
    representation = None
    # Answers know whether somebody else is named; they are empty when the case says nothing any more.
    if case.answers.get(form.get("x-representation", {}).get("principal")):
        representation = Representation.objects.filter(case=case).select_related("principal").first()
    together: list[CoApplicant] = []
    if "x-co-applicants" in form:
        together = list(CoApplicant.objects.filter(case=case).select_related("party").order_by("id"))
    return representation, together
