from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# How often one asks which communities are to be counted; each is counted once a night (services.due).
ROUND_SECONDS = 600.0


class OversightConfig(AppConfig):
    name = "services_api.oversight"
    label = "oversight"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("National figures")

    def ready(self) -> None:
        from services_api.oversight import services, tasks
        from tenants.dispatch import register_work

        register_work("figures", due=services.due, start=tasks.start, every=ROUND_SECONDS)
