"""Addresses of the screens, below /admin/exchange/programs/."""

from django.urls import path

from services_api.exchange.webhooks.workspace import screens

app_name = "webhooks_workspace"
urlpatterns = [
    path("", screens.ListView.as_view(), name="index"),
    path("add/", screens.AddView.as_view(), name="add"),
    path("<uuid:uuid>/", screens.DetailView.as_view(), name="detail"),
    path("<uuid:uuid>/edit/", screens.EditView.as_view(), name="edit"),
]
