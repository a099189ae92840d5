from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteSearchConfig(AppConfig):
    """Search that finds: one index of pages, records, documents and services."""

    name = "cms.search"
    label = "site_search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from cms import retention
        from cms.search import files, own_sources, seeds, unanswered, watching  # noqa: F401 - they register themselves

        retention.forget("unanswered", unanswered.forget_old)
