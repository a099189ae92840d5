from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """Outbox, mail and, later, webhooks and connectors."""

    name = "services_api.exchange"
    label = "exchange"
    verbose_name = _("Exchange")
