"""«Էջերի օգտակարությունը»: which pages do not help, and why, in the readers' words."""

from __future__ import annotations

import csv
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.viewsets.base import ViewSet

from cms.outreach import feedback
from cms.outreach.spreadsheet import cell
from tenants.workplace import MenuEntry, staff_only, with_right

ROWS_A_PAGE = 50
may_see = with_right("outreach.view_pagefeedback")


@staff_only(may_see)
def usefulness(request: HttpRequest) -> HttpResponse:
    """Pages, the worst first; `?page=` opens what was written about one of them."""
    rows = feedback.report()
    chosen = request.GET.get("page", "")
    context = {
        "page_title": _("Usefulness of pages"),
        "header_icon": "pick",
        "page_obj": Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("p")),
        "chosen": next((row for row in rows if row["path"] == chosen), None) if chosen else None,
        "comments": feedback.comments_on(chosen) if chosen else [],
        "csv_url": reverse("outreach_feedback:csv"),
    }
    return render(request, "outreach/workspace/usefulness.html", context)


@staff_only(may_see)
def usefulness_csv(request: HttpRequest) -> HttpResponse:
    """All pages and comments of the last year as CSV."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="usefulness-{timezone.localdate()}.csv"'
    response.write("\ufeff")  # spreadsheets take the file for UTF-8 only with it
    sheet = csv.writer(response)
    sheet.writerow(map(str, (_("Page"), _("Title"), _("Useful"), _("Not useful"), _("Day"), _("Comment"))))
    for row in feedback.report():
        sheet.writerow([cell(row["path"]), cell(row["title"]), row["useful"], row["useless"], "", ""])
    for comment in feedback.recent_comments():
        sheet.writerow(
            [cell(comment.feedback.path), cell(comment.feedback.title), "", "", comment.left_on, cell(comment.text)]
        )
    return response


class FeedbackViewSet(ViewSet):
    """The report and its file."""

    name = "outreach_feedback"
    url_prefix = "outreach/usefulness"
    icon = "pick"
    menu_label = gettext_lazy("Usefulness of pages")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", usefulness, name="index"), path("csv/", usefulness_csv, name="csv")]

    def get_menu_item(self, order: int | None = None) -> Any:
        return MenuEntry(
            self.menu_label,
            reverse("outreach_feedback:index"),
            to=may_see,
            name="usefulness",
            icon_name=self.icon,
            order=order,
        )
