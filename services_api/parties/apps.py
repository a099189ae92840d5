from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartiesConfig(AppConfig):
    name = "services_api.parties"
    label = "parties"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Residents and organisations")

    def ready(self) -> None:
        from services_api.parties import identifiers
        from tenants.sealing import register_holder

        register_holder("identifiers", reseal=identifiers.reseal, probe=identifiers.probe)
