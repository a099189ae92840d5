"""Addresses of the e-services. `resident_urlpatterns` stand below the language prefixes, the API does not."""

from django.urls import URLPattern, URLResolver, include, path

resident_urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("services_api.cases.urls")),
    path("", include("services_api.exchange.urls")),
]
api_urlpatterns: list[URLPattern | URLResolver] = [path("", include("services_api.api.urls"))]
