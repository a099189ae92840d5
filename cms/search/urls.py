"""Public addresses of this part of the website. Included by cms.urls, so each also answers below /en/ and /ru/."""

from django.urls import URLPattern, path

from cms.search import views

urlpatterns: list[URLPattern] = [
    path("search/", views.search, name="search"),
    path("search/suggest", views.suggest, name="search_suggest"),
]
