"""A record as visitors would see it, before it is published: the page of its register, drawn for the staff only."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.records.admin.permissions import RecordPermissionPolicy
from cms.records.models import RegisterRecord
from cms.records.register import Register
from cms.records.registers import register_of, registers

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


def preview_record(request: HttpRequest, register: str, pk: int) -> HttpResponse:
    """The saved draft of a record in the language `?language=` (default: hy). Raises Http404, PermissionDenied."""
    shown = registers.get(register)
    if shown is None:
        raise Http404
    record = get_object_or_404(shown.model, pk=pk)
    if not RecordPermissionPolicy(shown.model).user_has_any_permission(request.user, {"add", "change", "view"}):
        raise PermissionDenied
    asked = request.GET.get("language", "")
    language = asked if asked in LANGUAGES else settings.LANGUAGE_CODE
    page = shown.page(language, shown.part_of(record))
    if page is None or not getattr(record, f"title_{language}"):
        messages.error(request, _("This language has no page for the record, or the record has no title in it."))
        return redirect(shown.edit_url(record))
    response: HttpResponse = page.make_preview_request(request, "", {"previewed_record": record})
    response["Cache-Control"] = "no-store, private"
    return response


def preview_links(record: RegisterRecord) -> list[tuple[str, str]]:
    """(language, address) of the previews of a record: of each language in which it has a title."""
    try:
        register: Register = register_of(record)
    except LookupError:
        return []
    base = reverse("records_preview", args=[register.code, record.pk])
    return [(code, f"{base}?language={code}") for code in LANGUAGES if getattr(record, f"title_{code}")]


__all__ = ["preview_links", "preview_record"]
