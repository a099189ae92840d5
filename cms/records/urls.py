"""Public addresses of this part of the website. Included by cms.urls, so each also answers below /en/ and /ru/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
