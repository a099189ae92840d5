"""Old addresses: to the record when it is known, to its section otherwise, and a page that helps when it is gone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from cms import legacy
from cms.addresses import prefix
from cms.languages import current_language


@require_safe
def old_page(request: HttpRequest, path: str) -> HttpResponse:
    """`/Pages/<path>.aspx?…`: 301 to the record, 302 to the section of a list, 410 for a record that is not here."""
    language = current_language()
    asked = legacy.read(path, request.META.get("QUERY_STRING", "").replace("\x00", ""))
    place = legacy.place_of(asked, language)
    if place:
        return HttpResponsePermanentRedirect(place)
    section = legacy.section_of(asked, language)
    if section is not None and not asked.old_id:
        return HttpResponseRedirect(section.url or "/")
    context = {"section": {"title": section.title, "url": section.url} if section else None}
    return TemplateResponse(request, "cms/gone.html", context, status=410)


@require_safe
def old_home(request: HttpRequest) -> HttpResponse:
    """`/Default.aspx`: the home page."""
    return HttpResponsePermanentRedirect(prefix(current_language()))
