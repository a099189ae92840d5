"""Changing: a draft of one's own, its words, a package put into it; publishing and taking out of use."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views import View

from services_api.procedures.differences import PARTS
from services_api.procedures.forms import build
from services_api.procedures.models import ProcedureVersion, VersionIsImmutable
from services_api.procedures.selectors import today
from services_api.procedures.services import draft_version, publish, withdraw
from services_api.procedures.texts import CARD_HEADINGS, LANGUAGES
from services_api.procedures.workspace.views import ClerksOnly, Screen, find_version, question_table
from services_api.procedures.workspace.words import HEADINGS, said

MOST_BYTES = 2 * 1024 * 1024


class EditView(Screen):
    """A draft: the words of its card, those of its questions to be read; or a whole package from a file."""

    template_name = "procedures/workspace/edit.html"
    problems: list[str] = []

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.version.state != ProcedureVersion.State.DRAFT:
            return redirect("procedures_workspace:version", code=kwargs["code"], number=kwargs["number"])
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        version = self.version
        if version.state != ProcedureVersion.State.DRAFT:
            return redirect("procedures_workspace:version", code=kwargs["code"], number=kwargs["number"])
        try:
            if "package" in request.FILES:
                take_package(version, request.FILES["package"])
            else:
                take_words(version, request.POST)
            version.save()
        except ValidationError as error:
            self.problems = error.messages
            if "package" in request.FILES:  # nothing of it is taken; words that were typed stay to be corrected
                self._version = find_version(kwargs["code"], kwargs["number"])
            return self.render_to_response(self.get_context_data(), status=422)
        messages.success(request, _("The draft is kept."))
        return redirect("procedures_workspace:version", code=kwargs["code"], number=kwargs["number"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = self.version
        card = version.texts.get("card", {})
        # The order of the questions as kept: what was typed may not be readable as a form.
        kept = build(find_version(version.procedure.code, version.number).form)
        return super().get_context_data(
            **kwargs,
            version=version,
            problems=self.problems,
            languages=LANGUAGES,
            headings=[
                (heading, said([heading], HEADINGS), _in_languages(card.get(heading, {}))) for heading in CARD_HEADINGS
            ],
            pages=question_table(kept),
        )  # fmt: skip


def _in_languages(words: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Code of the language, its own name, the words in it."""
    names = dict(settings.LANGUAGES)
    return [(each, names[each], words.get(each, "")) for each in LANGUAGES]


def take_words(version: ProcedureVersion, given: Any) -> None:
    """Put what was typed into a draft: the words of the card. Saving checks it. Those of questions have one place,
    the form builder."""
    texts = copy.deepcopy(version.texts)
    for heading in CARD_HEADINGS:
        _take(texts.setdefault("card", {}), heading, given, f"card-{heading}")
    version.texts = texts


def _take(where: dict[str, Any], key: str, given: Any, name: str) -> None:
    words = {each: str(given.get(f"{name}-{each}", "")).replace("\r\n", "\n").strip() for each in LANGUAGES}
    kept = {each: word for each, word in words.items() if word}
    if kept:
        where[key] = kept
    elif any(f"{name}-{each}" in given for each in LANGUAGES):
        where.pop(key, None)


def take_package(version: ProcedureVersion, upload: Any) -> None:
    """Put the content of a package into a draft. Raises ValidationError for a file that is no package."""
    if upload.size > MOST_BYTES:
        raise ValidationError(_("The file is too large for a package."))
    try:
        package = json.loads(upload.read().decode("utf-8"))
    except (UnicodeDecodeError, ValueError) as error:
        raise ValidationError(_("The file is no package: it cannot be read as JSON.")) from error
    missing = [part for part in PARTS if not isinstance(package, dict) or part not in package]
    if missing:
        raise ValidationError(_("The file is no package: it lacks %(parts)s.") % {"parts": ", ".join(missing)})
    for part in PARTS:
        setattr(version, part, package[part])
    version.examples = package.get("examples", [])


class ActView(ClerksOnly, View):
    """What a button does with a version: draft, publish, withdraw, discard."""

    def post(self, request: HttpRequest, code: str, number: int) -> HttpResponse:
        version = find_version(code, number)
        act = {"draft": self.draft, "publish": self.publish, "withdraw": self.withdraw, "discard": self.discard}.get(
            request.POST.get("act", "")
        )
        if act is None:
            return redirect("procedures_workspace:version", code=code, number=number)
        try:
            return act(request, version)
        except ValidationError as error:
            for message in error.messages:
                messages.error(request, message)
        except VersionIsImmutable:
            messages.error(request, _("This version can no longer be changed so."))
        return redirect("procedures_workspace:version", code=code, number=number)

    @staticmethod
    def draft(request: HttpRequest, version: ProcedureVersion) -> HttpResponse:
        """A new draft with the content of this version; it stays the community's own."""
        content = {part: getattr(version, part) for part in PARTS}
        made = draft_version(
            version.procedure, valid_from=today() + timedelta(days=1), examples=version.examples, **content
        )
        messages.success(
            request, _("Version %(number)s is a draft: change it, try it, publish it.") % {"number": made.number}
        )
        return redirect("procedures_workspace:edit", code=version.procedure.code, number=made.number)

    @staticmethod
    def publish(request: HttpRequest, version: ProcedureVersion) -> HttpResponse:
        publish(version)
        messages.success(request, _("Published. New cases follow it from its first day on."))
        return redirect("procedures_workspace:procedure", code=version.procedure.code)

    @staticmethod
    def withdraw(request: HttpRequest, version: ProcedureVersion) -> HttpResponse:
        withdraw(version)
        messages.success(request, _("Taken out of use. Cases that began with it go on."))
        return redirect("procedures_workspace:procedure", code=version.procedure.code)

    @staticmethod
    def discard(request: HttpRequest, version: ProcedureVersion) -> HttpResponse:
        procedure = version.procedure
        version.delete()
        messages.success(request, _("The draft is thrown away."))
        return redirect("procedures_workspace:procedure", code=procedure.code)
