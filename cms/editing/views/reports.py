"""Reports for those who keep the site: stale pages, translations, checks of the whole site."""

from __future__ import annotations

import csv
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from cms.editing import text_report, translation_status, upkeep
from cms.models import HomePage
from cms.models.base import BasePage

PAGE_SIZE = 50
MONTHS = (3, 6, 12, 24)
REASONS = {
    "overdue": gettext_lazy("The day of review has passed"),
    "old": gettext_lazy("Not changed for long"),
    "never": gettext_lazy("Nobody has looked at the starter text"),
}
STATUSES = {
    "missing": gettext_lazy("Not translated"),
    "draft": gettext_lazy("Begun, not published"),
    "outdated": gettext_lazy("Outdated: the original has changed"),
    "machine": gettext_lazy("By machine, to be looked through"),
    "translated": gettext_lazy("Translated"),
}


def may_see(user: Any) -> bool:
    """Whoever may change pages."""
    return page_permission_policy.user_has_any_permission(user, {"change", "publish"})


class ReportView(WagtailAdminTemplateMixin, TemplateView):
    """A list with filters that are a plain form, pages, and a file of the same rows."""

    file_name = "report"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_see(request.user):
            raise PermissionDenied
        if request.GET.get("format") == "csv":
            return self._csv()
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response  # type: ignore[return-value]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def rows(self) -> list[Any]:
        """All rows that the filters leave."""
        raise NotImplementedError

    def table(self) -> tuple[list[str], list[list[Any]]]:
        """Headings and rows of the file."""
        raise NotImplementedError

    def language(self) -> str:
        asked = self.request.GET.get("language", "")
        return asked if asked in dict(settings.LANGUAGES) else ""

    def section(self) -> Page | None:
        asked = self.request.GET.get("section", "")
        return Page.objects.filter(pk=asked, depth=3).first() if asked.isdigit() else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.rows()
        page = Paginator(found, PAGE_SIZE).get_page(self.request.GET.get("p"))
        kept = self.request.GET.copy()
        kept.pop("p", None)
        home = HomePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
        return super().get_context_data(
            **kwargs,
            page_obj=page,
            total=len(found),
            keep=kept.urlencode(),
            given=self.request.GET,
            sections=list(home.get_children().order_by("path")) if home else [],
            languages=settings.LANGUAGES,
            here=self.request.get_full_path(),
        )

    def _csv(self) -> HttpResponse:
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self.file_name}-{timezone.localdate()}.csv"'
        response["Cache-Control"] = "no-store, private"
        response.write("\ufeff")  # spreadsheets read UTF-8 only so
        headings, rows = self.table()
        writer = csv.writer(response, delimiter=";")
        writer.writerow(headings)
        writer.writerows([[_plain(cell) for cell in row] for row in rows])
        return response


def _plain(cell: Any) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


class StaleReport(ReportView):
    template_name = "editing/stale.html"
    page_title = gettext_lazy("Stale pages")
    header_icon = "time"
    file_name = "stale-pages"

    def rows(self) -> list[upkeep.StalePage]:
        given = self.request.GET
        months = int(given["months"]) if given.get("months", "").isdigit() else upkeep.OLD_MONTHS
        owner = given.get("owner", "")
        found = upkeep.stale_pages(
            months=months if months in MONTHS else upkeep.OLD_MONTHS,
            language=self.language(),
            section=self.section(),
            owner=int(owner) if owner.isdigit() else None,
        )
        reason = given.get("reason", "")
        return [row for row in found if row.reason == reason] if reason in REASONS else found

    def table(self) -> tuple[list[str], list[list[Any]]]:
        headings = [
            _("Page"),
            _("Language"),
            _("Why"),
            _("To be reviewed by"),
            _("Changed"),
            _("Who answers for it"),
            _("Responsible unit"),
        ]
        return headings, [
            [
                row.page.title,
                row.page.locale.language_code,
                REASONS[row.reason],
                row.reviewed_until,
                timezone.localtime(row.changed_at).date() if row.changed_at else "",
                row.page.owner or "",
                row.responsible,
            ]
            for row in self.rows()
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        owners = {row.page.owner_id: str(row.page.owner) for row in upkeep.stale_pages() if row.page.owner_id}
        rows = [{"row": row, "why": REASONS[row.reason]} for row in context["page_obj"].object_list]
        context.update(rows=rows, reasons=REASONS, months=MONTHS, owners=owners)
        return context


@require_POST
def confirm_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """«Still true»: for whoever may publish the page."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, BasePage):
        raise Http404
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    until = upkeep.confirm(page, request.user)
    messages.success(
        request,
        _("«%(title)s» holds until %(date)s.") % {"title": page.title, "date": until.strftime("%d.%m.%Y")},
    )
    return redirect(_back(request, "editing_stale"))


class TranslationReport(ReportView):
    template_name = "editing/translations.html"
    page_title = gettext_lazy("Translations")
    header_icon = "globe"
    file_name = "translations"

    def rows(self) -> list[translation_status.TranslationStatus]:
        found = translation_status.statuses(self.language(), self.section())
        status = self.request.GET.get("status", "todo")
        if status in STATUSES:
            return [row for row in found if row.status == status]
        return [row for row in found if row.status != "translated"] if status == "todo" else found

    def table(self) -> tuple[list[str], list[list[Any]]]:
        headings = [_("Page"), _("Language"), _("State"), _("Original changed")]
        return headings, [
            [
                row.original.title,
                row.language,
                STATUSES[row.status],
                timezone.localtime(row.since).date() if row.since else "",
            ]
            for row in self.rows()
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        names = dict(settings.LANGUAGES)
        context.update(
            rows=[
                {"row": row, "state": STATUSES[row.status], "name": names[row.language]}
                for row in context["page_obj"].object_list
            ],
            statuses=STATUSES,
            status=self.request.GET.get("status", "todo"),
            languages=[(code, names[code]) for code in translation_status.OTHER_LANGUAGES],
        )
        return context


def _status_of(request: HttpRequest, page_id: int, language: str) -> translation_status.TranslationStatus:
    if language not in translation_status.OTHER_LANGUAGES:
        raise Http404
    page = get_object_or_404(Page, pk=page_id, locale__language_code=settings.LANGUAGE_CODE)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    found = [row for row in translation_status.statuses(language, page) if row.original.pk == page.pk]
    if not found:
        raise Http404
    return found[0]


@require_safe
def translation_changes(request: HttpRequest, page_id: int, language: str) -> HttpResponse:
    """What the original says now and did not say when this translation was published."""
    row = _status_of(request, page_id, language)
    context = {
        "row": row,
        "state": STATUSES[row.status],
        "changes": translation_status.changes_since(row),
        "name": dict(settings.LANGUAGES)[language],
        "page_title": _("What has changed"),
        "header_title": _("What has changed"),
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("editing_translations"), "label": _("Translations")},
            {"url": "", "label": row.original.title},
        ],
        "header_icon": "globe",
    }
    return render(request, "editing/translation_changes.html", context)


@require_POST
def translate(request: HttpRequest, page_id: int, language: str) -> HttpResponse:
    """Begin a translation, or put the new texts of the original into it; then its screen opens."""
    row = _status_of(request, page_id, language)
    if row.translation is None and not request.user.has_perm("wagtail_localize.submit_translation"):
        raise PermissionDenied
    page = translation_status.start_or_update(row.original, language, request.user)
    return redirect("wagtailadmin_pages:edit", page.pk)


class TextReport(ReportView):
    template_name = "editing/text_report.html"
    page_title = gettext_lazy("Checks of the content")
    header_icon = "glasses"
    file_name = "content-checks"

    def rows(self) -> list[text_report.Checked]:
        self.result = text_report.of_site(self.language(), self.section())
        code = self.request.GET.get("code", "")
        return [row for row in self.result.rows if not code or code in row.codes]

    def table(self) -> tuple[list[str], list[list[Any]]]:
        headings = [_("Page"), _("Language"), _("To be put right"), _("Advice"), _("What")]
        return headings, [[row.title, row.language, row.wrong, row.advice, ", ".join(row.codes)] for row in self.rows()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context.update(rows=context["page_obj"].object_list, left=self.result.left, names=text_report.names())
        return context


def _back(request: HttpRequest, name: str) -> str:
    to = request.POST.get("next", "")
    return to if url_has_allowed_host_and_scheme(to, {request.get_host()}) else reverse(name)


__all__ = [
    "StaleReport",
    "TextReport",
    "TranslationReport",
    "confirm_page",
    "may_see",
    "translate",
    "translation_changes",
]
