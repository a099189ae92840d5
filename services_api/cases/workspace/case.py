"""One case on one screen: what is asked, what is attached, what happened, and the steps that can be taken now."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from services_api.cases import assignment, events, reading, selectors, services, uploads
from services_api.cases.actors import Actor, staff
from services_api.cases.errors import Conflict, FieldError, TransitionRefused, UploadRefused
from services_api.cases.models import Case, Outcome, Task, TaskKind
from services_api.cases.services.handing_over import DECIDE_CONFIDENTIALITY
from services_api.cases.services.relations import KINDS as RELATION_KINDS
from services_api.cases.services.together import of_case
from services_api.cases.views.downloads import download
from services_api.cases.walks import available, state_label, workflow_of
from services_api.cases.workspace import deeds
from services_api.cases.workspace.dates import due_of
from services_api.cases.workspace.deeds import Attempt, form_key, given_files
from services_api.cases.workspace.inbox import OfficersOnly
from services_api.cases.workspace.terms import term_of_case
from services_api.org.public import Confidentiality
from services_api.parties.public import reads_of
from services_api.procedures.public import Phase, Transition, answer_sections, build, pick

MOST_READS = 20
# What the forms of steps send.
STEP_FIELDS = (
    "answer", "reason", "comment", "assignee", "question", "missing", "until", "ground", "days", "body", "original",
)  # fmt: skip


def _case(request: HttpRequest, uuid: UUID) -> Case:
    try:
        return selectors.staff_case(request.user, uuid)
    except Case.DoesNotExist as error:
        raise Http404 from error


def _revision(request: HttpRequest) -> int:
    """The revision of the case that the page showed; 0, which no case has, when it cannot be read."""
    given = request.POST.get("lock_version", "")
    return int(given) if given.isdecimal() else 0


class CaseView(OfficersOnly, WagtailAdminTemplateMixin, TemplateView):
    template_name = "cases/workspace/case.html"
    page_title = gettext_lazy("Case")
    header_icon = "doc-full"
    case: Case
    actor: Actor
    attempt: Attempt | None = None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.case = _case(request, kwargs["uuid"])
        self.actor = reading.log_staff_read(request.user, self.case)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take a step. What cannot be taken is shown with everything typed and the case as it is now."""
        self.case = _case(request, kwargs["uuid"])
        if "hand_over" in request.POST or "confidentiality" in request.POST:
            return self._give(request)
        if request.POST.get("deed") in deeds.DEEDS:
            return self._do(request)
        code = request.POST.get("transition", "")
        data = {name: request.POST.get(name, "") for name in STEP_FIELDS}
        self.attempt = Attempt(code, data)
        try:
            services.transition(
                self.case.uuid,
                code,
                actor=staff(request.user),
                expected_version=_revision(request),
                data=data,
                files=given_files(request.FILES),
                key=form_key(request),
            )
        except (Conflict, TransitionRefused, UploadRefused) as error:
            return self._refused(request, self.attempt, error)
        messages.success(request, _("Done. The case is now “%(state)s”.") % {"state": self._state_now()})
        return self._onward(request, was_given=bool(data["assignee"]))

    def _give(self, request: HttpRequest) -> HttpResponse:
        """Hand the case over, or set how far it may be known: neither is a step of the workflow."""
        names = ("to", "level", "comment")
        self.attempt = Attempt("hand_over", {name: request.POST.get(name, "") for name in names})
        typed, actor = self.attempt.data, staff(request.user)
        told: dict[str, Any] = {
            "expected_version": _revision(request),
            "comment": typed["comment"],
        }
        try:
            if "hand_over" in request.POST:
                services.hand_over(self.case.uuid, typed["to"], actor=actor, **told)
                messages.success(request, _("Handed over."))
            else:
                self.attempt.code = "confidentiality"
                level = int(typed["level"]) if typed["level"].isdecimal() else -1
                services.set_confidentiality(self.case.uuid, level, user=request.user, actor=actor, **told)
                messages.success(request, _("The confidentiality is set."))
        except (Conflict, TransitionRefused) as error:
            return self._refused(request, self.attempt, error)
        return self._onward(request, was_given="hand_over" in request.POST)

    def _onward(self, request: HttpRequest, was_given: bool) -> HttpResponse:
        """To the case, or to the inbox when it is now the work of others and not seen any more."""
        try:
            case = selectors.staff_case(request.user, self.case.uuid)
        except Case.DoesNotExist:
            messages.info(request, _("The case is now the work of others."))
            return redirect("cases_workspace:inbox")
        if was_given and (warning := assignment.warning(case)):
            messages.warning(request, warning)
        return redirect("cases_workspace:case", uuid=self.case.uuid)

    def _do(self, request: HttpRequest) -> HttpResponse:
        """Something that is no step: a letter, a note. What is refused is shown with everything typed."""
        self.attempt = deeds.attempt_of(request)
        try:
            done = deeds.DEEDS[self.attempt.code](request, self.case, staff(request.user))
        except Task.DoesNotExist as error:
            raise Http404 from error
        except (TransitionRefused, UploadRefused) as error:
            return self._refused(request, self.attempt, error)
        messages.success(request, done)
        return self._onward(request, was_given=False)

    def _state_now(self) -> str:
        return state_label(Case.objects.select_related("version").get(pk=self.case.pk))

    def _refused(
        self, request: HttpRequest, attempt: Attempt, error: Conflict | TransitionRefused | UploadRefused
    ) -> HttpResponse:
        """What was not done and why, with everything typed and the case as it is now."""
        if isinstance(error, Conflict):
            attempt.conflict = error
            return self._again(request, 409)
        if isinstance(error, TransitionRefused):
            attempt.message, attempt.errors = str(error), error.errors
        else:
            attempt.errors = [FieldError("files", str(error))]
        return self._again(request, 422)

    def _again(self, request: HttpRequest, status: int) -> HttpResponse:
        self.case = _case(request, self.case.uuid)
        self.actor = reading.log_staff_read(request.user, self.case)
        return self.render_to_response(self.get_context_data(), status=status)

    def get_page_title(self) -> str:
        return f"{self.case.number} {self.case.subject}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("cases_workspace:inbox"), "label": _("Work")},
            {"url": "", "label": self.case.number},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case, actor = self.case, self.actor
        roster = assignment.Roster()
        definition = build(case.version)
        story = selectors.story_of(case)
        representation, together = of_case(case)
        steps = [self._step(step) for step in available(case, actor)]
        return super().get_context_data(
            **kwargs,
            case=case,
            state=state_label(case),
            phase=Phase(case.phase).label,
            due=due_of(case),
            procedure=case.version.procedure.name(),
            sections=answer_sections(definition, case.answers, reveal=True),
            attachments=[each for each in case.attachments.all() if not each.decision_id and not each.message_id],
            decisions=case.decisions.all(),
            history=self._history(),
            chain_is_whole=events.broken_link(case, case.events.all()) is None,
            reads=[(each, _(each.purpose)) for each in reads_of(case.reference)[:MOST_READS]],
            steps=steps,
            officer=assignment.labels([case], assignment.people_of([case], roster))[case.pk],
            officer_warning=assignment.warning(case, roster),
            choices=assignment.choices(case, roster) if actor.functions and not case.is_closed else None,
            levels=Confidentiality.choices if actor.functions & DECIDE_CONFIDENTIALITY else [],
            attempt=self.attempt,
            tried=self.attempt if self.attempt is not None and self.attempt.code in deeds.DEEDS else None,
            form_key=uuid4(),
            tasks=selectors.tasks_of_case(self.request.user, case),
            task_kinds=TaskKind.choices,
            term=term_of_case(case, story),
            letters=story.messages,
            representation=representation,
            together=together,
            relations=selectors.relations_of(self.request.user, case) if case.is_related else [],  # type: ignore[attr-defined]
            relation_kinds=[(kind.value, kind.label) for kind in RELATION_KINDS],
            legal_basis=self._legal_basis(),
            accepts=",".join(f".{ending}" for ending in uploads.ENDINGS),
        )

    def _step(self, step: Transition) -> dict[str, Any]:
        """A step as a form: what it asks for follows from what the workflow requires."""
        target = workflow_of(self.case.version).state(step.to)
        decides = bool(target.outcome) and self.case.decided_at is None
        refuses = target.outcome == Outcome.REFUSED
        extends = step.effect("extend_term")
        tried = self.attempt if self.attempt is not None and self.attempt.code == step.code else None
        return {
            "code": step.code,
            "label": step.label(),
            "asks_assignee": "assignee" in step.requires,
            "asks_answer": "answer" in step.requires,
            "asks_reason": "reason" in step.requires or refuses,
            "asks_files": decides or bool(step.effect("ask_for_documents")),
            "asks_question": bool(step.effect("ask_for_documents")),
            "asks_ground": bool(extends),
            "asks_days": bool(extends and not extends.options.get("rule")),
            "most_days": extends.options.get("days", 30) if extends else 0,
            "asks_body": "body" in step.requires or bool(step.effect("forward")),
            "asks_original": "original" in step.requires,
            "waits_for_tasks": "tasks_joined" in step.requires,
            "needs_comment": "comment" in step.requires,
            "letter": any(each.code == "notify_applicant" for each in step.effects),
            "joined": self._joined() if decides else [],
            "is_serious": refuses or target.phase in (Phase.WITHDRAWN, Phase.REJECTED_INADMISSIBLE),
            "tried": tried,
            "data": tried.data if tried else {},
            "errors": tried.said() if tried else {},
        }

    def _joined(self) -> list[str]:
        """Numbers of the cases whose applicants get this answer, too: nothing personal belongs in it."""
        return [str(event.payload.get("number", "")) for event in self.case.events.all() if event.code == "joined"]

    def _history(self) -> list[dict[str, Any]]:
        workflow = workflow_of(self.case.version)
        history = []
        for event in reversed(self.case.events.all()):
            step = workflow.transitions.get(event.code)
            history.append(
                {
                    "at": event.at,
                    "what": step.label() if step else events.words(event),
                    "who": event.actor_label or self._nobody(event.code),
                    "state": workflow.state(event.to_state).label(),
                    "assignee": event.payload.get("assignee", ""),
                    "comment": event.comment,
                    "is_public": event.is_public,
                }
            )
        return history

    def _nobody(self, code: str) -> str:
        """Who took a step that no member of staff took."""
        step = workflow_of(self.case.version).transitions.get(code)
        return _("the system") if step is not None and set(step.by) == {"system"} else _("applicant")

    def _legal_basis(self) -> str:
        rule = next((each for each in self.case.version.clock if each.get("code") == "answer"), None)
        return pick(rule["legal_basis"]) if rule else ""


class CaseFileView(OfficersOnly, View):
    """A file of a case, for officers; this too is a reading of the applicant's data."""

    def get(self, request: HttpRequest, uuid: UUID, attachment: UUID) -> FileResponse:
        case = _case(request, uuid)
        reading.log_file_read(request.user, case)
        return download(get_object_or_404(case.attachments.all(), uuid=attachment))
