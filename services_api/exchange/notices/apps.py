from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# How often one asks whose letter of the day is due.
ROUND_SECONDS = 300.0


class NoticesConfig(AppConfig):
    """Notices to officers, in the tenant's schema."""

    name = "services_api.exchange.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Notices")

    def ready(self) -> None:
        # Listens to cases, and sends the letters of the day.
        from services_api.exchange.notices import daily, services, tasks  # noqa: F401
        from tenants.dispatch import Moment, register_work, schemas_with_past

        register_work(
            "notices-daily",
            due=lambda: schemas_with_past(Moment("notices_wish", "next_at")),
            start=tasks.start_daily,
            every=ROUND_SECONDS,
        )
