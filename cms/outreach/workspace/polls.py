"""The officer's screens of polls: the questions on one page, an option a line, the answers as a table."""

from __future__ import annotations

import csv
import json
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import require_admin_access
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from cms.outreach import polls
from cms.outreach.models import Poll, PollAnswer
from cms.outreach.models.polls import MAX_OPTIONS
from cms.outreach.spreadsheet import cell

LANGUAGES = [code for code, _name in settings.LANGUAGES]


class OptionLines(forms.Textarea):
    """Options as lines «հայերեն | English | русский»; the number of the line is the number of the option."""

    def format_value(self, value: Any) -> str:
        try:
            options = json.loads(value) if isinstance(value, str) else value
            return "\n".join(
                " | ".join(option.get(code, "") for code in LANGUAGES).rstrip(" |") for option in options or []
            )
        except (ValueError, AttributeError):
            return str(value)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        lines = [line for line in (data.get(name) or "").splitlines() if line.strip()]
        options = []
        for number, line in enumerate(lines[: MAX_OPTIONS + 1], start=1):
            words = [part.strip()[:200] for part in line.split("|")]
            words += [""] * (len(LANGUAGES) - len(words))
            options.append({"id": str(number), **dict(zip(LANGUAGES, words, strict=False))})
        return json.dumps(options, ensure_ascii=False)


class StateColumn(Column):
    """Where the poll stands today, in a word."""

    def get_value(self, instance: Any) -> Any:
        if not instance.is_published:
            return _("draft")
        return {"announced": _("planned"), "open": _("open"), "closed": _("closed")}[polls.state(instance)]


class ResultsColumn(Column):
    """The way to the answers."""

    def get_value(self, instance: Any) -> Any:
        return format_html('<a href="{}">CSV</a>', f"/admin/outreach/polls/answers/{instance.pk}/")


@require_admin_access
def answers_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Sums by option, and what was written in own words, as CSV."""
    if not request.user.has_perm("outreach.change_poll"):  # type: ignore[union-attr]
        raise PermissionDenied
    poll = get_object_or_404(Poll, pk=pk)
    questions = list(poll.questions.all())
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="poll-{poll.pk}.csv"'
    response.write("\ufeff")
    sheet = csv.writer(response)
    sheet.writerow([cell(poll.title_hy), _("people who answered"), poll.participants])
    sheet.writerow([_("Question"), _("Answer"), _("People"), "%"])
    for result in polls.results(questions, settings.LANGUAGE_CODE):
        for row in result.rows:
            sheet.writerow([cell(result.question), cell(row["label"]), row["count"], row["share"]])
    for answer in PollAnswer.objects.filter(question__in=questions, option="").select_related("question"):
        sheet.writerow([cell(answer.question.text_hy), cell(answer.text), answer.count, ""])
    return response


class PollViewSet(ModelViewSet):
    """«Հարցումներ»."""

    model = Poll
    name = "outreach_polls"
    url_prefix = "outreach/polls"
    icon = "form"
    menu_label = gettext_lazy("Polls")
    copy_view_enabled = False
    list_display = [
        "title_hy",
        Column("opens_at", label=gettext_lazy("opens"), sort_key="opens_at"),
        Column("closes_at", label=gettext_lazy("closes"), sort_key="closes_at"),
        StateColumn("state", label=gettext_lazy("State")),
        Column("participants", label=gettext_lazy("people who answered")),
        ResultsColumn("results", label=gettext_lazy("Answers")),
    ]
    search_fields = ["title_hy", "title_en", "title_ru"]
    ordering = ["-opens_at"]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("title_hy"), FieldPanel("title_en"), FieldPanel("title_ru")], heading=gettext_lazy("Name")
            ),
            MultiFieldPanel(
                [FieldPanel("text_hy"), FieldPanel("text_en"), FieldPanel("text_ru")],
                heading=gettext_lazy("Explanation"),
            ),
            FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
            InlinePanel(
                "questions",
                [
                    FieldPanel("kind"),
                    FieldPanel("text_hy"),
                    FieldPanel("text_en"),
                    FieldPanel("text_ru"),
                    FieldPanel(
                        "options",
                        widget=OptionLines(attrs={"rows": 5}),
                        help_text=gettext_lazy(
                            "One option a line, the languages divided by «|»: Այո | Yes | Да. "
                            "For a scale and own words: nothing."
                        ),
                    ),
                    FieldPanel("is_required"),
                ],
                heading=gettext_lazy("Questions"),
                label=gettext_lazy("Question"),
                min_num=1,
                max_num=10,
            ),
            FieldRowPanel([FieldPanel("show_results"), FieldPanel("is_published")]),
        ]
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("answers/<int:pk>/", answers_csv, name="answers")]
