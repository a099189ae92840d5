from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    """Registers of public records: people, budget, property, procurement."""

    name = "cms.records"
    label = "records"
    verbose_name = _("Public records")
