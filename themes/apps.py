"""Registers the room, so that its template tags and translations are found."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThemesConfig(AppConfig):
    """The look of the public sites; has no models."""

    name = "themes"
    verbose_name = _("Look")
