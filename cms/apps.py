from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# How often one asks whose pages are to be published or taken away.
ROUND_SECONDS = 30.0


class CmsConfig(AppConfig):
    """The official website."""

    name = "cms"
    verbose_name = _("Website")

    def ready(self) -> None:
        from cms import (  # noqa: F401 - they register themselves
            checks,
            invalidation,
            letters,
            look,
            provisioning,
            retention,
            seeds,
            tasks,
        )
        from cms.workplace_words import give_words
        from tenants.dispatch import Moment, all_active, register_work, schemas_with_past
        from themes import choice

        choice.provide(look.theme_of_tenant)
        give_words()
        register_work(
            "pages",
            due=lambda: schemas_with_past(
                Moment("wagtailcore_revision", "approved_go_live_at"), Moment("wagtailcore_page", "expire_at", "live")
            ),
            start=tasks.publish_scheduled.delay,
            every=ROUND_SECONDS,
        )
        register_work("cms.retention", due=all_active, start=tasks.forget_old.delay, every=retention.EVERY_SECONDS)
