"""Addresses of the officers' screens, below /admin/work/."""

from django.urls import path

from services_api.cases.workspace.case import CaseFileView, CaseView
from services_api.cases.workspace.export import ExportView
from services_api.cases.workspace.figures import FiguresFileView, FiguresView
from services_api.cases.workspace.inbox import InboxView, TasksView
from services_api.cases.workspace.personal_data import PersonalDataView
from services_api.cases.workspace.selected import ListsView, SelectedView
from services_api.cases.workspace.tokens import RevokeTokenView, TokensView

app_name = "cases_workspace"
urlpatterns = [
    path("", InboxView.as_view(), name="inbox"),
    path("selected/", SelectedView.as_view(), name="selected"),
    path("lists/", ListsView.as_view(), name="lists"),
    path("tasks/", TasksView.as_view(), name="tasks"),
    path("keys/", TokensView.as_view(), name="tokens"),
    path("keys/<int:pk>/withdraw/", RevokeTokenView.as_view(), name="token_revoke"),
    path("export.csv", ExportView.as_view(kind="csv"), name="export_csv"),
    path("export.xlsx", ExportView.as_view(kind="xlsx"), name="export_xlsx"),
    path("figures/", FiguresView.as_view(), name="figures"),
    path("figures/export.csv", FiguresFileView.as_view(kind="csv"), name="figures_csv"),
    path("figures/export.xlsx", FiguresFileView.as_view(kind="xlsx"), name="figures_xlsx"),
    path("cases/<uuid:uuid>/", CaseView.as_view(), name="case"),
    path("cases/<uuid:uuid>/personal-data/", PersonalDataView.as_view(), name="personal_data"),
    path("cases/<uuid:uuid>/files/<uuid:attachment>/", CaseFileView.as_view(), name="file"),
]
