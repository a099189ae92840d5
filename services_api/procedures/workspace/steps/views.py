"""The screen of states and steps: rows with the drawing beside them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from services_api.org.public import Queue
from services_api.procedures import graph, workflow
from services_api.procedures.holders import Holding, holdings
from services_api.procedures.models import ProcedureVersion
from services_api.procedures.seeds import assembly
from services_api.procedures.simulation import check_examples
from services_api.procedures.texts import pick
from services_api.procedures.workspace.starting import WAYS
from services_api.procedures.workspace.steps import rows
from services_api.procedures.workspace.steps.effects import House
from services_api.procedures.workspace.steps.way import WayEditor
from services_api.procedures.workspace.views import Screen
from services_api.procedures.workspace.words import FUNCTIONS


class DraftScreen(Screen):
    """A screen that changes a draft; a version that was published is only shown."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        allowed = self.is_allowed(request)
        if allowed and self.version.state != ProcedureVersion.State.DRAFT:
            return redirect("procedures_workspace:version", code=kwargs["code"], number=kwargs["number"])
        return super().dispatch(request, *args, **kwargs)

    def keep(self, request: HttpRequest) -> bool:
        """Save the draft unless somebody else has changed it since this screen was opened; what stands in the way is
        told by `refused`. Raises ValidationError as the model."""
        if request.POST.get("checksum", self.version.checksum) != self.version.checksum:
            self.refused = [_("Somebody else has changed this draft meanwhile. Save again to keep what stands here.")]
            return False
        self.version.save()
        told_of_examples(request, self.version)
        return True

    refused: list[str] = []


class StepsView(DraftScreen):
    template_name = "procedures/workspace/steps.html"
    focus = ""

    @cached_property
    def house(self) -> House:
        return House(
            queues=[(each.code, each.name()) for each in Queue.objects.all()],
            terms=[(each["code"], pick(each.get("label")) or each["code"]) for each in self.version.clock],
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.editor = WayEditor(self.version.workflow, self.house)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act = request.POST.get("act", "save")
        if act == "save":
            return self.save(request)
        if act == "begin":
            return self.begin(request)
        data, self.focus = rows.changed(request.POST, act)
        self.editor = WayEditor(self.version.workflow, self.house, data)
        if act == "draw":
            return render(request, "procedures/workspace/drawing.html", {"drawing": self.drawing})
        return self.render_to_response(self.get_context_data())

    def begin(self, request: HttpRequest) -> HttpResponse:
        """The rows of a way that comes with the house, in place of those that stand here; nothing is kept yet."""
        name = request.POST.get("way", "")
        kept = assembly.workflow_of(name) if name in WAYS else self.version.workflow
        fresh = {key: kept[key] for key in ("initial", "states", "transitions", "reopen") if key in kept}
        self.editor = WayEditor(fresh, self.house)
        messages.info(request, _("These are the steps of the way you chose. Save to keep them."))
        return self.render_to_response(self.get_context_data())

    def save(self, request: HttpRequest) -> HttpResponse:
        self.editor = editor = WayEditor(self.version.workflow, self.house, request.POST, tells=True)
        readable = editor.is_valid()
        if editor.check() and readable:
            self.version.workflow = editor.definition
            try:
                if self.keep(request):
                    messages.success(request, _("The steps are kept."))
                    return redirect(request.path)
            except ValidationError as error:
                editor.problems += error.messages
        return self.render_to_response(self.get_context_data(), status=422)

    @property
    def drawing(self) -> graph.Drawing | None:
        sketch = workflow.sketch(self.editor.definition)
        return graph.draw(sketch) if sketch else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        editor = self.editor
        return super().get_context_data(
            **kwargs,
            version=self.version,
            editor=editor,
            drawing=self.drawing,
            ways=[(name, label) for name, (label, _term) in WAYS.items()],
            focus=self.focus,
            problems=[*editor.problems, *self.refused],
            wrong=[each for each in editor.rows if editor.tells and (each.problems or not each.is_valid())],
            functions=functions_of(self.version),
        )  # fmt: skip


def functions_of(version: ProcedureVersion) -> dict[str, Any]:
    """Who fills the functions that the steps of a version name: {rows: [(function, [holding])], url}."""
    known = holdings(version.procedure.code)
    used = {each for step in version.workflow["transitions"] for each in step["by"]}
    by_function: dict[str, list[Holding]] = {}
    for each in known.bound:
        by_function.setdefault(each.function, []).append(each)
    shown = [(words, by_function.get(code, [])) for code, words in FUNCTIONS.items() if code in used]
    return {
        "rows": [each for each in shown if each[0] not in (FUNCTIONS["applicant"], FUNCTIONS["system"])],
        "url": known.url,
    }


def told_of_examples(request: HttpRequest, version: ProcedureVersion) -> None:
    """After a save: whether the examples still come out as they should."""
    broken = {each.split(".")[1] for each in check_examples(version.form, version.examples) if each.count(".") > 1}
    if broken:
        messages.warning(
            request,
            _("Examples that break now: %(count)s of %(all)s. Until they are right, the draft cannot be published.")
            % {"count": len(broken), "all": len(version.examples)},
        )
