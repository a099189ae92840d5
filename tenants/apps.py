from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TenantsConfig(AppConfig):
    """The tenancy kernel: the only room that knows schemas, roles and search paths."""

    name = "tenants"
    verbose_name = _("Communities")

    def ready(self) -> None:
        from tenants import checks  # noqa: F401 - registers the system checks
