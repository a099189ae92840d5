"""Who issues a paper, and where its case is followed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from services_api.cases.models import Case
from services_api.cases.paper.render import qr
from services_api.workdays.public import local
from tenants import hosts
from tenants.context import current_community


def frame(case: Case, title: str) -> dict[str, Any]:
    """What every paper carries. The code is not in the address: papers are passed on and photographed."""
    community = current_community()
    language = (get_language() or "hy").split("-")[0]
    name = ""
    if community is not None:
        name = community.genitive if language == "hy" else community.name(language)
    url = reverse("cases:lookup") + "?" + urlencode({"number": case.number or ""})
    if community is not None:
        url = hosts.address(community.primary_host()) + url
    return {
        "lang": language,
        "title": title,
        "community": _("Municipality of %(name)s") % {"name": name},
        "foot": f"{case.number} · {date_format(local(case.submitted_at), 'DATE_FORMAT')}",
        "url": url,
        "qr": qr(url),
        "qr_alt": _("QR code of the page where the application is followed"),
        "where": _("Follow the application with the number and the code:"),
    }


def moment(value: Any) -> str:
    """A moment of Asia/Yerevan in words: day and hour."""
    here = local(value)
    return f"{date_format(here, 'DATE_FORMAT')}, {date_format(here, 'H:i')}"
