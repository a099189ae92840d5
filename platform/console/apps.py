from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsoleConfig(AppConfig):
    """The ministry's side of the installation."""

    name = "console"
    verbose_name = _("Console")

    def ready(self) -> None:
        from console import provisioning  # noqa: F401 - registers the step that gives the ministry its console
