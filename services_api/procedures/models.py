"""The catalogue: a procedure and its versions. A published version never changes; a new law makes a new version."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from services_api.procedures import letters, simulation, texts, workflow
from services_api.procedures.forms import schema
from services_api.workdays.public import ClockInputError, as_rule

# What makes a version: these fields are frozen at publishing.
CONTENT_FIELDS = ("procedure_id", "number", "valid_from", "form", "workflow", "clock", "texts", "examples")


class VersionIsImmutable(Exception):
    """A published or withdrawn version was about to be changed."""


class Procedure(models.Model):
    """Something a resident may ask of the community (գործընթաց), such as an application or an information request."""

    class Family(models.TextChoices):
        APPLICATION = "application", _("application")
        INQUIRY = "inquiry", _("inquiry")
        COMPLAINT = "complaint", _("complaint")
        HOTLINE = "hotline", _("hotline")
        PERMIT = "permit", _("permit")
        CERTIFICATE = "certificate", _("certificate")
        LEGAL_ACT = "legal_act", _("legal act")
        INCOMING = "incoming", _("incoming document")
        OUTGOING = "outgoing", _("outgoing document")
        INTERNAL = "internal", _("internal document")

    code = models.SlugField(
        _("code"), max_length=60, unique=True, help_text=_("Stable short name in Latin letters; part of the address.")
    )
    family = models.CharField(_("family"), max_length=12, choices=Family)
    name_hy = models.CharField(_("name in Armenian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    name_ru = models.CharField(_("name in Russian"), max_length=200, blank=True)
    summary_hy = models.TextField(_("summary in Armenian"), help_text=_("One or two sentences, for lists."))
    summary_en = models.TextField(_("summary in English"), blank=True)
    summary_ru = models.TextField(_("summary in Russian"), blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("Smaller numbers stand first."))

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")

    def __str__(self) -> str:
        return self.name()

    def name(self, language: str | None = None) -> str:
        """The name in a language (default: the active one), Armenian where it is missing."""
        return texts.pick({"hy": self.name_hy, "en": self.name_en, "ru": self.name_ru}, language)

    def summary(self, language: str | None = None) -> str:
        """The summary in a language (default: the active one), Armenian where it is missing."""
        return texts.pick({"hy": self.summary_hy, "en": self.summary_en, "ru": self.summary_ru}, language)


class VersionQuerySet(models.QuerySet["ProcedureVersion"]):
    def published(self) -> VersionQuerySet:
        return self.filter(state=ProcedureVersion.State.PUBLISHED)


class ProcedureVersion(models.Model):
    """One version of a procedure: its form, workflow, clock rules and texts. Cases keep the version they began with."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("no longer in use")

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions", verbose_name=_("procedure"))
    number = models.PositiveIntegerField(_("version"), help_text=_("Counts from 1 within the procedure."))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    valid_from = models.DateField(_("in force from"), help_text=_("New cases follow this version from this day on."))
    form = models.JSONField(_("form"), help_text=_("Questions and rules: docs/maintainers/forms.md."))
    workflow = models.JSONField(_("workflow"), help_text=_("States and transitions."))
    clock = models.JSONField(
        _("terms"), default=list, help_text=_("Clock rules of the law, each with its code and legal basis.")
    )
    texts = models.JSONField(_("texts"), default=dict, help_text=_("The service card in three languages."))
    examples = models.JSONField(
        _("examples"),
        default=list,
        blank=True,
        help_text=_("Answers with what must come out; when one breaks, the version cannot be published."),
    )
    from_package = models.BooleanField(
        _("comes with the system"),
        default=False,
        editable=False,
        help_text=_("A version that came with the system is replaced by a newer one; a community’s own version stays."),
    )
    checksum = models.CharField(_("checksum"), max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["procedure", "-number"]
        verbose_name = _("version of a procedure")
        verbose_name_plural = _("versions of procedures")
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="procedure_version_number_once"),
            models.UniqueConstraint(
                fields=["procedure", "valid_from"],
                condition=models.Q(state="published"),
                name="one_published_version_a_day",
                violation_error_message=_("Another published version is in force from the same day."),
            ),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="procedure_version_counts_from_one"),
            models.CheckConstraint(
                condition=models.Q(state="draft", published_at__isnull=True)
                | models.Q(state="published", published_at__isnull=False, withdrawn_at__isnull=True)
                | models.Q(state="withdrawn", published_at__isnull=False, withdrawn_at__isnull=False),
                name="procedure_version_moments_match_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure}, {self.number}"

    def clean(self) -> None:
        """Form, workflow, clock rules and texts must be usable; each problem is named by its path."""
        problems = {
            "form": schema.check(self.form),
            "workflow": workflow.check(self.workflow),
            "clock": check_clock(self.clock),
            "texts": texts.check_texts(self.texts) or letters.check(self.texts.get("messages")),
            "examples": simulation.shape_of_examples(self.examples),
        }
        found = {field: lines for field, lines in problems.items() if lines}
        if found:
            raise ValidationError(found)

    def content_checksum(self) -> str:
        """SHA-256 of what residents and officers see of this version; equal content, equal checksum."""
        content = [self.form, self.workflow, self.clock, self.texts]
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Checked at every save. Raises ValidationError, and VersionIsImmutable for a published version."""
        if not self._state.adding:
            kept = ProcedureVersion.objects.filter(pk=self.pk).values("state", *CONTENT_FIELDS).first()
            changed = kept is not None and any(kept[name] != getattr(self, name) for name in CONTENT_FIELDS)
            if kept is not None and kept["state"] != self.State.DRAFT and (changed or self.state == self.State.DRAFT):
                raise VersionIsImmutable(f"{self.procedure.code}, version {self.number}")
        self.clean()
        self.checksum = self.content_checksum()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self.state != self.State.DRAFT:
            raise VersionIsImmutable(f"{self.procedure.code}, version {self.number}")
        return super().delete(*args, **kwargs)


def check_clock(rules: Any) -> list[str]:
    """Problems of the clock rules of a version: a list of rules, each with a unique `code` and a `legal_basis`."""
    if not isinstance(rules, list):
        return ["clock: must be a list of rules"]
    problems: list[str] = []
    seen: set[str] = set()
    for number, rule in enumerate(rules):
        path = f"clock[{number}]"
        try:
            as_rule(rule)
        except ClockInputError as error:
            problems.append(f"{path}.{error.field.removeprefix('rule.')}: {error.message}")
            continue
        code = rule.get("code")
        if not code or code in seen:
            problems.append(f"{path}.code: is missing or stands twice")
        seen.add(code)
        texts.check_text(rule.get("legal_basis"), f"{path}.legal_basis", problems)
        for name in ("remind", "escalate"):
            distances = rule.get(name, [])
            if not isinstance(distances, list) or not all(type(each) is int and 0 <= each <= 366 for each in distances):
                problems.append(f"{path}.{name}: must be a list of days from 0 to 366")
    return problems
