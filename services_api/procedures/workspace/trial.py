"""A trial filled in on the pages that residents see: rows of a group, dates, people, everything that a form can ask.

Drawn as the preview of the form builder draws them, but posted by itself: it works without script. Nothing is kept but
in the session of the clerk, until it is taken for the trial.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.views import View

from services_api.procedures.forms import FormDefinition, build
from services_api.procedures.workspace.builder import preview
from services_api.procedures.workspace.views import ClerksOnly, filled_in, find_version, keep_filled_in

ROWS = frozenset({"add_row", "remove_row", "remove_file"})


class FillInView(ClerksOnly, View):
    """One page of the form after the other; the last one leads back to the trial."""

    def get(self, request: HttpRequest, code: str, number: int) -> HttpResponse:
        version = find_version(code, number)
        if "page" not in request.GET:  # a new trial, or one that begins with an example
            wanted = request.GET.get("example", "")
            begun: dict[str, Any] = next((each["answers"] for each in version.examples if each["code"] == wanted), {})
            keep_filled_in(request, version, filled_in(request, version) if "again" in request.GET else begun)
        return self.shown(request, code, number, posted="")

    def post(self, request: HttpRequest, code: str, number: int) -> HttpResponse:
        posted = request.POST.copy()
        posted.pop("csrfmiddlewaretoken", None)
        return self.shown(request, code, number, posted=posted.urlencode() or "sent=1")

    def shown(self, request: HttpRequest, code: str, number: int, *, posted: str) -> HttpResponse:
        """The page after what was typed, or the way to the trial when everything is answered."""
        version = find_version(code, number)
        definition = build(version.form)
        trial = reverse("procedures_workspace:try", args=[code, number])
        asked = preview.Asked(
            page=request.GET.get("page", ""),
            language=definition.language,
            answers=filled_in(request, version),
            posted=posted,
            goes_on=not ROWS & set(request.POST),
            address=request.path,
            back=f"{trial}?filled=1",
            token=get_token(request),
        )
        with translation.override(definition.language):
            drawn = preview.draw(definition, asked)
        answers: dict[str, Any] = drawn["answers"]
        if drawn["said"]:
            keep_filled_in(request, version, answers | _agreed(definition))
            return redirect(f"{trial}?filled=1")
        keep_filled_in(request, version, answers)
        return HttpResponse(drawn["html"])


def _agreed(definition: FormDefinition) -> dict[str, bool]:
    """Whoever sends it agrees to what is asked on the page of review."""
    return {each.code: True for each in definition if each.kind == "consent"}
