from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrgConfig(AppConfig):
    name = "services_api.org"
    label = "org"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Organisation")

    def ready(self) -> None:
        from services_api.org import seeds  # noqa: F401 - registers the seed
