from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutreachConfig(AppConfig):
    """What the site says to residents and hears from them: alerts, feedback, subscriptions, polls."""

    name = "cms.outreach"
    label = "outreach"
    verbose_name = _("Alerts and subscriptions")
