"""The demo mailbox: the letters that this machine would have sent."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from services_api.exchange import mail
from services_api.exchange.sms.gateways import messages


def _demo_only(view: Any) -> Any:
    """Letters hold codes: the mailbox exists only where the demo logins exist, on one machine's loopback."""

    @never_cache
    @require_GET
    @wraps(view)
    def checked(request: HttpRequest, **arguments: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, **arguments)

    return checked


@_demo_only
def outbox(request: HttpRequest) -> HttpResponse:
    """All letters of this community, newest first."""
    mails = [
        {
            "url": reverse("exchange:letter", kwargs={"name": each.name}),
            "to": each.to,
            "subject": each.subject,
            "sent_at": each.sent_at,
        }
        for each in mail.letters()
    ]
    short = [{"to": each.to, "text": each.text, "sent_at": each.sent_at} for each in messages()]
    return render(request, "exchange/outbox.html", {"mails": mails, "messages_sent": short})


@_demo_only
def letter(request: HttpRequest, name: str) -> HttpResponse:
    """One letter."""
    found = mail.letter(name)
    if found is None:
        raise Http404
    shown = {
        "to": found.to,
        "sender": found.sender,
        "subject": found.subject,
        "sent_at": found.sent_at,
        "body": found.body,
        "attachments": found.attachments,
        "list_url": reverse("exchange:outbox"),
    }
    return render(request, "exchange/outbox.html", {"mail": shown})
