"""Polls and surveys (հարցումներ): questions with options, and sums of answers without any person."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from cms.trilingual import Trilingual

MAX_OPTIONS = 12
SCALE = range(1, 6)


class PollQuerySet(models.QuerySet["Poll"]):
    def published(self) -> PollQuerySet:
        return self.filter(is_published=True)

    def open(self, at: datetime | None = None) -> PollQuerySet:
        """Those one can answer now, the one that closes first on top."""
        moment = at or timezone.now()
        return self.published().filter(opens_at__lte=moment, closes_at__gt=moment).order_by("closes_at", "pk")

    def announced(self, at: datetime | None = None) -> PollQuerySet:
        return self.published().filter(opens_at__gt=at or timezone.now()).order_by("opens_at", "pk")

    def closed(self, at: datetime | None = None) -> PollQuerySet:
        return self.published().filter(closes_at__lte=at or timezone.now()).order_by("-closes_at", "-pk")


class Poll(Trilingual, ClusterableModel):
    """A poll (one question) or a survey (several). It is no vote by law: it tells what those who answered think."""

    class Show(models.TextChoices):
        AT_ONCE = "at_once", _("at once")
        AFTER_END = "after_end", _("after the end")

    shown_to_visitors = True

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    title_hy = models.CharField(_("name of the poll in Armenian"), max_length=160)
    title_en = models.CharField(
        _("name of the poll in English"),
        max_length=160,
        blank=True,
        help_text=_("Empty: the poll is not shown in English."),
    )
    title_ru = models.CharField(
        _("name of the poll in Russian"),
        max_length=160,
        blank=True,
        help_text=_("Empty: the poll is not shown in Russian."),
    )
    text_hy = models.TextField(
        _("explanation in Armenian"),
        max_length=2000,
        blank=True,
        help_text=_("What it is about and what will be done with the answers."),
    )
    text_en = models.TextField(_("explanation in English"), max_length=2000, blank=True)
    text_ru = models.TextField(_("explanation in Russian"), max_length=2000, blank=True)
    opens_at = models.DateTimeField(_("opens"), default=timezone.now)
    closes_at = models.DateTimeField(_("closes"))
    show_results = models.CharField(_("results are shown"), max_length=9, choices=Show, default=Show.AFTER_END)
    is_published = models.BooleanField(_("published"), default=True, help_text=_("Off: a draft, or taken away."))
    participants = models.PositiveIntegerField(_("people who answered"), default=0, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = PollQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_at", "-pk"]
        verbose_name = _("poll")
        verbose_name_plural = _("polls")
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="poll_closes_after_it_opens")
        ]

    def __str__(self) -> str:
        return self.title_hy

    def clean(self) -> None:
        super().clean()
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            raise ValidationError({"closes_at": _("The end lies before the beginning.")})


class PollQuestion(Trilingual, Orderable):  # type: ignore[django-manager-missing]
    """A question with its options; an option keeps its number, so that sums stay true when the words are corrected."""

    class Kind(models.TextChoices):
        CHOICE = "choice", _("one of several")
        SEVERAL = "several", _("any of several")
        SCALE = "scale", _("scale from 1 to 5")
        TEXT = "text", _("own words")

    shown_to_visitors = True

    poll = ParentalKey(Poll, related_name="questions", on_delete=models.CASCADE, verbose_name=_("poll"))
    kind = models.CharField(_("kind of answer"), max_length=8, choices=Kind, default=Kind.CHOICE)
    text_hy = models.CharField(_("question in Armenian"), max_length=300)
    text_en = models.CharField(_("question in English"), max_length=300, blank=True)
    text_ru = models.CharField(_("question in Russian"), max_length=300, blank=True)
    options = models.JSONField(
        _("options"), default=list, blank=True, help_text=_("Numbered words in three languages: id, hy, en, ru.")
    )
    is_required = models.BooleanField(_("must be answered"), default=True)

    class Meta(Orderable.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.text_hy

    def clean(self) -> None:
        super().clean()
        if self.kind in {self.Kind.SCALE, self.Kind.TEXT}:
            self.options = []
        elif not 2 <= len(self.options) <= MAX_OPTIONS:
            raise ValidationError({"options": _("Write between two and twelve options, one a line.")})
        if self.pk:
            before = PollQuestion.objects.filter(pk=self.pk).first()
            is_other = before and (before.kind != self.kind or len(before.options) != len(self.options))
            if is_other and self.answers.exists():
                raise ValidationError({"options": _("People have answered already: only words can be corrected.")})


class PollAnswer(models.Model):
    """How often an option was chosen; or one text. Nothing ties the answers of one person together."""

    question = models.ForeignKey(PollQuestion, models.CASCADE, related_name="answers", verbose_name=_("question"))
    option = models.CharField(
        _("option"), max_length=8, blank=True, help_text=_("Number of the option; empty: own words.")
    )
    text = models.CharField(_("own words"), max_length=1000, blank=True)
    count = models.PositiveIntegerField(_("how often"), default=0)

    class Meta:
        ordering = ["question", "option", "pk"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "option"], condition=~Q(option=""), name="answer_sum_once_an_option"
            ),
            models.CheckConstraint(
                condition=(Q(option="") & ~Q(text="")) | (~Q(option="") & Q(text="")), name="answer_is_option_or_words"
            ),
        ]

    def __str__(self) -> str:
        return self.option or self.text[:40]
