"""Cases announce, the exchange writes it to the outbox: in the same transaction, once."""

from __future__ import annotations

from services_api.cases.public import Announcement, listen
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
    enqueue("mail", payload, key)
