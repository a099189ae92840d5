"""All registers of the website. A new one is an entry here and a model (docs/maintainers/records.md)."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, Value, When
from django.utils.translation import gettext_lazy as _

from cms.records.columns import Column, choice, field, related, words
from cms.records.filters import by_choice, by_openness, by_place, by_year, by_year_number, still_taken
from cms.records.models import (
    Auction,
    BudgetYear,
    Organisation,
    Person,
    Procurement,
    Programme,
    Property,
    Report,
    SettlementCard,
    Vacancy,
    Video,
)
from cms.records.register import Part, Register
from cms.records.shown import budget, deadlines, people, places, videos

NEWEST = (_("newest first"), ("-date", "-pk"))
BY_TITLE = (_("by title"), ("title_hy", "pk"))
DATE = field("date", _("date"), kind="date").only("list", "detail")
FILE = field("file", _("file"), "detail", "data", kind="file")


def _open_first() -> tuple[Any, ...]:
    """First those that still take applications, the nearest deadline on top; then the ended ones."""
    is_open = still_taken()
    return (
        Case(When(is_open, then=Value(0)), default=Value(1)),
        Case(When(is_open, then=F("deadline"))).asc(nulls_last=True),
        "-deadline",
        "-pk",
    )


def _openness(record: Any, language: str) -> str:
    return deadlines.in_words(record)


def _years(record: Any, language: str) -> str:
    one_year = record.first_year == record.last_year
    return str(record.first_year) if one_year else f"{record.first_year}–{record.last_year}"


registers: dict[str, Register] = {}


def _add(register: Register) -> None:
    registers[register.code] = register


_add(
    Register(
        code="people",
        model=Person,
        label=_("people in office"),
        columns=(
            Column("offices", _("office held"), people.offices_text, places=("list", "data")),
            words("education", _("education"), "detail", "data"),
            words("profession", _("profession"), "detail", "data"),
            field("phone", _("work phone"), kind="phone"),
            field("email", _("work e-mail"), kind="email"),
            words("reception", _("reception of residents"), "detail", "data"),
            field("birth_year", _("year of birth"), "detail", "data"),
        ),
        orders={"title": BY_TITLE},
        prefetch=people.current_offices,
        parts={
            "head": Part(
                _("head of the community and deputies"), people.in_bodies("head"), "records/head.html", people.head
            ),
            "council": Part(
                _("the council: members and factions"),
                people.in_bodies("council", "faction"),
                "records/council.html",
                people.council,
            ),
            "staff": Part(
                _("the staff: units and contacts"),
                people.in_bodies("unit", "settlement"),
                "records/staff.html",
                people.staff,
            ),
            "commissions": Part(
                _("commissions and their members"),
                people.in_bodies("commission"),
                "records/commissions.html",
                people.commissions,
            ),
        },
        detail_template="records/person.html",
        detail=people.person,
        empty_text=_("The people in office will stand here with their contacts and terms."),
        search_kind="person",
    )
)
_add(
    Register(
        code="settlements",
        model=SettlementCard,
        label=_("settlements"),
        columns=(
            Column("kind", _("kind of settlement"), places.kind_text, places=("list", "detail", "data")),
            field("population", _("population"), kind="number"),
            field("population_date", _("date of the population figure"), "data", kind="date"),
            field("phone", _("phone of the office"), "detail", "data", kind="phone"),
            words("address", _("address of the office"), "detail", "data"),
            words("reception", _("reception of residents"), "detail", "data"),
            field("latitude", _("latitude"), "data"),
            field("longitude", _("longitude"), "data"),
        ),
        orders={"title": (_("by title"), ("-is_town", "title_hy"))},
        template="records/settlements.html",
        screen=places.settlements,
        detail_template="records/settlement.html",
        detail=places.settlement,
        empty_text=_("The cards of the settlements will stand here."),
    )
)
_add(
    Register(
        code="organisations",
        model=Organisation,
        label=_("organisations of the community"),
        columns=(
            choice("kind", _("kind of organisation")),
            related("settlement", _("settlement")),
            words("address", _("address")),
            field("phone", _("phone"), kind="phone"),
            field("email", _("e-mail"), "detail", "data", kind="email"),
            field("website", _("website"), "detail", "data", kind="link"),
            words("head", _("director"), "detail", "data"),
            words("hours", _("working hours"), "detail", "data"),
        ),
        filters=(by_choice("kind", _("kind of organisation"), Organisation.Kind.choices), by_place()),
        orders={"title": (_("by title"), ("kind", "title_hy", "pk"))},
        related=("settlement",),
        empty_text=_("Kindergartens, schools and other organisations of the community will stand here."),
    )
)
_add(
    Register(
        code="budget",
        model=BudgetYear,
        label=_("budgets"),
        columns=(
            field("year", _("budget year"), "data"),
            choice("status", _("status of the budget")),
            field("decision_number", _("number of the decision")),
            field("decision_date", _("date of the decision"), kind="date"),
        ),
        filters=(),
        orders={"year": (_("newest first"), ("-year",))},
        template="records/budget.html",
        screen=budget.newest,
        detail_template="records/budget.html",
        detail=budget.of_year,
        empty_text=_("The budget of the year, its amendments and execution will stand here as tables and charts."),
    )
)
_add(
    Register(
        code="programmes",
        model=Programme,
        label=_("programmes"),
        columns=(
            choice("kind", _("kind of programme")),
            Column("years", _("years"), _years, places=("list", "detail")),
            field("first_year", _("first year"), "data"),
            field("last_year", _("last year"), "data"),
            field("decision_number", _("number of the decision"), "detail", "data"),
            DATE,
            FILE,
        ),
        filters=(by_choice("kind", _("kind of programme"), Programme.Kind.choices), by_year_number("first_year")),
        orders={"date": (_("newest first"), ("-first_year", "-date", "-pk")), "title": BY_TITLE},
        related=("file",),
        empty_text=_("The five-year development programme and the annual work plans will stand here."),
        search_kind="document",
    )
)
_add(
    Register(
        code="reports",
        model=Report,
        label=_("reports to residents"),
        columns=(choice("kind", _("kind of report")), field("year", _("year of the report")), DATE, FILE),
        filters=(by_choice("kind", _("kind of report"), Report.Kind.choices), by_year_number("year")),
        orders={"date": NEWEST, "title": BY_TITLE},
        related=("file",),
        empty_text=_("Reports of the head, of the programmes and of information requests will stand here."),
        search_kind="document",
    )
)
_add(
    Register(
        code="procurement",
        model=Procurement,
        label=_("procurements"),
        columns=(
            choice("stage", _("stage")),
            field("code", _("procedure code")),
            field("amount", _("amount, AMD"), kind="money"),
            DATE,
            field("deadline", _("offers are taken until"), "detail", "data", kind="moment"),
            field("supplier", _("supplier"), "detail", "data"),
            field("contract_from", _("contract from"), "detail", "data", kind="date"),
            field("contract_to", _("contract to"), "detail", "data", kind="date"),
            field("link", _("page on procurement.am"), "detail", "data", kind="link"),
            FILE,
        ),
        filters=(by_choice("stage", _("stage"), Procurement.Stage.choices), by_year()),
        orders={"date": NEWEST, "amount": (_("largest first"), (F("amount").desc(nulls_last=True), "-pk"))},
        related=("file",),
        empty_text=_("The procurement plan, notices, contracts and results will stand here."),
    )
)
_add(
    Register(
        code="property",
        model=Property,
        label=_("property of the community"),
        columns=(
            choice("kind", _("kind of property")),
            related("settlement", _("settlement")),
            words("address", _("address")),
            field("area", _("area, m²"), kind="area"),
            choice("state", _("state of the property")),
            words("use", _("use"), "detail", "data"),
            field("cadastre_code", _("cadastre code"), "detail", "data"),
        ),
        filters=(
            by_choice("kind", _("kind of property"), Property.Kind.choices),
            by_choice("state", _("state of the property"), Property.State.choices),
            by_place(),
        ),
        orders={
            "title": (_("by title"), ("kind", "title_hy", "pk")),
            "area": (_("largest first"), (F("area").desc(nulls_last=True), "pk")),
        },
        related=("settlement",),
        empty_text=_("Land, buildings and machines of the community will stand here."),
    )
)
_add(
    Register(
        code="auctions",
        model=Auction,
        label=_("auctions"),
        columns=(
            Column("openness", _("applications"), _openness, places=("list",)),
            choice("kind", _("kind of auction")),
            field("starting_price", _("starting price, AMD"), kind="money"),
            field("deadline", _("applications are taken until"), "detail", "data", kind="moment"),
            field("held_at", _("auction takes place"), "detail", "data", kind="moment"),
            words("place", _("place of the auction"), "detail", "data"),
            field("deposit", _("deposit, AMD"), "detail", "data", kind="money"),
            related("property", _("property"), "detail", "data"),
            words("result", _("result of the auction")),
            field("final_price", _("final price, AMD"), "detail", "data", kind="money"),
            field("azdarar_link", _("notice on azdarar.am"), "detail", "data", kind="link"),
            FILE,
        ),
        filters=(
            by_openness(_("applications"), still_taken),
            by_choice("kind", _("kind of auction"), Auction.Kind.choices),
            by_year("deadline"),
        ),
        orders={"open": (_("open ones first"), _open_first), "date": (_("newest first"), ("-deadline",))},
        related=("property", "file"),
        empty_text=_("Notices of auctions for the sale and lease of property will stand here."),
        has_deadline=True,
    )
)
_add(
    Register(
        code="vacancies",
        model=Vacancy,
        label=_("vacancies"),
        columns=(
            Column("openness", _("applications"), _openness, places=("list",)),
            related("unit", _("unit")),
            field("deadline", _("applications are taken until"), kind="moment"),
            field("held_at", _("competition takes place"), "detail", "data", kind="moment"),
            field("salary", _("monthly salary, AMD"), "detail", "data", kind="money"),
            words("requirements", _("requirements"), "detail", "data", kind="words"),
            words("procedure", _("how to apply"), "detail", "data", kind="words"),
            words("result", _("result of the competition")),
            FILE,
        ),
        filters=(by_openness(_("applications"), still_taken), by_year("deadline")),
        orders={"open": (_("open ones first"), _open_first), "date": (_("newest first"), ("-deadline",))},
        related=("unit", "file"),
        empty_text=_("Vacant posts and their competitions will stand here."),
        has_deadline=True,
    )
)
_add(
    Register(
        code="videos",
        model=Video,
        label=_("videos"),
        columns=(
            choice("kind", _("kind of video")),
            DATE,
            field("minutes", _("length in minutes"), "detail", "data"),
            field("link", _("address of the video"), "data", kind="link"),
            field("file", _("file"), "data", kind="file"),
        ),
        filters=(by_choice("kind", _("kind of video"), Video.Kind.choices), by_year()),
        orders={"date": NEWEST, "title": BY_TITLE},
        related=("file",),
        prefetch=videos.posters,
        template="records/videos.html",
        card=videos.card,
        detail_template="records/video.html",
        detail=videos.shown,
        empty_text=_("Recordings of the council's sessions will stand here."),
    )
)


def register_of(record: Any) -> Register:
    """The register that a record belongs to. Raises LookupError for a model without one."""
    for register in registers.values():
        if isinstance(record, register.model):
            return register
    raise LookupError(f"{type(record).__name__} belongs to no register")


__all__ = ["Register", "register_of", "registers"]
