from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SyndicationConfig(AppConfig):
    """What the ministry shares with communities."""

    name = "cms.syndication"
    label = "syndication"
    verbose_name = _("Shared content")
