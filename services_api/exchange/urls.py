"""Addresses of the demo mailbox."""

from django.urls import path

from services_api.exchange import views

app_name = "exchange"
urlpatterns = [
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<str:name>", views.letter, name="letter"),
]
