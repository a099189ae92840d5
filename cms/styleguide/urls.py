"""Addresses of the style guide. Included by cms.urls."""

from django.urls import path

from cms.styleguide.views import styleguide

urlpatterns = [path("styleguide/", styleguide, name="styleguide")]
