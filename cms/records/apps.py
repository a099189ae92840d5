from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    """Registers of public records: people, budget, property, procurement."""

    name = "cms.records"
    label = "records"
    verbose_name = _("Public records")

    def ready(self) -> None:
        from cms.records import provisioning, seeds  # noqa: F401 - they register themselves
        from cms.records.search_sources import register_sources

        register_sources()
