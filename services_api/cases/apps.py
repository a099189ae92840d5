from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

PURGE_SECONDS = 6 * 3600.0


class CasesConfig(AppConfig):
    name = "services_api.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Cases")

    def ready(self) -> None:
        from services_api.cases import checks, seeds, tasks  # noqa: F401 - register checks, the seed and a task
        from tenants.dispatch import all_active, register_work

        register_work("drafts", due=all_active, start=tasks.start_purge, every=PURGE_SECONDS)
