"""Looking: the catalogue, a procedure with its versions, a version, what is different, what would happen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from services_api.procedures import graph, letters, workflow
from services_api.procedures.differences import content_of, differences
from services_api.procedures.forms import Field, FormDefinition, answer_sections, build
from services_api.procedures.forms.conditions import fields_of
from services_api.procedures.forms.values import clean_number
from services_api.procedures.models import Procedure, ProcedureVersion
from services_api.procedures.simulation import check_examples, simulate
from services_api.procedures.texts import LANGUAGES, pick
from services_api.procedures.workspace.tabs import tab_row
from services_api.procedures.workspace.words import FUNCTIONS, KINDS, REQUIREMENTS, said
from services_api.workdays.public import YEREVAN

PERMISSION = "procedures.change_procedureversion"
# In the session: the answers that were typed on the resident's pages.
TRIAL = "procedure-trial"
DECIDING = frozenset({"choice", "choices", "yes_no", "number", "money", "settlement"})


class ClerksOnly:
    """For whoever may change procedures; for everybody else there is nothing at these addresses."""

    @staticmethod
    def is_allowed(request: HttpRequest) -> bool:
        """Whether this person may change procedures."""
        return bool(request.user.has_perm(PERMISSION))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_allowed(request):
            raise Http404
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response


class Screen(ClerksOnly, WagtailAdminTemplateMixin, TemplateView):
    """A screen of one procedure or version, with the way back to the catalogue."""

    page_title = gettext_lazy("Procedures")
    header_icon = "list-ul"
    # The tab that is open, where the address itself is none.
    tab = ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [
            *self.breadcrumbs_items,
            {"url": reverse("procedures_workspace:catalogue"), "label": Screen.page_title},
        ]
        code, number = self.kwargs.get("code"), self.kwargs.get("number")
        if code:
            items.append(
                {"url": reverse("procedures_workspace:procedure", args=[code]), "label": self.procedure.name()}
            )
        if number:
            label = _("Version %(number)s: %(procedure)s") % {"number": number, "procedure": self.procedure.name()}
            items.append({"url": reverse("procedures_workspace:version", args=[code, number]), "label": label})
        return items

    def get_page_title(self) -> str:
        return self.procedure.name() if "code" in self.kwargs else str(self.page_title)

    @property
    def procedure(self) -> Procedure:
        if not hasattr(self, "_procedure"):
            self._procedure = find_procedure(self.kwargs["code"])
        return self._procedure

    @property
    def version(self) -> ProcedureVersion:
        if not hasattr(self, "_version"):
            self._version = find_version(self.kwargs["code"], self.kwargs["number"])
        return self._version

    @cached_property
    def tabs(self) -> list[dict[str, Any]]:
        """The row of tabs, for a draft; a version that was published has none, nothing of it can be changed."""
        if "number" not in self.kwargs or self.version.state != ProcedureVersion.State.DRAFT:
            return []
        match = self.request.resolver_match
        row = tab_row(self.kwargs["code"], self.kwargs["number"], self.tab or (match.url_name if match else "") or "")
        if self.version.examples:
            broken = check_examples(self.version.form, self.version.examples)
            for tab in row:
                tab["mark"] = ("bad" if broken else "good") if tab["name"] == "examples" else ""
        return row


def find_procedure(code: str) -> Procedure:
    """Raises Http404."""
    found = Procedure.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def find_version(code: str, number: int) -> ProcedureVersion:
    """Raises Http404."""
    found = ProcedureVersion.objects.select_related("procedure").filter(procedure__code=code, number=number).first()
    if found is None:
        raise Http404
    return found


class CatalogueView(Screen):
    template_name = "procedures/workspace/catalogue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows: dict[int, dict[str, Any]] = {}
        versions = ProcedureVersion.objects.select_related("procedure").defer("form", "workflow", "texts", "examples")
        for version in versions.order_by("procedure__position", "procedure__code", "-number"):
            row = rows.setdefault(
                version.procedure_id, {"procedure": version.procedure, "in_force": None, "draft": None}
            )
            if version.state == ProcedureVersion.State.DRAFT:
                row["draft"] = row["draft"] or version
            elif version.state == ProcedureVersion.State.PUBLISHED:
                row["in_force"] = row["in_force"] or version
        return super().get_context_data(**kwargs, rows=list(rows.values()))


class ProcedureView(Screen):
    template_name = "procedures/workspace/procedure.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = list(self.procedure.versions.all())
        numbers = [each.number for each in versions]
        return super().get_context_data(
            **kwargs,
            procedure=self.procedure,
            rows=[
                {"version": each, "before": numbers[place + 1] if place + 1 < len(numbers) else None}
                for place, each in enumerate(versions)
            ],
        )


class VersionView(Screen):
    template_name = "procedures/workspace/version.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = self.version
        way = workflow.parse(version.workflow)
        return super().get_context_data(
            **kwargs,
            version=version,
            procedure=version.procedure,
            broken=check_examples(version.form, version.examples),
            drawing=graph.draw(way),
            states=way.states.values(),
            steps=[
                {
                    "step": each,
                    "sources": [way.state(code).label() for code in each.sources],
                    "to": way.state(each.to),
                    "by": said(each.by, FUNCTIONS),
                    "requires": said(each.requires, REQUIREMENTS),
                }
                for each in way.transitions.values()
            ],
            pages=question_table(build(version.form)),
            terms=[
                {**each, "label": pick(each.get("label")), "basis": pick(each["legal_basis"])} for each in version.clock
            ],
            unsure={name: each for name, each in version.texts.get("certainty", {}).items() if each != "sourced"},
            examples=[pick(each["name"]) for each in version.examples],
            letters=letters_with_words(version),
            is_draft=version.state == ProcedureVersion.State.DRAFT,
            is_published=version.state == ProcedureVersion.State.PUBLISHED,
        )


def letters_with_words(version: ProcedureVersion) -> list[str]:
    """The letters that this version has words of its own for, by name."""
    kept = version.texts.get("messages", {})
    return [
        f"{each.channel_label}, {each.label}"
        for each in letters.kinds()
        if kept.get(each.channel, {}).get(each.message)
    ]


def question_table(definition: FormDefinition) -> list[dict[str, Any]]:
    """Questions by group: words, kind, whether needed, and when they are shown."""
    parts = [(each.legend, each.fields, each.show_if) for each in definition.groups]
    if definition.fields:
        parts.append(("", definition.fields, None))
    return [
        {
            "title": title,
            "rows": [
                {
                    "field": each,
                    "kind": said([each.kind], KINDS),
                    "when": in_words(each.show_if or condition, definition),
                    "parts": each.items,
                }
                for each in fields
            ],
        }
        for title, fields, condition in parts
    ]


def in_words(condition: Mapping[str, Any] | None, definition: FormDefinition) -> str:
    """A condition as a clerk reads it: «Ով է դիմում» = Կազմակերպություն."""
    if condition is None:
        return ""
    for key, sign in (("all", pgettext("between conditions", "and")), ("any", pgettext("between conditions", "or"))):
        if key in condition:
            return f" {sign} ".join(f"({in_words(each, definition)})" for each in condition[key])
    if "not" in condition:
        return f"≠ ({in_words(condition['not'], definition)})"
    asked = definition.field(condition["field"])
    (test,) = set(condition) - {"field"}
    value = condition[test]
    given = value if isinstance(value, list) else [value]
    words = ", ".join(asked.choice_label(str(each)) if asked and asked.choices else _plain(each) for each in given)
    sign = {"equals": "=", "in": "=", "includes": "∋", "answered": "∃", "at_least": "≥", "at_most": "≤"}[test]
    return f"«{asked.label if asked else condition['field']}» {sign} {words}"


def _plain(value: Any) -> str:
    return {True: "✓", False: "✗"}.get(value, str(value)) if isinstance(value, bool) else str(value)


class TryView(Screen):
    """«Given these answers, this happens». Only the questions that decide something are asked."""

    template_name = "procedures/workspace/try.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version, given = self.version, self.request.GET
        definition = build(version.form)
        deciding = deciding_questions(definition)
        example = next((each for each in version.examples if each["code"] == given.get("example")), None)
        filled = filled_in(self.request, version) if "filled" in given else {}
        answers = {**(example["answers"] if example else {}), **filled, **answers_given(definition, given)}
        rule = next((each for each in version.clock if each["code"] == "answer"), None)
        found = simulate(definition, answers, clock=rule, at=_moment(given.get("at", "")))
        way = workflow.parse(version.workflow)
        return super().get_context_data(
            **kwargs,
            version=version,
            deciding=[_control(each, answers.get(each.code)) for each in deciding],
            at=given.get("at", ""),
            found=found,
            example=example,
            filled=answer_sections(definition, answers, reveal=True) if filled else [],
            is_filled=bool(filled),
            names=[(each, example["name"].get(each, "") if example else "") for each in LANGUAGES],
            asked=[(name, value) for name, values in given.lists() for value in values if name.startswith("q-")],
            is_draft=version.state == ProcedureVersion.State.DRAFT,
            steps=[{"state": state, "steps": way.available(state.code)} for state in way.states.values()],
        )


def deciding_questions(definition: FormDefinition) -> list[Field]:
    """The questions that some condition reads, as far as they can be chosen or counted here."""
    conditions = [each.show_if for each in definition]
    conditions += [each.show_if for each in definition.groups]
    conditions += [each.show_if for each in definition.pages]
    read = {code for each in conditions if each is not None for code in fields_of(each)}
    return [each for each in definition if each.code in read and each.kind in DECIDING]


def answers_given(definition: FormDefinition, given: Any) -> dict[str, Any]:
    """What was answered to the deciding questions of a trial (`q-<code>`)."""
    asked = deciding_questions(definition)
    return {each.code: answer for each in asked if (answer := _answer(each, given)) not in (None, "", [])}


def filled_in(request: HttpRequest, version: ProcedureVersion) -> dict[str, Any]:
    """What was typed on the resident's pages of a trial of this version, {} for nothing. Kept in the session only."""
    kept = request.session.get(TRIAL, {})
    answers: dict[str, Any] = kept.get("answers", {}) if kept.get("version") == version.pk else {}
    return answers


def keep_filled_in(request: HttpRequest, version: ProcedureVersion, answers: Mapping[str, Any]) -> None:
    """The answers of a trial, until another one begins."""
    plain = json.loads(json.dumps(answers, cls=DjangoJSONEncoder))
    request.session[TRIAL] = {"version": version.pk, "answers": plain}


def asked_as(given: Any) -> str:
    """The answers of a trial as a query, to try the same again."""
    kept = given.copy()
    for name in list(kept):
        if not name.startswith("q-") and name not in ("at", "example", "filled"):
            del kept[name]
    return str(kept.urlencode())


def _answer(asked: Field, given: Any) -> Any:
    name = f"q-{asked.code}"
    if asked.kind == "yes_no":
        return {"yes": True, "no": False}.get(given.get(name, ""))
    if asked.kind == "choices":
        return given.getlist(name)
    if asked.kind in ("number", "money"):
        return clean_number(given.get(name, ""), whole=False) if given.get(name) else None
    return given.get(name, "")


def _control(asked: Field, answer: Any) -> dict[str, Any]:
    chosen = answer if isinstance(answer, list) else [answer]
    options = [{"value": each.value, "label": each.label, "chosen": each.value in chosen} for each in asked.choices]
    return {"field": asked, "options": options, "value": answer, "is_yes": answer is True, "is_no": answer is False}


def _moment(text: str) -> datetime:
    """The moment typed, in Asia/Yerevan; now when there is none or it cannot be read."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=YEREVAN)
    except ValueError:
        return timezone.now()


class DifferencesView(Screen):
    template_name = "procedures/workspace/differences.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        other = find_version(self.kwargs["code"], self.kwargs["other"])
        return super().get_context_data(
            **kwargs,
            version=self.version,
            earlier=other,
            lines=differences(content_of(other), content_of(self.version)),
        )


class PackageView(ClerksOnly, View):
    """A version as a file: to be kept, read by an expert, or put into another draft."""

    def get(self, request: HttpRequest, code: str, number: int) -> HttpResponse:
        version = find_version(code, number)
        described = {name: getattr(version.procedure, name) for name in ("code", "family", "position")}
        for name in ("name", "summary"):
            described |= {f"{name}_{each}": getattr(version.procedure, f"{name}_{each}") for each in ("hy", "en", "ru")}
        package = {
            "procedure": described,
            "number": version.number,
            "checksum": version.checksum,
            "valid_from": version.valid_from.isoformat(),
            **content_of(version),
            "examples": version.examples,
        }
        response = JsonResponse(package, json_dumps_params={"ensure_ascii": False, "indent": 1})
        response["Content-Disposition"] = f'attachment; filename="{code}-{number}.json"'
        return response
