"""Why something was not sent, in the few words that decide what a person can do about it."""

from __future__ import annotations

import smtplib

from services_api.exchange.models import Outbox
from services_api.exchange.registry import SendingRefused
from tenants.background import UnknownTenant

Reason = Outbox.Reason
# The first class that fits. Errors of smtplib are OSErrors, too, so they come first.
_CLASSES: tuple[tuple[type[BaseException], Outbox.Reason], ...] = (
    (SendingRefused, Reason.GONE),
    (UnknownTenant, Reason.GONE),
    (smtplib.SMTPRecipientsRefused, Reason.ADDRESS),
    (smtplib.SMTPServerDisconnected, Reason.UNREACHABLE),
    (smtplib.SMTPConnectError, Reason.UNREACHABLE),
    (smtplib.SMTPException, Reason.REFUSED),
    (OSError, Reason.UNREACHABLE),
)


def reason_of(error: BaseException) -> Outbox.Reason:
    """What an error means to whoever looks at the list; what nobody has thought of is a fault of the program."""
    return next((reason for kind, reason in _CLASSES if isinstance(error, kind)), Reason.FAULT)
