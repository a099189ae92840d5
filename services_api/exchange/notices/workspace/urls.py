"""Addresses of the notices, below /admin/notices/."""

from django.urls import path

from services_api.exchange.notices.workspace import screens

app_name = "notices_workspace"
urlpatterns = [
    path("", screens.NoticesView.as_view(), name="index"),
    path("<int:pk>/", screens.OpenView.as_view(), name="open"),
]
