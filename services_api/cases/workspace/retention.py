"""How long cases are kept: the screen beside those of the organisation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from services_api.cases.models import RetentionRule


class RetentionViewSet(ModelViewSet):
    model, name, url_prefix, icon = RetentionRule, "case_retention", "organisation/retention", "time"
    menu_label = _("Terms of keeping")
    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    list_per_page = 50
    list_display = [
        Column("procedure", label=_("procedure"), accessor=lambda each: each.procedure or _("Every procedure")),
        Column("outcome", label=_("outcome"), accessor="get_outcome_display"),
        Column("months", label=_("kept for so many months")),
        Column("certainty", label=_("certainty"), accessor="get_certainty_display"),
    ]
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("procedure", "outcome", "months", "legal_basis", "certainty")]
    )
