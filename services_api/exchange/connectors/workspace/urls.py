"""Addresses of the registers, below /admin/exchange/registers/."""

from django.urls import path

from services_api.exchange.connectors.workspace import screens

app_name = "connectors_workspace"
urlpatterns = [
    path("", screens.RegistersView.as_view(), name="index"),
    path("ask/<slug:code>/", screens.AskView.as_view(), name="ask"),
]
