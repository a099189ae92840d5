"""Who applies, and about what, out of the answers: by the kind of the question, not by its wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from services_api.parties.public import Party, armenian_mobile, identifiers, record_organisation, record_person
from services_api.procedures.public import FormDefinition, PublishedVersion, as_text

SUBJECT_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Contact:
    """How the applicant is reached."""

    email: str
    phone: str
    address: str


def contact_of(definition: FormDefinition, answers: Mapping[str, Any]) -> Contact:
    """The first e-mail and phone asked for, and the answer `address` (in parts or in words) or `residence`."""
    address = answers.get("address") or answers.get("residence") or ""
    if isinstance(address, Mapping):
        asked = definition.field("address")
        address = as_text(asked, address) if asked is not None else ""
    return Contact(
        email=_first(definition, answers, "email"),
        phone=_first(definition, answers, "phone"),
        address=str(address)[:300],
    )


def short_messages_are_sent() -> bool:
    """Whether this installation has a way to send any."""
    return bool(settings.SMS_GATEWAY != "off")


def mobile_of(definition: FormDefinition, answers: Mapping[str, Any]) -> str:
    """The number for short messages, where this installation sends them and the phone is an Armenian mobile one."""
    if not short_messages_are_sent():
        return ""
    return armenian_mobile(contact_of(definition, answers).phone)


def short_messages_go_to(definition: FormDefinition) -> str | None:
    """The question whose mobile number short messages go to; None where none are sent, or nobody is asked for one."""
    if not short_messages_are_sent():
        return None
    return next((each.code for each in definition if each.kind == "phone"), None)


def record_applicant(definition: FormDefinition, answers: Mapping[str, Any]) -> Party:
    """Write down who applies: the organisation of the question `organisation` (a person then speaks for it),
    otherwise the first person asked for, otherwise `organisation` as words.

    Raises LookupError when the form asks for neither.
    """
    contact = contact_of(definition, answers)
    reached = {"email": contact.email, "phone": contact.phone, "address": contact.address}
    company = answers.get("organisation")
    if isinstance(company, Mapping):
        party = record_organisation(name=company["name"], **reached)
        identifiers.keep(party, dict(identifiers.numbers_in(company)))
        return party
    person = _first(definition, answers, "person", empty={})
    if person:
        party = record_person(
            surname=person["surname"], name=person["name"], patronymic=person.get("patronymic", ""), **reached
        )
        identifiers.keep(party, _numbers_of_person(definition, answers))
        return party
    organisation = str(company or "").strip()
    if not organisation:
        raise LookupError("The form asks for no applicant (a question of the kind person, or `organisation`).")
    return record_organisation(name=organisation[:300], **reached)


def _numbers_of_person(definition: FormDefinition, answers: Mapping[str, Any]) -> dict[str, str]:
    """The number of whoever applies: the question that stands in one group with the name. Another group's is another's
    (a child's, for example)."""
    for group in definition.groups:
        if any(each.kind == "person" and answers.get(each.code) for each in group.fields):
            given = [answers.get(each.code) for each in group.fields if each.kind == "psn"]
            return dict(number for each in given if each for number in identifiers.numbers_in(each))
    return {}


def settlement_of(definition: FormDefinition, answers: Mapping[str, Any]) -> str:
    """Armenian name of the settlement that the matter is about, otherwise of an address; "" when none is asked for."""
    address = _first(definition, answers, "address", empty={})
    return str(_first(definition, answers, "settlement") or address.get("settlement", ""))[:100]


def subject_of(version: PublishedVersion, answers: Mapping[str, Any]) -> str:
    """The answer `subject`, otherwise the procedure's Armenian name."""
    given = str(answers.get("subject") or "").strip()
    return (given or version.name("hy"))[:SUBJECT_LENGTH]


def _first(definition: FormDefinition, answers: Mapping[str, Any], kind: str, empty: Any = "") -> Any:
    return next((answers[each.code] for each in definition if each.kind == kind and answers.get(each.code)), empty)
