"""Addresses of the texts, below /admin/exchange/texts/."""

from django.urls import path

from services_api.exchange.texts.workspace import screens

app_name = "texts_workspace"
urlpatterns = [
    path("", screens.ListView.as_view(), name="index"),
    path("<slug:channel>/<slug:message>/", screens.TextView.as_view(), name="text"),
]
