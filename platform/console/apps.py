from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsoleConfig(AppConfig):
    """The ministry's side of the installation."""

    name = "console"
    verbose_name = _("Console")
