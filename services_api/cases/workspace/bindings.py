"""Who fills the functions of workflows: the screen beside those of the organisation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from services_api.cases.models import FunctionBinding
from tenants.context import current_community


class BindingForm(WagtailAdminModelForm):
    """The settlement is chosen from the register."""

    settlement = forms.ChoiceField(label=_("settlement"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        community = current_community()
        names = list(community.settlements.order_by("name_hy").values_list("name_hy", flat=True)) if community else []
        if self.instance.settlement and self.instance.settlement not in names:
            names.append(self.instance.settlement)
        field: Any = self.fields["settlement"]
        field.choices = [("", _("Every settlement")), *((each, each) for each in names)]


class BindingViewSet(ModelViewSet):
    model, name, url_prefix, icon = FunctionBinding, "case_functions", "organisation/functions", "tasks"
    menu_label = _("Functions of workflows")
    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    list_per_page = 50
    list_display = [
        Column("function", label=_("function"), accessor="get_function_display"),
        Column("procedure", label=_("procedure"), accessor=lambda each: each.procedure or _("Every procedure")),
        Column("settlement", label=_("settlement"), accessor=lambda each: each.settlement or _("Every settlement")),
        Column("to", label=_("To whom"), accessor=lambda each: each.position or each.queue),
    ]
    list_filter = ["function", "procedure"]
    edit_handler = ObjectList(
        [
            FieldPanel("function"),
            FieldPanel("procedure"),
            FieldPanel("settlement"),
            MultiFieldPanel([FieldPanel("position"), FieldPanel("queue")], heading=_("To whom")),
        ],
        base_form_class=BindingForm,
    )
