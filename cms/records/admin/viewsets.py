"""One viewset a model, one group in the menu. The names in addresses are the codes of the registers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permissions import register_permission_policy

from cms.records import models
from cms.records.admin.panels import form, mandates, row
from cms.records.admin.permissions import RecordPermissionPolicy
from cms.records.admin.views import RecordCreateView, RecordDeleteView, RecordEditView, RecordIndexView
from cms.records.money import grouped

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from cms.records.models.base import RegisterRecord

# A tick or a cross; the bare value would be an English word.
PUBLISHED = BooleanColumn("is_published", label=capfirst(_("shown to visitors")), sort_key="is_published")
LIVE = BooleanColumn("is_live", label=capfirst(_("live broadcast")))
DATE = Column(
    "date",
    label=capfirst(_("date")),
    accessor=lambda record: date_format(record.date, "SHORT_DATE_FORMAT"),
    sort_key="date",
)
SHOWN = (DATE, PUBLISHED)


def money(name: str, label: StrOrPromise) -> Column:
    """Whole drams in groups of three; the heading says that they are drams."""

    def shown(record: RegisterRecord) -> str:
        amount = getattr(record, name)
        return "" if amount is None else grouped(amount)

    return Column(name, label=label, accessor=shown, sort_key=name)


class RecordViewSet(ModelViewSet):
    """What all records share: who may, what the list shows, how it is searched."""

    code = ""
    index_view_class = RecordIndexView
    add_view_class = RecordCreateView
    edit_view_class = RecordEditView
    delete_view_class = RecordDeleteView
    search_fields = ["title_hy", "title_en", "title_ru"]
    search_backend_name = None
    list_filter: Any = ["is_published"]
    list_display: Any = ["title_hy", *SHOWN]
    ordering: Any = "-date"
    menu_icon = "list-ul"
    icon = "list-ul"
    list_per_page = 50

    @cached_property
    def name(self) -> str:
        return f"records_{self.code}"

    @cached_property
    def url_prefix(self) -> str:
        return f"records/{self.code}"


class PersonViewSet(RecordViewSet):
    model, code, icon = models.Person, "people", "user"
    list_display = ["title_hy", "phone", "email", PUBLISHED]
    ordering = "title_hy"
    edit_handler = form(
        mandates(),
        MultiFieldPanel([row("phone", "email"), row("portrait", "birth_year")], heading=_("Contacts")),
        translated=("education", "profession", "reception"),
    )


class BodyViewSet(RecordViewSet):
    model, code, icon = models.Body, "bodies", "group"
    list_display = ["title_hy", "kind", "parent", PUBLISHED]
    list_filter = ["kind", "is_published"]
    ordering = ("position", "title_hy")
    edit_handler = form(row("kind", "parent"), row("seats", "position"), row("phone", "email"), translated=("address",))


class SettlementViewSet(RecordViewSet):
    model, code, icon = models.SettlementCard, "settlements", "site"
    list_display = ["title_hy", "population", "phone", PUBLISHED]
    ordering = ("-is_town", "title_hy")
    edit_handler = form(
        row("population", "population_date"),
        row("phone", "picture"),
        row("latitude", "longitude"),
        translated=("address", "reception"),
    )


class OrganisationViewSet(RecordViewSet):
    model, code, icon = models.Organisation, "organisations", "home"
    list_display = ["title_hy", "kind", "settlement", PUBLISHED]
    list_filter = ["kind", "settlement", "is_published"]
    ordering = ("kind", "title_hy")
    edit_handler = form(
        row("kind", "settlement"),
        row("phone", "email"),
        FieldPanel("website"),
        translated=("address", "head", "hours"),
    )


class BudgetViewSet(RecordViewSet):
    model, code, icon = models.BudgetYear, "budget", "table"
    list_display = ["title_hy", "year", "status", PUBLISHED]
    list_filter = ["status", "is_published"]
    ordering = "-year"
    # The address of a budget is its year, so the form asks for none.
    edit_handler = form(row("year", "status"), row("decision_number", "decision_date"), FieldPanel("date"))


class BudgetDocumentViewSet(RecordViewSet):
    model, code, icon = models.BudgetDocument, "budget-documents", "doc-full"
    list_display = ["title_hy", "budget", "kind", *SHOWN]
    list_filter = ["budget", "kind", "is_published"]
    edit_handler = form(row("budget", "kind"), row("quarter", "number"), row("date", "file"))


class ProgrammeViewSet(RecordViewSet):
    model, code, icon = models.Programme, "programmes", "tasks"
    list_display = ["title_hy", "kind", "first_year", "last_year", PUBLISHED]
    list_filter = ["kind", "is_published"]
    edit_handler = form(
        FieldPanel("kind"), row("first_year", "last_year"), row("decision_number", "date"), FieldPanel("file")
    )


class ReportViewSet(RecordViewSet):
    model, code, icon = models.Report, "reports", "clipboard-list"
    list_display = ["title_hy", "kind", "year", *SHOWN]
    list_filter = ["kind", "year", "is_published"]
    edit_handler = form(row("kind", "year"), row("date", "file"))


class ProcurementViewSet(RecordViewSet):
    model, code, icon = models.Procurement, "procurement", "form"
    list_display = ["title_hy", "stage", "code", money("amount", capfirst(_("amount, AMD"))), *SHOWN]
    list_filter = ["stage", "is_published"]
    search_fields = ["title_hy", "code", "supplier"]
    edit_handler = form(
        row("stage", "code"),
        row("amount", "date"),
        row("deadline", "supplier"),
        row("contract_from", "contract_to"),
        FieldPanel("link"),
        FieldPanel("file"),
    )


class PropertyViewSet(RecordViewSet):
    model, code, icon = models.Property, "property", "key"
    list_display = ["title_hy", "kind", "settlement", "state", PUBLISHED]
    list_filter = ["kind", "state", "settlement", "is_published"]
    ordering = ("kind", "title_hy")
    edit_handler = form(
        row("kind", "state"), row("settlement", "area"), FieldPanel("cadastre_code"), FieldPanel("date"),
        translated=("address", "use"),
    )  # fmt: skip


class AuctionViewSet(RecordViewSet):
    model, code, icon = models.Auction, "auctions", "history"
    list_display = [
        "title_hy",
        "kind",
        "deadline",
        money("starting_price", capfirst(_("starting price, AMD"))),
        PUBLISHED,
    ]
    list_filter = ["kind", "is_published"]
    ordering = "-deadline"
    edit_handler = form(
        row("kind", "property"),
        row("date", "deadline"),
        row("held_at", "starting_price"),
        row("deposit", "final_price"),
        FieldPanel("azdarar_link"),
        FieldPanel("file"),
        translated=("place", "result"),
    )


class VacancyViewSet(RecordViewSet):
    model, code, icon = models.Vacancy, "vacancies", "user"
    list_display = ["title_hy", "unit", "deadline", PUBLISHED]
    list_filter = ["unit", "is_published"]
    ordering = "-deadline"
    edit_handler = form(
        row("unit", "salary"),
        row("date", "deadline"),
        FieldPanel("held_at"),
        FieldPanel("file"),
        translated=("requirements", "procedure", "result"),
    )


class VideoViewSet(RecordViewSet):
    model, code, icon = models.Video, "videos", "media"
    list_display = ["title_hy", "kind", LIVE, *SHOWN]
    list_filter = ["kind", "is_published"]
    edit_handler = form(
        row("kind", "date"),
        FieldPanel("link"),
        FieldPanel("file"),
        row("poster", "minutes"),
        MultiFieldPanel([FieldPanel("is_live"), row("live_from", "live_to")], heading=_("Live broadcast")),
    )


class RecordsGroup(ModelViewSetGroup):
    """«Գրանցումներ» in the menu."""

    menu_label = _("Records")
    menu_name = "records"
    menu_icon = "list-ul"
    menu_order = 130
    items = (
        PersonViewSet,
        BodyViewSet,
        SettlementViewSet,
        OrganisationViewSet,
        BudgetViewSet,
        BudgetDocumentViewSet,
        ProgrammeViewSet,
        ReportViewSet,
        ProcurementViewSet,
        PropertyViewSet,
        AuctionViewSet,
        VacancyViewSet,
        VideoViewSet,
    )


# Known before the viewsets are registered; they ask the registry.
for _viewset in RecordsGroup.items:
    register_permission_policy(_viewset.model, RecordPermissionPolicy(_viewset.model), exact_class=True)
