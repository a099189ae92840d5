"""A case: what somebody asked for, where it stands and until when it must be answered."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from services_api.cases.models.sealed import SealedAnswersField
from services_api.org.public import Confidentiality, Position, Queue
from services_api.parties.public import Party
from services_api.procedures.public import END_PHASES, Phase, ProcedureVersion


class Channel(models.TextChoices):
    """The way an application came in."""

    PORTAL = "portal", _("website")
    DESK = "desk", _("desk")
    PHONE = "phone", _("phone")
    POST = "post", _("post")
    EMAIL = "email", _("e-mail")
    API = "api", _("program of another body")


# What a clerk takes down for somebody.
TAKEN_DOWN = (Channel.DESK, Channel.PHONE, Channel.POST, Channel.EMAIL)


class Outcome(models.TextChoices):
    """What was decided, comparable across procedures."""

    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")
    OTHER = "other", _("answered")
    FORWARDED = "forward", _("sent to another body")
    MERGED = "merged", _("joined with another case")


DECIDED_PHASES = (Phase.DECIDED, *sorted(END_PHASES))
# Those that somebody still has to answer.
UNDECIDED = Q(closed_at__isnull=True) & ~Q(phase__in=DECIDED_PHASES)


def overdue_at(at: datetime) -> Q:
    """Unanswered after the last moment of the term; said once for lists, figures and programs."""
    return UNDECIDED & Q(due_at__lt=at)


class AnswerWords(Func):
    """The words of the answers, as the index of the inbox's search holds them: whole, small, of any language."""

    template = "jsonb_to_tsvector('simple'::regconfig, %(expressions)s, '[\"string\"]'::jsonb)"
    output_field = SearchVectorField()


class CaseQuerySet(models.QuerySet["Case"]):
    def undecided(self) -> CaseQuerySet:
        """Those that somebody still has to answer."""
        return self.exclude(phase__in=DECIDED_PHASES)


class Case(models.Model):
    """One application, inquiry or complaint (գործ). Its state is changed by `services.transition` and nowhere else."""

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(
        _("number"), max_length=40, unique=True, null=True, editable=False,
        help_text=_("Given last in the submitting transaction; without gaps within series and year."),
    )  # fmt: skip
    tracking_digest = models.CharField(
        _("digest of the tracking code"), max_length=64, editable=False,
        help_text=_("The code itself is not kept: whoever reads the database cannot follow a case in another's name."),
    )  # fmt: skip
    version = models.ForeignKey(
        ProcedureVersion, models.PROTECT, related_name="+", verbose_name=_("version of the procedure"),
        help_text=_("The case keeps the version it began with."),
    )  # fmt: skip
    phase = models.CharField(_("phase"), max_length=24, choices=Phase)
    state = models.CharField(_("state"), max_length=40, help_text=_("Code of a state of the version's workflow."))
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, blank=True)
    subject = models.CharField(_("subject"), max_length=300)
    applicant = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("applicant"))
    channel = models.CharField(_("channel"), max_length=8, choices=Channel, default=Channel.PORTAL)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="hy", help_text=_("Letters go out in it.")
    )
    settlement = models.CharField(
        _("settlement"), max_length=100, blank=True, help_text=_("Armenian name of the settlement it concerns.")
    )
    # Whose work it is (ADR 0024): a position, or a person who holds none; and the queue it waits in or was taken from.
    assigned_queue = models.ForeignKey(
        Queue, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("queue")
    )
    assigned_position = models.ForeignKey(
        Position, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("position")
    )
    assignee = models.ForeignKey(
        # No index of its own: `case_by_officer` begins with it.
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("officer"),
        db_index=False,
        help_text=_("Only somebody without a position; otherwise the position is assigned."),
    )  # fmt: skip
    confidentiality = models.PositiveSmallIntegerField(
        _("confidentiality"), choices=Confidentiality, default=Confidentiality.PERSONAL
    )
    answers = SealedAnswersField(_("answers"), default=dict)
    named_digests = ArrayField(
        models.CharField(max_length=64), verbose_name=_("digests of numbers"), default=list, blank=True,
        editable=False, help_text=_("Of everybody whom the answers name by a number; the case is found by them."),
    )  # fmt: skip
    submitted_at = models.DateTimeField(_("submitted"), default=timezone.now)
    registered_at = models.DateTimeField(
        _("registered"), help_text=_("Out of office hours: 09:00 of the next working day. The term runs from here.")
    )
    due_at = models.DateTimeField(_("to be answered by"), null=True, blank=True)
    state_since = models.DateTimeField(_("in this state since"), default=timezone.now)
    wake_at = models.DateTimeField(
        _("next look at the clock"), null=True, blank=True, editable=False,
        help_text=_("When a reminder or a step that comes by itself is due, or the term has to be counted anew."),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    lock_version = models.PositiveIntegerField(
        _("revision"), default=1, help_text=_("Counts every change; whoever acts on an older one is told so.")
    )

    rating = models.PositiveSmallIntegerField(
        _("rating"), null=True, blank=True, help_text=_("1 to 5, given once by the applicant after the end.")
    )
    rating_text = models.TextField(_("words with the rating"), blank=True)
    rated_at = models.DateTimeField(_("rated"), null=True, blank=True)

    anonymised_at = models.DateTimeField(
        _("anonymised"), null=True, blank=True, editable=False,
        help_text=_("Nothing about a person is left; number, procedure, days and outcome stay for the figures."),
    )  # fmt: skip

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "id"]
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        permissions = [
            ("work_on_cases", _("Can work on cases")),
            ("see_all_cases", _("Can see all cases up to the clearance")),
            ("give_out_personal_data", _("Can give out and erase the data of a person")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="case_phase_is_known"),
            models.CheckConstraint(
                condition=Q(anonymised_at__isnull=True) | Q(closed_at__isnull=False, answers={}, named_digests=[]),
                name="case_anonymised_says_nothing",
            ),
            models.CheckConstraint(condition=Q(lock_version__gte=1), name="case_revision_counts_from_one"),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | Q(due_at__gte=F("registered_at")), name="case_due_after_registration"
            ),
            models.CheckConstraint(
                condition=Q(registered_at__gte=F("submitted_at")), name="case_registered_after_submission"
            ),
            models.CheckConstraint(
                condition=~Q(phase__in=[Phase.DECIDED, Phase.CLOSED]) | Q(decided_at__isnull=False),
                name="case_decided_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(phase__in=sorted(END_PHASES), closed_at__isnull=False)
                | (~Q(phase__in=sorted(END_PHASES)) & Q(closed_at__isnull=True)),
                name="case_closed_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(assignee__isnull=True) | Q(assigned_position__isnull=True),
                name="case_is_of_a_position_or_a_person",
            ),
            models.CheckConstraint(
                condition=Q(confidentiality__in=Confidentiality.values), name="case_confidentiality_is_known"
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True, rated_at__isnull=True, rating_text="")
                | Q(rating__gte=1, rating__lte=5, rated_at__isnull=False),
                name="case_rating_is_from_one_to_five",
            ),
        ]
        indexes = [
            models.Index(fields=["assignee", "phase", "due_at"], name="case_by_officer"),
            # The inbox in its order: what is open, undecided first.
            models.Index(
                F("decided_at").asc(nulls_first=True),
                "due_at",
                "id",
                name="case_open_by_urgency",
                condition=Q(closed_at__isnull=True),
            ),
            # What nobody has yet, of which every receiver sees a part.
            models.Index(
                fields=["due_at"],
                name="case_of_nobody",
                condition=Q(assignee__isnull=True, assigned_position__isnull=True, assigned_queue__isnull=True),
            ),
            # Lists of programs: the newest first, page by page.
            models.Index(F("submitted_at").desc(), F("id").desc(), name="case_by_arrival"),
            models.Index(fields=["wake_at"], condition=Q(wake_at__isnull=False), name="case_by_clock"),
            # What is closed, the newest first; and, from the other end, what need not be kept any more.
            models.Index(fields=["closed_at", "id"], condition=Q(closed_at__isnull=False), name="case_by_end"),
            GinIndex(fields=["named_digests"], name="case_by_number_of_person"),
            GinIndex(AnswerWords("answers"), name="case_by_words_of_answers"),
        ]

    def __str__(self) -> str:
        return f"{self.number or '–'} {self.subject}"

    @property
    def is_closed(self) -> bool:
        """Nothing more happens to it."""
        return self.closed_at is not None

    @property
    def is_decided(self) -> bool:
        """The answer is given; no term runs any more."""
        return self.decided_at is not None or self.is_closed

    def is_overdue(self, at: datetime | None = None) -> bool:
        """Unanswered after the last moment of its term."""
        return not self.is_decided and self.due_at is not None and (at or timezone.now()) > self.due_at

    @property
    def reference(self) -> str:
        """How the log of reads names this case."""
        return f"case:{self.uuid}"

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """A registered case is never deleted: its number would be missing."""
        raise models.ProtectedError("A case is closed, not deleted.", {self})
