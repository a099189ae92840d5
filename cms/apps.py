from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    """The official website."""

    name = "cms"
    verbose_name = _("Website")

    def ready(self) -> None:
        from cms import checks, invalidation, provisioning, seeds  # noqa: F401 - they register themselves
