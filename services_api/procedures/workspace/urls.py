"""Addresses of the clerk's screens, below /admin/procedures/."""

from django.urls import path

from services_api.procedures.workspace import editing, starting, views
from services_api.procedures.workspace.builder import screen
from services_api.procedures.workspace.examples import ExamplesView
from services_api.procedures.workspace.letters import LettersView, LetterView
from services_api.procedures.workspace.steps.terms import TermsView
from services_api.procedures.workspace.steps.views import StepsView
from services_api.procedures.workspace.trial import FillInView

app_name = "procedures_workspace"
urlpatterns = [
    path("", views.CatalogueView.as_view(), name="catalogue"),
    path("new/", starting.NewView.as_view(), name="new"),
    path("<slug:code>/", views.ProcedureView.as_view(), name="procedure"),
    path("<slug:code>/<int:number>/", views.VersionView.as_view(), name="version"),
    path("<slug:code>/<int:number>/try/", views.TryView.as_view(), name="try"),
    path("<slug:code>/<int:number>/try/form/", FillInView.as_view(), name="fill_in"),
    path("<slug:code>/<int:number>/differences/<int:other>/", views.DifferencesView.as_view(), name="differences"),
    path("<slug:code>/<int:number>/package/", views.PackageView.as_view(), name="package"),
    path("<slug:code>/<int:number>/form/", screen.FormView.as_view(), name="form"),
    path("<slug:code>/<int:number>/form/preview/", screen.PreviewView.as_view(), name="preview"),
    path("<slug:code>/<int:number>/edit/", editing.EditView.as_view(), name="edit"),
    path("<slug:code>/<int:number>/steps/", StepsView.as_view(), name="steps"),
    path("<slug:code>/<int:number>/terms/", TermsView.as_view(), name="terms"),
    path("<slug:code>/<int:number>/letters/", LettersView.as_view(), name="letters"),
    path("<slug:code>/<int:number>/letters/<slug:channel>/<slug:message>/", LetterView.as_view(), name="letter"),
    path("<slug:code>/<int:number>/examples/", ExamplesView.as_view(), name="examples"),
    path("<slug:code>/<int:number>/act/", editing.ActView.as_view(), name="act"),
]
