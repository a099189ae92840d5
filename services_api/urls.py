"""Addresses of the e-services. `resident_urlpatterns` stand below the language prefixes, the API does not."""

from django.urls import URLPattern, URLResolver

resident_urlpatterns: list[URLPattern | URLResolver] = []
api_urlpatterns: list[URLPattern | URLResolver] = []
