"""Cases announce, the exchange writes it to the outbox: in the same transaction, once."""

from __future__ import annotations

from services_api.cases.public import Announcement, listen
from services_api.exchange.letters import TO_OFFICER
from services_api.exchange.services import enqueue


@listen
def enqueue_letter(announcement: Announcement) -> None:
    """One row a letter; the event's number, the message, the addressee and the mark keep it from coming twice."""
    payload = {"case": str(announcement.case), "event": announcement.sequence, "message": announcement.message}
    if announcement.code:
        payload["code"] = announcement.code
    key = f"mail:{announcement.case}:{announcement.sequence}:{announcement.message}"
    if announcement.to is not None:
        payload["to"] = announcement.to
        key += f":{announcement.to}"
    if announcement.mark:
        payload["mark"] = announcement.mark
        key += f":{announcement.mark}"
    enqueue("mail", payload, key, stream=f"mail:{announcement.case}:{_recipient(announcement)}")


def _recipient(announcement: Announcement) -> str:
    """Whom the letter goes to: letters of a case to one reader keep their order, letters to others do not wait."""
    if announcement.to is not None:
        return str(announcement.to)
    return "officer" if announcement.message in TO_OFFICER else "applicant"
