from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# How often one asks whether a shared item waits somewhere; sharing wakes the workers at once.
ROUND_SECONDS = 20.0


class SyndicationConfig(AppConfig):
    """What the ministry shares with communities."""

    name = "cms.syndication"
    label = "syndication"
    verbose_name = _("Shared content")

    def ready(self) -> None:
        from cms.syndication import provisioning, selectors, tasks  # noqa: F401 - the step registers itself
        from tenants.dispatch import register_work

        register_work("shared", due=selectors.schemas_with_work, start=tasks.deliver.delay, every=ROUND_SECONDS)
