from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# How often one asks whose daily letters are due.
DIGEST_SECONDS = 60.0


class OutreachConfig(AppConfig):
    """What the site says to residents and hears from them: alerts, feedback, subscriptions, polls."""

    name = "cms.outreach"
    label = "outreach"
    verbose_name = _("Alerts and subscriptions")

    def ready(self) -> None:
        from cms import retention
        from cms.footer import add_follow_link
        from cms.outreach import (  # noqa: F401 - some say what they send
            feedback,
            letters,
            mailing,
            subscriptions,
            tasks,
        )
        from tenants.dispatch import Moment, register_work, schemas_with_past

        add_follow_link(_("News by e-mail"), "subscribe/")
        add_follow_link(_("Polls"), "polls/")
        add_follow_link(_("Alerts and interruptions"), "alerts/")
        register_work(
            "daily letters",
            due=lambda: schemas_with_past(Moment("outreach_digestclock", "next_at")),
            start=tasks.send_daily.delay,
            every=DIGEST_SECONDS,
        )
        retention.forget("subscriptions", subscriptions.forget_old)
        retention.forget("feedback", feedback.forget_old)
