from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Signing in: staff now, residents with a later issue."""

    name = "accounts"
    verbose_name = _("Accounts")
