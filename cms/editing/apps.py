from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditingConfig(AppConfig):
    """Help for those who write: checks of the text, checklists, reports of upkeep."""

    name = "cms.editing"
    label = "editing"
    verbose_name = _("Editing")

    def ready(self) -> None:
        from cms.editing.public_files import index_records

        index_records()
