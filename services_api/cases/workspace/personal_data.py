"""The data of the person of a case: what is kept and until when, a copy of it, and erasing it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from services_api.cases import reading, selectors
from services_api.cases.errors import TransitionRefused
from services_api.cases.models import Case
from services_api.cases.rights import GIVE_OUT
from services_api.cases.services import personal_data
from services_api.cases.services.retention import kept_until
from services_api.cases.workspace.inbox import OfficersOnly


class PersonalDataView(OfficersOnly, WagtailAdminTemplateMixin, TemplateView):
    """For whoever may give out and erase; for everybody else there is nothing here."""

    template_name = "cases/workspace/personal_data.html"
    page_title = gettext_lazy("Data of the person")
    header_icon = "user"
    case: Case
    error = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(GIVE_OUT):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def _read(self, uuid: UUID) -> None:
        try:
            self.case = selectors.staff_case(self.request.user, uuid)
        except Case.DoesNotExist as error:
            raise Http404 from error

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self._read(kwargs["uuid"])
        reading.log_staff_read(request.user, self.case)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self._read(kwargs["uuid"])
        if "erase" not in request.POST:
            reading.log_given_out(request.user, personal_data.cases_of_person(request.user, self.case))
            response = HttpResponse(personal_data.export(request.user, self.case), content_type="application/zip")
            response["Content-Disposition"] = 'attachment; filename="personal-data.zip"'
            response["X-Content-Type-Options"] = "nosniff"
            return response
        try:
            if "sure" not in request.POST:
                raise TransitionRefused(_("Confirm that it is meant so: what is erased does not come back."))
            personal_data.erase(request.user, self.case.uuid)
        except TransitionRefused as error:
            self.error = str(error)
            return self.render_to_response(self.get_context_data(), status=422)
        messages.success(request, _("Everything about the person was removed from the case."))
        return redirect("cases_workspace:case", uuid=self.case.uuid)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        where = reverse("cases_workspace:case", kwargs={"uuid": self.case.uuid})
        return [
            *self.breadcrumbs_items,
            {"url": reverse("cases_workspace:inbox"), "label": _("Work")},
            {"url": where, "label": self.case.number},
            {"url": "", "label": _("Data of the person")},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        until, rule = kept_until(self.case)
        return super().get_context_data(
            **kwargs,
            case=self.case,
            cases=personal_data.cases_of_person(self.request.user, self.case),
            until=until,
            rule=rule,
            why_kept=personal_data.why_kept(self.case),
            error=self.error,
        )
