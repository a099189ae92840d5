"""The ministry's screens in its own workplace: the heat map, one community, waivers, the catalogue of duties.

They read results in the register and write waivers and duties there; no tenant is entered to read.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.disclosure import board_data, catalogue, chart, exports, standings, tasks
from cms.disclosure.board_data import Choice
from cms.disclosure.forms import DutyForm, WaiverForm
from cms.disclosure.models import PublicationDuty, Verdict, Waiver
from tenants.context import current_community, register, tenant
from tenants.models import Community

# The right that the console's screens ask for; waivers and the catalogue are for the same people.
MANAGE = "console.manage_communities"
COMMUNITIES_A_PAGE = 100
MARKS = {
    Verdict.PASS: "✓",
    Verdict.TOLERATED: "◐",
    Verdict.FAIL: "✕",
    Verdict.NOT_APPLICABLE: "–",
}


def is_ministry() -> bool:
    """True in the ministry's own workplace."""
    community = current_community()
    return community is not None and community.is_ministry


def may_see(request: HttpRequest) -> bool:
    """The board shows the whole country; it is for those who manage communities."""
    return is_ministry() and request.user.has_perm(MANAGE)


class MinistryOnly:
    """For the ministry's staff with the right; for everybody else there is nothing at these addresses."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_see(request):
            raise Http404
        response = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        response["Cache-Control"] = "no-store, private"
        return response


class BoardView(MinistryOnly, WagtailAdminTemplateMixin, TemplateView):
    """Communities x duties, the weakest first."""

    template_name = "disclosure/board.html"
    page_title = gettext_lazy("Duties of communities")
    header_icon = "table"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        board = board_data.board(choice_of(self.request))
        shown = board.rows[:COMMUNITIES_A_PAGE]
        return super().get_context_data(
            **kwargs,
            board=board,
            rows=[
                {
                    "community": row.community,
                    "total": row.total,
                    "checked_on": row.checked_on,
                    "cells": [
                        {"verdict": cell.verdict, "mark": MARKS[Verdict(cell.verdict)], "standing": cell}
                        if cell
                        else None
                        for cell in row.cells
                    ],
                }
                for row in shown
            ],
            left_out=len(board.rows) - len(shown),
            verdicts=[{"code": code, "label": label, "mark": MARKS[Verdict(code)]} for code, label in Verdict.choices],
            chart=chart.trend(board.weeks),
            query=self.request.GET.urlencode(),
            is_narrowed=bool(board.choice.marz or board.choice.verdict or board.choice.duty),
        )


def choice_of(request: HttpRequest) -> Choice:
    """What the query narrows the board to; unknown values are no filter."""
    verdict = request.GET.get("verdict", "")
    return Choice(
        marz=request.GET.get("marz", "")[:2],
        verdict=verdict if verdict in Verdict.values else "",
        duty=request.GET.get("duty", "")[:40],
    )


def board_csv(request: HttpRequest) -> HttpResponse:
    """The heat map as a table: one row a community, one column a duty."""
    if not may_see(request):
        raise Http404
    board = board_data.board(choice_of(request))
    codes = [duty.code for duty in board.duties]
    rows = (
        {
            "community": row.community.slug,
            "name": row.community.name_hy,
            "marz": row.community.marz.iso if row.community.marz else "",
            "kept": row.total.met,
            "wanted": row.total.applicable,
            **{code: cell.verdict if cell else "" for code, cell in zip(codes, row.cells, strict=True)},
        }
        for row in board.rows
    )
    return exports.as_csv(rows, ("community", "name", "marz", "kept", "wanted", *codes), "duties-board")


class CommunityView(MinistryOnly, WagtailAdminTemplateMixin, TemplateView):
    """One community: its standings, its trend, its waivers, and the form for a new one."""

    template_name = "disclosure/board_community.html"
    header_icon = "table"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.form: WaiverForm | None = None

    def get_page_title(self) -> str:
        return self.community.name()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("disclosure_board"), "label": BoardView.page_title},
            {"url": "", "label": self.community.name()},
        ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_see(request):
            raise Http404
        try:
            self.community, self.rows = board_data.of_community(kwargs["slug"])
        except Community.DoesNotExist as error:
            raise Http404 from error
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with register():
            form = WaiverForm(request.POST)
            if form.is_valid():
                waiver = form.save(commit=False)
                waiver.community = self.community
                waiver.granted_by = str(getattr(request.user, "get_full_name", request.user.get_username)())[:150]
                waiver.save()
                until = date_format(waiver.ends_on, "DATE_FORMAT")
                messages.success(request, _("The waiver holds until %(date)s.") % {"date": until})
                _check_again(self.community)
                return redirect("disclosure_board_community", self.community.slug)
        self.form = form
        return self.render_to_response(self.get_context_data(**kwargs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        with register():
            form = self.form or WaiverForm()
            # The choices of the form are read here, in the register.
            fields = [{"field": field, "html": str(field)} for field in form]
        today = timezone.localdate()
        return super().get_context_data(
            **kwargs,
            community=self.community,
            total=standings.total(self.rows),
            rows=[
                {
                    "row": row,
                    "duty": row.duty,
                    "mark": MARKS[Verdict(row.verdict)],
                    "place": board_data.place(self.community, row),
                }
                for row in self.rows
            ],
            waivers=[
                {
                    "waiver": waiver,
                    "holds": waiver.starts_on <= today <= waiver.ends_on,
                    "is_over": waiver.ends_on < today,
                }
                for waiver in board_data.waivers(self.community)
            ],
            form=form,
            fields=fields,
            chart=chart.trend(board_data.trend(community=self.community)),
        )


@require_POST
def end_waiver(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A waiver ends yesterday, so that the duty counts from today; one that has not begun yet is taken away."""
    if not may_see(request):
        raise Http404
    today = timezone.localdate()
    with register():
        waiver = Waiver.objects.select_related("community").filter(pk=pk, community__slug=slug).first()
        if waiver is None:
            raise Http404
        if waiver.starts_on >= today:
            waiver.delete()
        elif waiver.ends_on >= today:
            waiver.ends_on = today - timedelta(days=1)
            waiver.save(update_fields=["ends_on"])
    messages.success(request, _("The waiver has ended."))
    _check_again(waiver.community)
    return redirect("disclosure_board_community", slug)


class CatalogueView(MinistryOnly, WagtailAdminTemplateMixin, TemplateView):
    """All duties with their sources, and which of them the ministry has edited."""

    template_name = "disclosure/catalogue.html"
    page_title = gettext_lazy("Catalogue of duties")
    header_icon = "list-ul"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("disclosure_board"), "label": BoardView.page_title},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        with register():
            duties = list(PublicationDuty.objects.all())
        rows = [{"duty": duty, "is_edited": catalogue.is_edited(duty)} for duty in duties]
        return super().get_context_data(**kwargs, rows=rows)


class DutyView(MinistryOnly, WagtailAdminTemplateMixin, TemplateView):
    """Editing one duty; from then on releases leave it alone."""

    template_name = "disclosure/duty.html"
    header_icon = "edit"

    def get_page_title(self) -> str:
        return self.duty.title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("disclosure_board"), "label": BoardView.page_title},
            {"url": reverse("disclosure_catalogue"), "label": CatalogueView.page_title},
            {"url": "", "label": self.duty.title()},
        ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_see(request):
            raise Http404
        with register():
            duty = PublicationDuty.objects.filter(code=kwargs["code"]).first()
        if duty is None:
            raise Http404
        self.duty = duty
        self.form = DutyForm(instance=duty)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with register():
            self.form = DutyForm(request.POST, instance=self.duty)
            if self.form.is_valid():
                self.form.save()
                messages.success(request, _("Saved. It counts from the next check of each community."))
                return redirect("disclosure_catalogue")
        return self.render_to_response(self.get_context_data(**kwargs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        fields = [{"field": field, "html": str(field)} for field in self.form]
        return super().get_context_data(**kwargs, duty=self.duty, form=self.form, fields=fields)


def _check_again(community: Community) -> None:
    with tenant(community):
        tasks.check_soon()
