from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

PURGE_SECONDS = 6 * 3600.0
CLOCK_SECONDS = 60.0
SCAN_SECONDS = 15.0
BACKLOG_SECONDS = 3600.0
RETENTION_SECONDS = 24 * 3600.0


class CasesConfig(AppConfig):
    name = "services_api.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Cases")

    def ready(self) -> None:
        from services_api.cases import checks, seeds, tasks  # noqa: F401 - register checks, the seed and a task
        from services_api.cases.services import resealing, touch_clocks
        from services_api.workdays.public import when_calendar_changes
        from tenants.dispatch import Moment, all_active, each_active, register_work, schemas_with_past
        from tenants.sealing import register_holder

        register_holder("answers", reseal=resealing.reseal, probe=resealing.probe)

        register_work("drafts", due=all_active, start=tasks.start_purge, every=PURGE_SECONDS)
        register_work(
            "clocks",
            due=lambda: schemas_with_past(Moment("cases_case", "wake_at")),
            start=tasks.start_clocks,
            every=CLOCK_SECONDS,
        )
        register_work(
            "scans",
            due=lambda: schemas_with_past(Moment("cases_attachment", "scan_at")),
            start=tasks.start_scans,
            every=SCAN_SECONDS,
        )
        register_work("scan-backlog", due=all_active, start=tasks.start_backlog, every=BACKLOG_SECONDS)
        register_work("retention", due=all_active, start=tasks.start_retention, every=RETENTION_SECONDS)
        when_calendar_changes(lambda: each_active(touch_clocks))
