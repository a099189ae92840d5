"""«Օգտակա՞ր էր այս էջը»: sums by page and month, and what people wrote. Nobody is recorded with it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

MAX_COMMENT = 500


class PageFeedback(models.Model):
    """How useful a page was to its readers in one month: two sums, no visitor, no address, no time of day."""

    month = models.DateField(_("month"), help_text=_("Its first day."))
    path = models.CharField(_("address of the page"), max_length=300)
    title = models.CharField(_("title of the page"), max_length=255, help_text=_("As it was when somebody answered."))
    language = models.CharField(_("language"), max_length=2)
    useful = models.PositiveIntegerField(_("useful"), default=0)
    useless = models.PositiveIntegerField(_("not useful"), default=0)

    class Meta:
        ordering = ["-month", "path"]
        verbose_name = _("answers about a page")
        verbose_name_plural = _("answers about pages")
        constraints = [
            models.UniqueConstraint(fields=["path", "month"], name="feedback_once_a_page_and_month"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="feedback_month_is_its_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.month:%Y-%m}"


class FeedbackComment(models.Model):
    """Why a page was not useful, in the reader's words; addresses and telephone numbers are taken out before saving."""

    feedback = models.ForeignKey(PageFeedback, models.CASCADE, related_name="comments", verbose_name=_("page"))
    was_useful = models.BooleanField(_("was useful"), default=False)
    text = models.CharField(_("text"), max_length=MAX_COMMENT)
    left_on = models.DateField(_("day"), auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("comment on a page")
        verbose_name_plural = _("comments on pages")
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="feedback_comment_says_something")]

    def __str__(self) -> str:
        return self.text[:60]
