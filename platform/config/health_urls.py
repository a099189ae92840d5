"""Health of this process, on any host: for the proxy and the supervisor, with nothing about tenants."""

from django.urls import path

from config import health

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("health/domain", health.domain, name="health-domain"),
]
