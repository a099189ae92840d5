"""One screen for each part of the organisation, and the group that holds them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from services_api.org.models import Absence, Appointment, OrgUnit, Position, Queue, Substitution
from services_api.org.workspace.forms import JurisdictionForm, PeopleForm, SubstitutionForm
from services_api.org.workspace.screens import offered
from services_api.org.workspace.structure import StructureViewSet
from services_api.workdays.public import local


class SettlementsColumn(Column):
    """The jurisdiction as names."""

    def get_value(self, instance: Any) -> Any:
        return ", ".join(instance.settlements) or "—"


class StateColumn(Column):
    """Where something with a first and a last day stands today, in a word."""

    def get_value(self, instance: Any) -> Any:
        day = local(timezone.now()).date()
        if instance.valid_from > day:
            return _("planned")
        return _("past") if instance.valid_to and instance.valid_to < day else _("in force")


class OrganisationViewSet(ModelViewSet):
    """What all have in common."""

    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    list_per_page = 50


class UnitViewSet(OrganisationViewSet):
    model, name, url_prefix, icon = OrgUnit, "org_units", "organisation/units", "group"
    list_display = ["name_hy", "kind", "parent", SettlementsColumn("settlements", label=_("settlements"))]
    list_filter = ["kind"]
    search_fields = ["name_hy", "code"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name_hy"), FieldPanel("code")]),
            FieldPanel("kind"),
            FieldPanel("parent"),
            FieldPanel("position"),
            MultiFieldPanel([FieldPanel("settlements")], heading=_("Jurisdiction")),
            MultiFieldPanel([FieldPanel("name_en"), FieldPanel("name_ru")], heading=_("Other languages")),
        ],
        base_form_class=JurisdictionForm,
    )


class PositionViewSet(OrganisationViewSet):
    model, name, url_prefix, icon = Position, "org_positions", "organisation/positions", "user"
    list_display = [
        "title_hy",
        "unit",
        BooleanColumn("leads", label=_("leads the unit")),
        BooleanColumn("can_sign", label=_("may sign")),
        Column("clearance", label=_("clearance"), accessor="get_clearance_display"),
        SettlementsColumn("settlements", label=_("settlements")),
    ]
    list_filter = ["unit"]
    search_fields = ["title_hy"]
    edit_handler = ObjectList(
        [
            FieldPanel("title_hy"),
            FieldPanel("unit"),
            FieldRowPanel([FieldPanel("leads"), FieldPanel("can_sign")]),
            MultiFieldPanel([FieldPanel("settlements"), FieldPanel("clearance")], heading=_("Jurisdiction")),
            MultiFieldPanel([FieldPanel("title_en"), FieldPanel("title_ru")], heading=_("Other languages")),
        ],
        base_form_class=JurisdictionForm,
    )


class AppointmentViewSet(OrganisationViewSet):
    model, name, url_prefix, icon = Appointment, "org_appointments", "organisation/appointments", "calendar-check"
    list_display = ["user", "position", "valid_from", "valid_to", StateColumn("state", label=_("State"))]
    list_filter = ["position"]
    edit_handler = ObjectList(
        [
            FieldPanel("user"),
            FieldPanel("position"),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
        ],
        base_form_class=PeopleForm,
    )


class QueueViewSet(OrganisationViewSet):
    model, name, url_prefix, icon = Queue, "org_queues", "organisation/queues", "list-ul"
    list_display = ["name_hy", "unit", SettlementsColumn("settlements", label=_("settlements"))]
    search_fields = ["name_hy", "code"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name_hy"), FieldPanel("code")]),
            FieldPanel("unit"),
            FieldPanel("members"),
            MultiFieldPanel([FieldPanel("settlements")], heading=_("Jurisdiction")),
            MultiFieldPanel([FieldPanel("name_en"), FieldPanel("name_ru")], heading=_("Other languages")),
        ],
        base_form_class=JurisdictionForm,
    )


class OnlyBeforeItBegins(generic.DeleteView):
    """What has begun stays: history names it, and the log of reads rests on it. It is ended by its last day."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.object.valid_from <= local(timezone.now()).date():
            messages.error(request, gettext("It has begun already. Change its last day instead."))
            return redirect(self.index_url_name)
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer


class SubstitutionViewSet(OrganisationViewSet):
    model, name, url_prefix, icon = Substitution, "org_substitutions", "organisation/substitutions", "history"
    delete_view_class = OnlyBeforeItBegins
    list_display = [
        "user", "absent", "position", "valid_from", "valid_to", "order_number",
        StateColumn("state", label=_("State")),
    ]  # fmt: skip
    list_filter = ["position", "kind"]
    edit_handler = ObjectList(
        [
            FieldPanel("position"),
            FieldPanel("kind"),
            FieldRowPanel([FieldPanel("absent"), FieldPanel("user")]),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
            FieldPanel("order_number"),
            MultiFieldPanel([FieldPanel("is_full"), FieldPanel("covers")], heading=_("What is covered")),
        ],
        base_form_class=SubstitutionForm,
    )


class AbsenceViewSet(OrganisationViewSet):
    model, name, url_prefix, icon = Absence, "org_absences", "organisation/absences", "date"
    list_display = ["user", "ground", "valid_from", "valid_to", StateColumn("state", label=_("State"))]
    list_filter = ["ground"]
    edit_handler = ObjectList(
        [
            FieldPanel("user"),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
            FieldRowPanel([FieldPanel("ground"), FieldPanel("order_number")]),
        ],
        base_form_class=PeopleForm,
    )


class OrganisationGroup(ViewSetGroup):
    """«Կառուցվածք»: who there is, who works on what, who stands in for whom."""

    menu_label = _("Structure")
    menu_name = "organisation"
    menu_icon = "group"
    menu_order = 60

    @property
    def items(self) -> tuple[Any, ...]:
        return (
            StructureViewSet, UnitViewSet, PositionViewSet, AppointmentViewSet, QueueViewSet, SubstitutionViewSet,
            AbsenceViewSet, *offered(),
        )  # fmt: skip
