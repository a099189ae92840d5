from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProceduresConfig(AppConfig):
    name = "services_api.procedures"
    label = "procedures"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Catalogue of procedures")

    def ready(self) -> None:
        from services_api.org.public import offer_scopes
        from services_api.procedures import seeds, selectors  # noqa: F401 - registers the seed of the template

        offer_scopes(selectors.scopes)
