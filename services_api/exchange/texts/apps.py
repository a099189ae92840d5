from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TextsConfig(AppConfig):
    """Own texts of letters, in the tenant's schema."""

    name = "services_api.exchange.texts"
    label = "letter_texts"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Texts of letters")

    def ready(self) -> None:
        from services_api.exchange.texts import book  # noqa: F401 - tells the catalogue which letters there are
