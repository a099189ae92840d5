from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# How often one asks who has something to send; after a commit the worker is woken at once, without waiting for this.
ROUND_SECONDS = 5.0
PURGE_SECONDS = 6 * 3600.0


class ExchangeConfig(AppConfig):
    """Outbox, mail and, later, webhooks and connectors."""

    name = "services_api.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Exchange")

    def ready(self) -> None:
        # Registers the handlers of outbox rows and listens to what cases announce.
        from services_api.exchange import announcements, checks, forgetting, letters, selectors, services, tasks  # noqa: F401
        from services_api.exchange.sms import sending  # noqa: F401
        from tenants.context import current_schema
        from tenants.dispatch import register_work

        register_work(
            "outbox",
            due=selectors.tenants_with_due_work,
            start=lambda: services.wake(current_schema()),
            every=ROUND_SECONDS,
        )
        register_work("outbox-purge", due=selectors.tenants_to_purge, start=tasks.start_purge, every=PURGE_SECONDS)
