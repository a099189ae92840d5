from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConnectorsConfig(AppConfig):
    """Which registers a community asks, and what was asked, in the tenant's schema."""

    name = "services_api.exchange.connectors"
    label = "connectors"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Outside registers")

    def ready(self) -> None:
        # Registers the two registers, the effect of workflows and the checks.
        from services_api.exchange.connectors import checks, effects, registers  # noqa: F401
