"""Addresses of API v1."""

from django.urls import path, re_path

from services_api.api import catalogue, document, problems, staff, submissions

app_name = "api"
urlpatterns = [
    path("schema", document.schema, name="schema"),
    path("procedures/", catalogue.ProcedureList.as_view(), name="procedures"),
    path("procedures/<slug:code>/", catalogue.ProcedureDetail.as_view(), name="procedure"),
    path("procedures/<slug:code>/form/", catalogue.ProcedureForm.as_view(), name="form"),
    path("attachments/", submissions.Attachments.as_view(), name="attachments"),
    path("applications/", submissions.Applications.as_view(), name="applications"),
    path("applications/status/", submissions.Status.as_view(), name="status"),
    path("cases/", staff.Cases.as_view(), name="cases"),
    path("cases/<uuid:uuid>/", staff.CaseDetail.as_view(), name="case"),
    path("cases/<uuid:uuid>/transitions/", staff.CaseTransitions.as_view(), name="case-transitions"),
    path("cases/<uuid:uuid>/files/<uuid:attachment>/", staff.CaseFile.as_view(), name="case-file"),
    re_path(r"^.*$", problems.not_found),
]
