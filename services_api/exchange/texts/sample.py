"""A case that does not exist, for looking at a letter before anybody gets it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from services_api.cases.public import Letter

CODE = "K7MP 4RTX 9ACD"


def letter(language: str) -> Letter:
    """Facts in the active language, all of them given."""
    now = timezone.now()
    return Letter(
        number="Դ-2026/417",
        subject=_("Light in our street"),
        procedure=pgettext("sample", "Application to the head of the community"),
        language=language,
        to_applicant="",
        to_officer="",
        submitted_at=now,
        registered_at=now,
        due_at=now + timedelta(days=30),
        event_text=_("The application is being looked at."),
        uuid=UUID(int=0),
        message_text=_("Please write where exactly the lamp stands."),
        missing=(_("copy of the passport"), _("plan of the plot")),
        reply_by=now + timedelta(days=10),
        ground=_("An expert has to look at it."),
        body=_("Ministry of Environment"),
        reason=_("Article 20 of the law names it as the competent body."),
        original="Դ-2026/398",
    )
