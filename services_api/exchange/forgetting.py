"""What the exchange keeps about an anonymised case: nothing that says who it was about."""

from __future__ import annotations

from uuid import UUID

from services_api.cases.public import forgets
from services_api.exchange.models import Outbox
from services_api.exchange.webhooks.models import Delivery
from tenants.context import current_schema, register

# What rows name beside the case: the event, the addressee's account, the kind of message. All else goes.
KEPT = frozenset({"case", "event", "message", "to", "mark", "subscription", "type", "sequence", "phase", "state", "at"})


@forgets
def forget_case(case: UUID) -> None:
    """Rows that were not sent have nobody to go to any more; codes, and the words of mail servers and of programs
    (they repeat addresses), go.

    A tenant's role may not change the outbox. The way through the wall is narrow: rows of the connection's own schema
    that name this case, and nothing is written but less than there was.
    """
    schema = current_schema()
    with register():
        # Of sent rows codes and errors are gone already.
        unsent = (Outbox.State.PENDING, Outbox.State.DEAD, Outbox.State.SKIPPED)
        for row in Outbox.objects.filter(schema=schema, state__in=unsent, payload__case=str(case)):
            row.payload = {name: value for name, value in row.payload.items() if name in KEPT}
            row.last_error = ""
            row.state, row.reason = Outbox.State.SKIPPED, ""
            row.save(update_fields=["payload", "last_error", "state", "reason"])
    Delivery.objects.filter(event_id__startswith=f"evt_{case.hex}_").update(text="")
