from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    """Subscriptions lie in the tenant's schema; what waits to be sent, in the outbox of the register."""

    name = "services_api.exchange.webhooks"
    label = "webhooks"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Notices to programs")

    def ready(self) -> None:
        # Listens to what happens to cases, and sends the rows.
        from services_api.exchange.webhooks import events, letters, sending  # noqa: F401
