"""Who governs: bodies, people, and for how long. Only what the law makes public; no home address, no day of birth."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from cms.records.models.base import RegisterRecord, check_order, today
from cms.trilingual import trilingual_line, trilingual_text

DEPTH_LIMIT = 8  # deeper than any municipality; a longer way up is a circle


class Body(RegisterRecord):
    """A body or unit of self-government (մարմին, ստորաբաժանում), a tree."""

    class Kind(models.TextChoices):
        HEAD = "head", _("office of the head of the community")
        COUNCIL = "council", _("council")
        FACTION = "faction", _("faction of the council")
        COMMISSION = "commission", _("commission")
        UNIT = "unit", _("unit of the staff")
        SETTLEMENT = "settlement", _("office of the administrative head of a settlement")

    kind = models.CharField(_("kind of body"), max_length=12, choices=Kind, default=Kind.UNIT)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of"),
        help_text=_("The unit above; empty at the top."),
    )  # fmt: skip
    code = models.SlugField(
        _("stable code"), max_length=40, blank=True, db_index=False, editable=False,
        help_text=_("Of the bodies that every community has: head, council, staff."),
    )  # fmt: skip
    seats = models.PositiveSmallIntegerField(
        _("seats"), null=True, blank=True, help_text=_("How many members the law gives the council.")
    )
    phone = models.CharField(_("work phone"), max_length=60, blank=True)
    email = models.EmailField(_("work e-mail"), blank=True)
    address_hy, address_en, address_ru = trilingual_line(_("address or room"), 200)
    position = models.PositiveSmallIntegerField(
        _("place in the list"), default=0, help_text=_("Smaller numbers stand first.")
    )

    class Meta(RegisterRecord.Meta):
        ordering = ["position", "title_hy"]
        verbose_name = _("body or unit")
        verbose_name_plural = _("bodies and units")
        permissions = [("publish_records", "Can publish records")]
        constraints = [
            *RegisterRecord.Meta.constraints,
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="body_code_once"),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(kind__in=["head", "council"]), name="one_head_office_one_council",
                violation_error_message=_("A community has one council and one office of the head."),
            ),
            models.CheckConstraint(condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="body_not_own_parent"),
            models.CheckConstraint(
                condition=~Q(kind="faction") | Q(parent__isnull=False), name="faction_is_of_a_council"
            ),
        ]  # fmt: skip

    def clean(self) -> None:
        super().clean()
        if self.kind == self.Kind.FACTION and self.parent is None:
            raise ValidationError({"parent": _("A faction is a part of the council.")})
        above, steps = self.parent, 0
        while above is not None:
            steps += 1
            if above.pk == self.pk or steps > DEPTH_LIMIT:
                raise ValidationError({"parent": _("A unit cannot be a part of itself.")})
            above = above.parent


class Person(ClusterableModel, RegisterRecord):
    """A person in office. The title is the name and the surname; what FOI law art. 7 asks for stands beside it."""

    title_hy, title_en, title_ru = trilingual_line(
        _("name and surname"), 120, required=True, help_text=_("As residents know the person: «Արմեն Սահակյան».")
    )
    text_hy, text_en, text_ru = trilingual_text(
        _("biography"), help_text=_("Work and study by years. No home address, no family, no day of birth.")
    )
    portrait = models.ForeignKey(
        "cms.SiteImage", models.SET_NULL, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("portrait"),
    )  # fmt: skip
    birth_year = models.PositiveSmallIntegerField(
        _("year of birth"), null=True, blank=True, validators=[MinValueValidator(1920), MaxValueValidator(2015)],
        help_text=_("The year only, and only if the person wishes it."),
    )  # fmt: skip
    education_hy, education_en, education_ru = trilingual_line(
        _("education"), help_text=_("Demanded by the law on freedom of information, article 7.")
    )
    profession_hy, profession_en, profession_ru = trilingual_line(_("profession"), 160)
    phone = models.CharField(_("work phone"), max_length=60, blank=True)
    email = models.EmailField(_("work e-mail"), blank=True)
    reception_hy, reception_en, reception_ru = trilingual_line(
        _("reception of residents"), 200, help_text=_("Day, hours and place, for example «Երեքշաբթի, 10:00–12:00».")
    )

    class Meta(RegisterRecord.Meta):
        ordering = ["title_hy"]
        verbose_name = _("person in office")
        verbose_name_plural = _("people in office")
        constraints = [
            *RegisterRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(birth_year__isnull=True) | Q(birth_year__range=(1920, 2015)), name="person_birth_year"
            ),
        ]

    @property
    def monogram(self) -> str:
        """Two letters in place of a portrait, as they are written; never made capital by us."""
        return "".join(part[0] for part in self.title_hy.split()[:2])

    def initials(self, language: str) -> str:
        """The monogram in the letters of a language."""
        return "".join(part[0] for part in self.title(language).split()[:2])


class MandateQuerySet(models.QuerySet["Mandate"]):
    def current(self, on: date | None = None) -> MandateQuerySet:
        """Those that hold on a day (default: today in Yerevan); the last day is included."""
        day = on or today()
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def former(self, on: date | None = None) -> MandateQuerySet:
        """Those that have ended."""
        return self.filter(ends_on__lt=on or today())

    def published(self) -> MandateQuerySet:
        """Of people and bodies that visitors may see."""
        return self.filter(person__is_published=True, body__is_published=True)


class Mandate(models.Model):
    """Who holds which office in which body, from and to which day, both included (լիազորությունների ժամկետ)."""

    class Post(models.TextChoices):
        HEAD = "head", _("head of the community")
        FIRST_DEPUTY = "first_deputy", _("first deputy head of the community")
        DEPUTY = "deputy", _("deputy head of the community")
        ADVISER = "adviser", _("adviser or assistant of the head")
        SECRETARY = "secretary", _("secretary of the staff")
        ADMINISTRATIVE_HEAD = "administrative_head", _("administrative head of a settlement")
        CHAIR = "chair", _("chair or leader")
        MEMBER = "member", _("member")
        UNIT_HEAD = "unit_head", _("head of a unit")
        STAFF = "staff", _("member of the staff")

    person = ParentalKey(Person, on_delete=models.CASCADE, related_name="mandates", verbose_name=_("person in office"))
    body = models.ForeignKey(Body, models.PROTECT, related_name="mandates", verbose_name=_("body or unit"))
    post = models.CharField(_("office held"), max_length=20, choices=Post, default=Post.MEMBER)
    title_hy, title_en, title_ru = trilingual_line(
        _("name of the office"), 160, help_text=_("Empty: the usual name of the office.")
    )
    settlement = models.ForeignKey(
        "records.SettlementCard", models.PROTECT, null=True, blank=True, related_name="mandates",
        verbose_name=_("settlement"), help_text=_("Of an administrative head."),
    )  # fmt: skip
    starts_on = models.DateField(_("first day"), help_text=_("The first day in the office."))
    ends_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("The last day in the office; empty while it lasts.")
    )
    basis = models.CharField(
        _("basis"), max_length=200, blank=True, help_text=_("Election or decision: its number and date.")
    )
    position = models.PositiveSmallIntegerField(
        _("place in the list"), default=0, help_text=_("Smaller numbers stand first.")
    )

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering = ["position", "-starts_on", "pk"]
        verbose_name = _("term of office")
        verbose_name_plural = _("terms of office")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="mandate_ends_after_it_begins",
                violation_error_message=_("The last day is before the first one."),
            ),
            models.CheckConstraint(
                condition=~Q(post="administrative_head") | Q(settlement__isnull=False),
                name="administrative_head_has_settlement",
                violation_error_message=_("Choose the settlement of the administrative head."),
            ),
            ExclusionConstraint(
                name="one_head_at_a_time",
                expressions=[
                    (
                        Func(
                            F("starts_on"), F("ends_on"), Value("[]"),
                            function="daterange", output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    )
                ],
                condition=Q(post="head"),
                violation_error_message=_("The community has one head at a time: end the other term first."),
            ),
            models.UniqueConstraint(
                fields=["settlement"], condition=Q(post="administrative_head", ends_on__isnull=True),
                name="one_administrative_head_a_settlement",
                violation_error_message=_("This settlement has an administrative head: end the other term first."),
            ),
            models.UniqueConstraint(
                fields=["person", "body", "post"], condition=Q(ends_on__isnull=True), name="mandate_open_once",
                violation_error_message=_("This person already holds this office."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person}: {self.title_hy or self.get_post_display()}"

    def clean(self) -> None:
        super().clean()
        check_order(self.starts_on, self.ends_on, "ends_on", _("The last day is before the first one."))
        if self.body_id and self.body.kind == Body.Kind.COUNCIL and self.body.seats and self.ends_on is None:
            others = Mandate.objects.filter(body=self.body).current().exclude(pk=self.pk)
            if others.values("person").distinct().count() >= self.body.seats:
                raise ValidationError({"body": _("All seats of the council are taken: end another term first.")})

    def office(self, language: str) -> str:
        """The name of the office in a language (call it with that language active)."""
        title: str = getattr(self, f"title_{language}") or (self.title_en if language == "ru" else "")
        return title or str(self.Post(self.post).label)

    def holds(self, on: date) -> bool:
        """Whether the term lasts on a day."""
        return self.starts_on <= on and (self.ends_on is None or self.ends_on >= on)
