"""Addresses of the screens, below /admin/exchange/."""

from django.urls import path

from services_api.exchange.workspace import outbox

app_name = "exchange_workspace"
urlpatterns = [
    path("outbox/", outbox.OutboxView.as_view(), name="outbox"),
]
