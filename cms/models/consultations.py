"""Hearings and public discussions: notice, drafts, comments of residents, result."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import PageManager, PageQuerySet
from wagtail.search import index

from cms import law
from cms.blocks import DigestRowBlock, DraftBlock, PageBodyBlock, words_of
from cms.dates import holds_today, today
from cms.languages import current_language
from cms.models.archived import ArchivedListPage
from cms.models.base import BasePage, LegalBasisMixin
from cms.models.below import BelowMixin
from cms.models.panels import page_screen
from cms.stream import BodyField

CONSULTATIONS_A_PAGE = 20
COMMENTS_A_PAGE = 50


class Stage(models.TextChoices):
    """Where a consultation stands; it follows from the dates and is not stored."""

    NOTICE = "notice", _("Announced")
    OPEN = "open", _("Proposals are accepted")
    REVIEW = "review", _("Proposals are being considered")
    RESULT = "result", _("The result is published")


class ConsultationQuerySet(PageQuerySet):
    """Consultations by stage."""

    def running(self) -> ConsultationQuerySet:
        """Announced or open, the one that closes first."""
        return self.filter(closes_on__gte=today(), result_on__isnull=True).order_by("closes_on", "pk")

    def over(self) -> ConsultationQuerySet:
        """Closed or with a result, the latest first."""
        return self.filter(Q(closes_on__lt=today()) | Q(result_on__isnull=False)).order_by("-closes_on", "-pk")


class ConsultationIndexPage(LegalBasisMixin, ArchivedListPage):  # type: ignore[django-manager-missing]
    """What residents may take part in now, and what came of the earlier ones."""

    body = BodyField(PageBodyBlock(), verbose_name=_("text"), blank=True)

    template = "cms/consultation_index_page.html"
    parent_page_types = ["cms.SectionPage"]
    subpage_types = ["cms.ConsultationPage"]
    rows_a_page = CONSULTATIONS_A_PAGE
    feed = "consultations_feed"
    edit_handler = page_screen(FieldPanel("lede"), FieldPanel("body"), FieldPanel("legal_basis"))

    class Meta:
        verbose_name = _("list of public discussions")
        verbose_name_plural = _("lists of public discussions")

    def current(self) -> ConsultationQuerySet:
        return consultations_of(self).running()

    def over(self) -> ConsultationQuerySet:
        return consultations_of(self).over()

    def list_context(self, request: HttpRequest, rows: ConsultationQuerySet, **how: Any) -> dict[str, Any]:
        context = super().list_context(request, rows, **how)
        context.update(has_archive=self.over().exists(), running_url=self.url)
        return context


class ConsultationPage(BelowMixin, LegalBasisMixin, BasePage):
    """One hearing or discussion from its notice to its result."""

    class Kind(models.TextChoices):
        HEARING = "hearing", _("Public hearing")
        DISCUSSION = "discussion", _("Public discussion")
        DRAFT = "draft", _("Discussion of a draft legal act")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.DISCUSSION)
    is_normative = models.BooleanField(
        _("the draft is normative"),
        default=False,
        help_text=_("Then the law sets how long it is discussed, and the draft also stands on e-draft.am."),
    )
    opens_on = models.DateField(_("proposals from"), default=today)
    closes_on = models.DateField(_("proposals until"), db_index=True, help_text=_("The last day included."))
    meets_at = models.DateTimeField(_("meeting"), null=True, blank=True, help_text=_("Day and hour of the hearing."))
    place = models.CharField(_("place of the meeting"), max_length=200, blank=True)
    settlement = models.CharField(_("settlement"), max_length=100, blank=True)
    online_url = models.URLField(_("address of the broadcast"), blank=True)
    accepts_comments = models.BooleanField(_("proposals can be sent on this page"), default=True)
    body = BodyField(PageBodyBlock(), verbose_name=_("notice"), blank=True)
    drafts = BodyField([("draft", DraftBlock())], verbose_name=_("drafts"), blank=True)
    digest = BodyField([("row", DigestRowBlock())], verbose_name=_("digest of proposals"), blank=True)
    result_on = models.DateField(_("result published on"), null=True, blank=True)
    result = BodyField(PageBodyBlock(), verbose_name=_("result"), blank=True)

    objects = PageManager.from_queryset(ConsultationQuerySet)()  # type: ignore[misc]

    search_kind = "announcement"
    template = "cms/consultation_page.html"
    parent_page_types = ["cms.ConsultationIndexPage"]
    subpage_types: list[str] = []
    below = {"comment": "comment", "sent": "comment/sent"}
    search_fields = [*BasePage.search_fields, index.FilterField("closes_on")]
    edit_handler = page_screen(
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("is_normative")]),
                FieldRowPanel([FieldPanel("opens_on"), FieldPanel("closes_on")]),
                FieldPanel("accepts_comments"),
            ],
            heading=_("What and when"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("meets_at"),
                FieldRowPanel([FieldPanel("place"), FieldPanel("settlement")]),
                FieldPanel("online_url"),
            ],
            heading=_("Meeting"),
        ),
        FieldPanel("lede"),
        FieldPanel("body"),
        FieldPanel("drafts"),
        MultiFieldPanel([FieldPanel("result_on"), FieldPanel("result"), FieldPanel("digest")], heading=_("Result")),
        FieldPanel("legal_basis"),
    )

    class Meta:
        verbose_name = _("public discussion")
        verbose_name_plural = _("public discussions")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="consultation_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(result_on__isnull=True) | Q(result_on__gte=F("opens_on")),
                name="consultation_result_after_it_opens",
            ),
        ]

    def clean(self) -> None:
        """Dates in order; a normative draft as long as the law wants it (data/terms.json)."""
        super().clean()
        if not (self.opens_on and self.closes_on):
            return
        if self.closes_on < self.opens_on:
            raise ValidationError({"closes_on": _("The discussion ends before it begins.")})
        if self.result_on and self.result_on < self.opens_on:
            raise ValidationError({"result_on": _("The result is older than the discussion.")})
        term = law.term(law.CONSULTATION_OF_A_NORMATIVE_DRAFT, self.opens_on) if self.is_normative else None
        if term and self.closes_on < self.opens_on + timedelta(days=term.days):
            message = _("A normative draft is discussed for at least %(days)s days (%(law)s): until %(date)s or later.")
            values = {
                "days": term.days,
                "law": term.legal_basis[current_language()],
                "date": (self.opens_on + timedelta(days=term.days)).strftime("%d.%m.%Y"),
            }
            raise ValidationError({"closes_on": ValidationError(message, params=values)})

    @property
    def body_text(self) -> str:
        return " ".join(words_of(stream) for stream in (self.body, self.drafts, self.result))

    @property
    def date(self) -> Any:
        """The first day, under the name that lists and feeds use."""
        return self.opens_on

    @property
    def stage(self) -> Stage:
        """Where it stands today."""
        if self.result_on is not None:
            return Stage.RESULT
        if today() < self.opens_on:
            return Stage.NOTICE
        return Stage.OPEN if today() <= self.closes_on else Stage.REVIEW

    @property
    def is_open(self) -> bool:
        """Whether a proposal can be sent on this page today."""
        return self.accepts_comments and self.stage == Stage.OPEN

    @property
    def days_left(self) -> int:
        """Days until it closes, the last one counted; 0 when it is not open."""
        return (self.closes_on - today()).days + 1 if self.stage == Stage.OPEN else 0

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        holds_today(request)
        context = super().get_context(request, *args, **kwargs)
        shown = ConsultationComment.objects.shown().filter(consultation=self.translation_key)
        comments = Paginator(shown, COMMENTS_A_PAGE).get_page(request.GET.get("p"))
        context.update(
            stage=self.stage,
            stages=_stages(self.stage),
            drafts=[block.value for block in self.drafts],
            digest=[block.value for block in self.digest],
            page_obj=comments,
            comments=list(comments),
            comments_total=comments.paginator.count,
            comment_url=f"{self.url or ''}comment/" if self.is_open else "",
        )
        return context

    def below_comment(self, request: HttpRequest) -> HttpResponse:
        from cms.views.comments import comment_form

        return comment_form(request, self)

    def below_sent(self, request: HttpRequest) -> HttpResponse:
        from cms.views.comments import comment_sent

        return comment_sent(request, self)


def _stages(current: Stage) -> list[dict[str, Any]]:
    """The way of a consultation for the drawing: `[{title, state}]`, state done, current or todo."""
    order = list(Stage)
    here = order.index(current)
    return [
        {
            "title": stage.label,
            "state": "done" if number < here else "current" if number == here else "todo",
        }
        for number, stage in enumerate(order)
    ]


def consultations_of(parent: Any) -> ConsultationQuerySet:
    """Published consultations of a list."""
    rows: ConsultationQuerySet = ConsultationPage.objects.child_of(parent).live()
    return rows.defer("body", "drafts", "digest", "result")


class CommentQuerySet(models.QuerySet["ConsultationComment"]):
    """Comments by what has been decided about them."""

    def shown(self) -> CommentQuerySet:
        return self.filter(state=ConsultationComment.State.SHOWN)

    def waiting(self) -> CommentQuerySet:
        return self.filter(state=ConsultationComment.State.WAITING)


class ConsultationComment(models.Model):
    """A resident's proposal to a consultation. Nothing of it is public before somebody of the staff has read it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("To be read")
        SHOWN = "shown", _("Shown")
        HIDDEN = "hidden", _("Not shown")

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    # The translation key: one discussion in three languages has one list of proposals.
    consultation = models.UUIDField(_("consultation"), editable=False, db_index=True)
    consultation_title = models.CharField(_("discussion"), max_length=255, editable=False)
    language = models.CharField(_("language"), max_length=2, editable=False)
    name = models.CharField(pgettext_lazy("whole name of a person", "Name"), max_length=120)
    shows_name = models.BooleanField(
        _("the name may be shown"), default=False, help_text=_("The author has agreed to it.")
    )
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Never shown."))
    text = models.TextField(_("proposal"), max_length=5000)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING, db_index=True)
    reason = models.CharField(
        _("why it is not shown"), max_length=200, blank=True, help_text=_("For colleagues; not public.")
    )
    created_at = models.DateTimeField(_("received"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        "accounts.User",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal to a discussion")
        verbose_name_plural = _("proposals to discussions")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(decided_at__isnull=False), name="comment_decided_has_a_moment"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.consultation_title}"

    @property
    def author(self) -> str:
        """The name, when its owner lets it be shown; otherwise empty."""
        return self.name if self.shows_name else ""
