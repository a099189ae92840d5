from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# How often one asks which communities are to be checked; each is checked once a night (rounds.py).
ROUND_SECONDS = 600.0


class DisclosureConfig(AppConfig):
    """Publication duties of the law and how each community keeps them."""

    name = "cms.disclosure"
    label = "disclosure"
    verbose_name = _("Publication duties")

    def ready(self) -> None:
        # Registers evaluators' signals and the letter's handler, besides what is named below.
        from cms import retention
        from cms.disclosure import catalogue, history, reminders, rounds, tasks, triggers  # noqa: F401
        from tenants.catalogue import register_catalogue
        from tenants.dispatch import register_work

        register_catalogue("publication duties", catalogue.load)
        retention.forget("duties", history.thin_out)
        register_work("duties", due=rounds.due_inside, start=tasks.start_nightly, every=ROUND_SECONDS)
        register_work("duties-visit", due=rounds.due_outside, start=tasks.start_visit, every=ROUND_SECONDS)
