"""What a community sets for its whole site: coat of arms, colour, contacts, hours."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable

from cms.hours import WEEKDAYS
from cms.phones import phone_href
from themes import accent

DEFAULT_ACCENT = "#9b1c31"


def check_accent(colour: str) -> None:
    """Refuse what cannot be read, proposing the nearest colour that can. Raises ValidationError."""
    try:
        verdict = accent.check(colour)
    except ValueError as error:
        raise ValidationError(_("Write the colour as six digits, for example #9b1c31.")) from error
    if not verdict.accepted:
        raise ValidationError(
            _("Text in this colour cannot be read. The nearest colour that can: %(proposal)s"),
            params={"proposal": verdict.proposal},
        )


def check_phone(number: str) -> None:
    """Raises ValidationError for what cannot be dialled."""
    if not phone_href(number):
        raise ValidationError(_("Write a phone number, for example 0286 43 536 or +374 286 43536."))


@register_setting(icon="home", order=10)
class SiteProfile(ClusterableModel, BaseSiteSetting):
    """The site's profile. One for each site."""

    arms = models.ForeignKey(
        "cms.SiteImage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("coat of arms"),
        help_text=_("A square PNG of at least 400 × 400 with a transparent ground. Empty: a neutral sign is drawn."),
    )
    accent = models.CharField(
        _("colour"),
        max_length=7,
        default=DEFAULT_ACCENT,
        validators=[check_accent],
        help_text=_("The community's colour, for links, lines and buttons."),
    )
    phone = models.CharField(_("phone"), max_length=30, blank=True, validators=[check_phone])
    email = models.EmailField(_("e-mail"), blank=True)
    address_hy = models.CharField(_("address in Armenian"), max_length=200, blank=True)
    address_en = models.CharField(_("address in English"), max_length=200, blank=True)
    address_ru = models.CharField(_("address in Russian"), max_length=200, blank=True)

    select_related = ["arms", "site"]
    panels = [
        MultiFieldPanel([FieldPanel("arms"), FieldPanel("accent")], heading=_("Look")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
                FieldPanel("address_hy"),
                FieldPanel("address_en"),
                FieldPanel("address_ru"),
            ],
            heading=_("Contacts"),
        ),
        InlinePanel("hours", heading=_("Reception hours of the office"), label=_("Days and hours"), max_num=7),
    ]

    class Meta:
        verbose_name = _("site profile")
        verbose_name_plural = _("site profiles")

    def clean(self) -> None:
        super().clean()
        self.accent = accent.normalise(self.accent)

    def address(self, language: str) -> str:
        """The address in a language; never an Armenian one under another language."""
        return {"hy": self.address_hy, "en": self.address_en, "ru": self.address_ru or self.address_en}[language]


class OpeningHours(Orderable):
    """Days with the same hours. Times are local (Asia/Yerevan)."""

    profile = ParentalKey(SiteProfile, related_name="hours", on_delete=models.CASCADE)
    first_day = models.PositiveSmallIntegerField(_("from"), choices=WEEKDAYS, default=0)
    last_day = models.PositiveSmallIntegerField(_("to"), choices=WEEKDAYS, default=4)
    opens = models.TimeField(_("opens"), null=True, blank=True, help_text=_("Empty: closed on these days."))
    closes = models.TimeField(_("closes"), null=True, blank=True)
    break_from = models.TimeField(_("break from"), null=True, blank=True)
    break_to = models.TimeField(_("break to"), null=True, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
        FieldRowPanel([FieldPanel("opens"), FieldPanel("closes"), FieldPanel("break_from"), FieldPanel("break_to")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("days and hours")
        verbose_name_plural = _("days and hours")

    def clean(self) -> None:
        super().clean()
        if self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day stands before the first.")})
        if (self.opens is None) != (self.closes is None):
            raise ValidationError({"closes": _("Give both times, or neither for closed days.")})
        if self.opens and self.closes and self.closes <= self.opens:
            raise ValidationError({"closes": _("The office closes after it opens.")})
        if (self.break_from is None) != (self.break_to is None):
            raise ValidationError({"break_to": _("Give both times of the break, or neither.")})
        moments = [self.opens, self.break_from, self.break_to, self.closes]
        if self.break_from and self.opens and moments != sorted(moments):  # type: ignore[type-var]
            raise ValidationError({"break_from": _("The break lies within the hours.")})
