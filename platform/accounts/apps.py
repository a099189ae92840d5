from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Signing in: staff now, residents with a later issue."""

    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from accounts import letters, provisioning  # noqa: F401 - register letters and the step of the first invitation

        # Wagtail reads the class of its staff screens from its own application's configuration.
        apps.get_app_config("wagtailusers").user_viewset = "accounts.workspace.StaffViewSet"  # type: ignore[attr-defined]
