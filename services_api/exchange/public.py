"""What other rooms may use of the exchange."""

from services_api.exchange.registry import Failure, Item, NotNeeded, Postponed, SendingRefused, handles
from services_api.exchange.relay import Relayed, relay
from services_api.exchange.selectors import summary, tenants_with_due_work
from services_api.exchange.services import enqueue, enqueue_many, replay, wake

__all__ = [
    "Failure",
    "Item",
    "NotNeeded",
    "Postponed",
    "Relayed",
    "SendingRefused",
    "enqueue",
    "enqueue_many",
    "handles",
    "relay",
    "replay",
    "summary",
    "tenants_with_due_work",
    "wake",
]
