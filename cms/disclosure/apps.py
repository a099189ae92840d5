from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisclosureConfig(AppConfig):
    """Publication duties of the law and how each community keeps them."""

    name = "cms.disclosure"
    label = "disclosure"
    verbose_name = _("Publication duties")

    def ready(self) -> None:
        from cms.disclosure import catalogue
        from tenants.catalogue import register_catalogue

        register_catalogue("publication duties", catalogue.load)
