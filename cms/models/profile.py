"""What a community sets for its whole site: coat of arms, colour, contacts, hours."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable, Page, PreviewableMixin

from cms.hours import WEEKDAYS
from cms.look_form import AccentInput
from cms.phones import phone_href
from themes import accent
from themes.choice import BASE, theme_choices

DEFAULT_ACCENT = "#9b1c31"


class Fonts(models.TextChoices):
    """Pairs of type for headings and text; all Noto, served by ourselves. The files are in themes/base/static."""

    SANS = "sans", _("Noto Sans throughout")
    SERIF = "serif", _("Headings in Noto Serif, text in Noto Sans")
    NARROW = "narrow", _("Narrow bold headings: long words stay on one line")


class HomeLayout(models.TextChoices):
    """Orders of the home page. The content is the same."""

    TASKS = "tasks", _("What people come for first")
    NEWS = "news", _("News first")
    FIGURES = "figures", _("Services and figures first")


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
class SiteProfile(PreviewableMixin, ClusterableModel, BaseSiteSetting):
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
    theme = models.CharField(
        _("theme of the site"),
        max_length=40,
        default=BASE,
        choices=theme_choices,
        help_text=_("The drawing of the whole site. Colour, type and order below apply in each."),
    )
    fonts = models.CharField(_("typefaces"), max_length=10, choices=Fonts, default=Fonts.SANS)
    layout = models.CharField(_("order of the home page"), max_length=10, choices=HomeLayout, default=HomeLayout.TASKS)
    hero = models.ForeignKey(
        "cms.SiteImage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture of the home page"),
        help_text=_(
            "A wide photograph of at least 1600 × 600. Its focal point stays in view on phones. "
            "Empty: a drawing of mountains."
        ),
    )
    phone = models.CharField(_("phone"), max_length=30, blank=True, validators=[check_phone])
    email = models.EmailField(_("e-mail"), blank=True)
    address_hy = models.CharField(_("address in Armenian"), max_length=200, blank=True)
    address_en = models.CharField(_("address in English"), max_length=200, blank=True)
    address_ru = models.CharField(_("address in Russian"), max_length=200, blank=True)

    select_related = ["arms", "hero", "site"]
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("arms"),
                FieldPanel("accent", widget=AccentInput),
                FieldPanel("theme", widget=forms.RadioSelect),
                FieldPanel("fonts", widget=forms.RadioSelect),
                FieldPanel("layout", widget=forms.RadioSelect),
                FieldPanel("hero"),
            ],
            heading=_("Look"),
        ),
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
        InlinePanel(
            "social_links",
            heading=_("Pages on social networks"),
            label=_("Page"),
            max_num=6,
            help_text=_("Shown in the footer as words. Nothing of the network is loaded by our pages."),
        ),
    ]

    class Meta:
        verbose_name = _("site profile")
        verbose_name_plural = _("site profiles")
        constraints = [
            models.CheckConstraint(condition=models.Q(fonts__in=Fonts.values), name="profile_fonts_known"),
            models.CheckConstraint(condition=models.Q(layout__in=HomeLayout.values), name="profile_layout_known"),
            models.CheckConstraint(condition=models.Q(accent__regex=r"^#[0-9a-f]{6}$"), name="profile_accent_is_hex"),
        ]

    def clean(self) -> None:
        super().clean()
        self.accent = accent.normalise(self.accent)

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """Pages that show a look best; the side panel offers them while nothing has been saved."""
        return [("", _("Home page")), ("news", _("News")), ("text", _("A page of text"))]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """A page of the site in this unsaved look. 404 when the site has no such page yet."""
        from cms import look

        page = self._page_for_preview(mode_name)
        if page is None:
            raise Http404
        with look.previewing(self):
            response = page.serve(request)
            if isinstance(response, TemplateResponse):
                response.render()
        return response

    @staticmethod
    def _page_for_preview(mode_name: str) -> Page | None:
        from cms.languages import current_language
        from cms.models import ContentPage, HomePage, NewsIndexPage

        model = {"news": NewsIndexPage, "text": ContentPage}.get(mode_name, HomePage)
        return model.objects.live().filter(locale__language_code=current_language()).first()

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


class SocialLink(Orderable):
    """The community's page on a network, as a link in words."""

    profile = ParentalKey(SiteProfile, related_name="social_links", on_delete=models.CASCADE)
    title = models.CharField(_("name of the network"), max_length=40, help_text=_("For example Facebook or Telegram."))
    url = models.URLField(_("address"), validators=[URLValidator(schemes=["https"])])

    panels = [FieldRowPanel([FieldPanel("title"), FieldPanel("url")])]

    class Meta(Orderable.Meta):
        verbose_name = _("page on a social network")
        verbose_name_plural = _("pages on social networks")
        constraints = [
            models.CheckConstraint(condition=models.Q(url__startswith="https://"), name="social_link_is_https")
        ]
