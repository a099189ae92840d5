"""Publication duties of the law and how each community keeps them. All of it lies in the register (schema `public`).

A community writes what it has found out about itself; row level security keeps it to its own rows (first migration).
The ministry reads these rows and never the content of a community.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cms.disclosure.messages import sentence
from tenants.models import Community


def in_language(texts: dict[str, str], language: str | None = None) -> str:
    """The text in a language (default: the active one); Armenian where that one is empty."""
    code = (language or get_language() or "hy").split("-")[0]
    return texts.get(code) or texts["hy"]


class Verdict(models.TextChoices):
    """What a check says. Tolerated: past its date but within the days of grace, or a blemish that hides nothing."""

    PASS = "pass", pgettext_lazy("duties", "kept")
    TOLERATED = "tolerated", pgettext_lazy("duties", "tolerated")
    FAIL = "fail", pgettext_lazy("duties", "not kept")
    NOT_APPLICABLE = "not_applicable", pgettext_lazy("duties", "does not apply")


class Source(models.TextChoices):
    """Who looked: a query from inside, or a visitor's eyes from outside."""

    INNER = "inner", _("from inside")
    OUTER = "outer", _("as a visitor")


class PublicationDutyQuerySet(models.QuerySet["PublicationDuty"]):
    def in_force(self, on: date | None = None) -> PublicationDutyQuerySet:
        """Duties that the law demands on a day (default: today in Yerevan)."""
        day = on or timezone.localdate()
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


class PublicationDuty(models.Model):
    """A publication duty (հրապարակման պարտականություն): what the law wants on the site, where and how fresh."""

    class Certainty(models.TextChoices):
        SEEN = "seen", _("read in the source")
        MEMORY = "memory", _("general knowledge, to be verified")
        LOW = "low", _("doubtful, to be verified")

    class Severity(models.TextChoices):
        HIGH = "high", pgettext_lazy("severity of a duty", "high")
        MEDIUM = "medium", pgettext_lazy("severity of a duty", "medium")
        LOW = "low", pgettext_lazy("severity of a duty", "low")

    class Rule(models.TextChoices):
        STANDING = "standing", _("stands there all the time")
        PERIODIC = "periodic", _("renewed regularly")
        ON_EVENT = "on_event", _("with each event")
        BEFORE_SESSION = "before_session", _("seven days before each session")

    class Unit(models.TextChoices):
        DAYS = "days", pgettext_lazy("unit of age", "days")
        MONTHS = "months", pgettext_lazy("unit of age", "months")

    class AppliesTo(models.TextChoices):
        ALL = "all", _("all communities")
        MERGED = "merged", _("communities of several settlements")

    tenant_rights = "SELECT"

    code = models.SlugField(pgettext_lazy("duties", "code"), max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(pgettext_lazy("duties", "order"), default=0)
    title_hy = models.CharField(pgettext_lazy("duties", "title in Armenian"), max_length=200)
    title_en = models.CharField(pgettext_lazy("duties", "title in English"), max_length=200, blank=True)
    title_ru = models.CharField(pgettext_lazy("duties", "title in Russian"), max_length=200, blank=True)
    explanation_hy = models.TextField(
        _("explanation in Armenian"), help_text=_("What has to be there, in plain words.")
    )
    explanation_en = models.TextField(_("explanation in English"), blank=True)
    explanation_ru = models.TextField(_("explanation in Russian"), blank=True)
    legal_basis_hy = models.CharField(_("legal basis in Armenian"), max_length=300)
    legal_basis_en = models.CharField(_("legal basis in English"), max_length=300, blank=True)
    legal_basis_ru = models.CharField(_("legal basis in Russian"), max_length=300, blank=True)
    certainty = models.CharField(
        pgettext_lazy("duties", "certainty"),
        max_length=6,
        choices=Certainty,
        help_text=_("How sure we are that the law demands this."),
    )
    severity = models.CharField(pgettext_lazy("duties", "severity"), max_length=6, choices=Severity)
    applies_to = models.CharField(_("applies to"), max_length=6, choices=AppliesTo, default=AppliesTo.ALL)
    min_population = models.PositiveIntegerField(
        _("from so many residents"), default=0, help_text=_("0: the number of residents does not matter.")
    )
    due_rule = models.CharField(_("when it is due"), max_length=14, choices=Rule)
    freshness = models.PositiveSmallIntegerField(
        _("how old it may be"), null=True, blank=True, help_text=_("Empty: age does not matter.")
    )
    freshness_unit = models.CharField(
        pgettext_lazy("duties", "unit of the age"), max_length=6, choices=Unit, default=Unit.MONTHS
    )
    grace_days = models.PositiveSmallIntegerField(
        _("days of grace"), default=30, help_text=_("So long after its date it is tolerated.")
    )
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("in force until"), null=True, blank=True)
    evaluator = models.SlugField(
        pgettext_lazy("duties", "evaluator"), max_length=30, help_text=_("Name of the check that looks after it.")
    )
    page_keys = models.JSONField(
        pgettext_lazy("duties", "pages"), default=list, blank=True, help_text=_("Keys of pages of the site's tree.")
    )
    register = models.SlugField(_("register of records"), max_length=40, blank=True)
    options = models.JSONField(_("options of the check"), default=dict, blank=True)
    shipped = models.CharField(
        _("fingerprint of the release"),
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("A release changes a duty only while the ministry has not edited it."),
    )

    objects = PublicationDutyQuerySet.as_manager()

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("publication duty")
        verbose_name_plural = _("publication duties")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="duty_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(freshness__isnull=True) | Q(freshness__gt=0), name="duty_freshness_is_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.title()

    def title(self, language: str | None = None) -> str:
        """The title in a language (default: the active one)."""
        return in_language({"hy": self.title_hy, "en": self.title_en, "ru": self.title_ru}, language)

    def explanation(self, language: str | None = None) -> str:
        """What has to be there, in a language (default: the active one)."""
        return in_language({"hy": self.explanation_hy, "en": self.explanation_en, "ru": self.explanation_ru}, language)

    def legal_basis(self, language: str | None = None) -> str:
        """Law and article in a language (default: the active one)."""
        return in_language({"hy": self.legal_basis_hy, "en": self.legal_basis_en, "ru": self.legal_basis_ru}, language)

    @property
    def article(self) -> str:
        """Law and article in the active language, for templates."""
        return self.legal_basis()


class CheckResult(models.Model):
    """What one look at one duty found on a day. Kept as history, one row a community, duty, day and source."""

    tenant_rights = "SELECT, INSERT, UPDATE"

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", verbose_name=_("community"))
    duty = models.ForeignKey(PublicationDuty, models.CASCADE, related_name="+", verbose_name=_("publication duty"))
    day = models.DateField(pgettext_lazy("duties", "day"))
    source = models.CharField(_("who looked"), max_length=5, choices=Source)
    verdict = models.CharField(pgettext_lazy("duties", "verdict"), max_length=14, choices=Verdict)
    evidence_url = models.CharField(pgettext_lazy("duties", "public place"), max_length=500, blank=True)
    newest_on = models.DateField(_("date of the newest"), null=True, blank=True)
    message = models.SlugField(
        pgettext_lazy("duties", "message"), max_length=40, help_text=_("Code of the sentence; see messages.py.")
    )
    params = models.JSONField(_("what stands in the sentence"), default=dict, blank=True)
    since = models.DateField(pgettext_lazy("duties", "since"), help_text=_("Since when this source says the same."))

    class Meta:
        ordering = ["-day", "duty"]
        verbose_name = _("result of a check")
        verbose_name_plural = _("results of checks")
        constraints = [
            models.UniqueConstraint(fields=["community", "duty", "day", "source"], name="result_once_a_day"),
            models.CheckConstraint(condition=Q(since__lte=F("day")), name="result_since_is_past"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="result_verdict_is_known"),
        ]
        indexes = [models.Index(fields=["community", "source", "-day"], name="result_latest")]

    def __str__(self) -> str:
        return f"{self.day} {self.duty_id} {self.verdict}"


class Standing(models.Model):
    """How a community stands with a duty now: the worse of what was seen from inside and from outside."""

    tenant_rights = "SELECT, INSERT, UPDATE"

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", verbose_name=_("community"))
    duty = models.ForeignKey(PublicationDuty, models.CASCADE, related_name="+", verbose_name=_("publication duty"))
    verdict = models.CharField(pgettext_lazy("duties", "verdict"), max_length=14, choices=Verdict)
    source = models.CharField(_("who looked"), max_length=5, choices=Source)
    evidence_url = models.CharField(pgettext_lazy("duties", "public place"), max_length=500, blank=True)
    newest_on = models.DateField(_("date of the newest"), null=True, blank=True)
    message = models.SlugField(pgettext_lazy("duties", "message"), max_length=40)
    params = models.JSONField(_("what stands in the sentence"), default=dict, blank=True)
    since = models.DateField(pgettext_lazy("duties", "since"))
    waived_until = models.DateField(_("waived until"), null=True, blank=True)
    checked_at = models.DateTimeField(pgettext_lazy("duties", "checked"))

    class Meta:
        ordering = ["duty__position", "duty__code"]
        verbose_name = pgettext_lazy("duties", "standing")
        verbose_name_plural = pgettext_lazy("duties", "standings")
        constraints = [
            models.UniqueConstraint(fields=["community", "duty"], name="standing_once"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="standing_verdict_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.community_id} {self.duty_id} {self.verdict}"

    @property
    def said(self) -> str:
        """What the check says, as a sentence in the active language."""
        return sentence(self.message, self.params)


class Score(models.Model):
    """How many duties a community kept on a day: the trend, and when a reminder went out."""

    tenant_rights = "SELECT, INSERT, UPDATE"

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", verbose_name=_("community"))
    day = models.DateField(pgettext_lazy("duties", "day"))
    met = models.PositiveSmallIntegerField(
        pgettext_lazy("duties", "kept"), help_text=_("Those that are tolerated included.")
    )
    tolerated = models.PositiveSmallIntegerField(pgettext_lazy("duties", "tolerated"))
    applicable = models.PositiveSmallIntegerField(_("that apply"))
    reminded = models.BooleanField(_("a reminder was sent"), default=False)

    class Meta:
        ordering = ["-day"]
        verbose_name = _("score of a day")
        verbose_name_plural = _("scores of days")
        constraints = [
            models.UniqueConstraint(fields=["community", "day"], name="score_once_a_day"),
            models.CheckConstraint(condition=Q(met__lte=F("applicable")), name="score_met_is_a_part"),
            models.CheckConstraint(condition=Q(tolerated__lte=F("met")), name="score_tolerated_is_a_part"),
        ]
        indexes = [models.Index(fields=["day", "community"], name="score_of_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.met} / {self.applicable}"


class WaiverQuerySet(models.QuerySet["Waiver"]):
    def in_force(self, on: date | None = None) -> WaiverQuerySet:
        """Waivers that hold on a day (default: today in Yerevan)."""
        day = on or timezone.localdate()
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class Waiver(models.Model):
    """The ministry relieves a community of a duty for a time, by an order."""

    tenant_rights = "SELECT"

    community = models.ForeignKey(
        Community,
        models.CASCADE,
        related_name="+",
        verbose_name=_("community"),
        limit_choices_to={"kind": "municipality"},
    )
    duty = models.ForeignKey(PublicationDuty, models.CASCADE, related_name="+", verbose_name=_("publication duty"))
    reason = models.TextField(pgettext_lazy("duties", "reason"), max_length=500)
    order_number = models.CharField(
        _("number of the order"), max_length=40, help_text=_("The order that grants it, for example 45-Ա.")
    )
    starts_on = models.DateField(pgettext_lazy("duties", "from"), default=timezone.localdate)
    ends_on = models.DateField(
        pgettext_lazy("duties", "until"), help_text=_("The last day; the duty counts again on the next one.")
    )
    granted_by = models.CharField(pgettext_lazy("duties", "granted by"), max_length=150)
    created_at = models.DateTimeField(pgettext_lazy("duties", "written"), default=timezone.now, editable=False)

    objects = WaiverQuerySet.as_manager()

    class Meta:
        ordering = ["-ends_on", "community"]
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="waiver_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(order_number=""), name="waiver_has_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.community} · {self.duty}"
