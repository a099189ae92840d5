"""From a fresh community to a site that may be shown. What is done is read from the data; nobody ticks it off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry, Page

from cms.models import HomePage, NewsIndexPage, NewsPage, SiteProfile
from cms.models.profile import DEFAULT_ACCENT
from cms.records.models import Mandate
from cms.records.registers import registers
from cms.seeds.tree import translation_key

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Step:
    """One thing that a community must do itself."""

    code: str
    title: StrOrPromise
    why: StrOrPromise
    is_done: bool
    url: str
    button: StrOrPromise


def _profile_url() -> str:
    return reverse("wagtailsettings:edit", args=["cms", "siteprofile"])


def _page(key: str) -> Page | None:
    return Page.objects.filter(
        translation_key=translation_key(key), locale__language_code=settings.LANGUAGE_CODE
    ).first()


def _edit(page: Page | None) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else reverse("wagtailadmin_explore_root")


def _touched(page: Page | None) -> bool:
    """A person has published it; a starter text has no date."""
    return page is not None and page.last_published_at is not None


def _holds_office(kind: str, key: str) -> bool:
    """Somebody of the register of people is in a body of this kind, or the page about it has been written."""
    return Mandate.objects.filter(body__kind=kind).exists() or _touched(_page(key))


def _add_person(body: str) -> str:
    """The form of a new person in the register, with the office begun."""
    return f"{registers['people'].add_url()}?body={body}"


def _was_saved(profile: SiteProfile) -> bool:
    """Somebody has been on the screen of the profile, and so has seen the colour that the community has."""
    return ModelLogEntry.objects.for_instance(profile).exists() if profile.pk else False


def steps() -> list[Step]:
    """The steps of the current community, in the order in which they are best done."""
    profile = SiteProfile.objects.prefetch_related("hours").first() or SiteProfile()
    pages = {key: _page(key) for key in ("contacts", "accessibility", "about")}
    news = NewsIndexPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    home = HomePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    contacts = pages["contacts"].specific if pages["contacts"] else None
    add_news = reverse("wagtailadmin_pages:add", args=["cms", "newspage", news.pk]) if news else _edit(None)
    change, write = _("Set"), _("Write")
    return [
        Step("arms", _("Coat of arms"), _("By it residents know that the site is yours."), bool(profile.arms_id),
             _profile_url(), change),
        Step("accent", _("Colour of the community"), _("For links, lines and buttons."),
             profile.accent != DEFAULT_ACCENT or _was_saved(profile), _profile_url(), change),
        Step("contacts", _("Phone, e-mail, address"), _("They stand at the foot of every page."),
             bool(profile.phone and profile.email and profile.address_hy), _profile_url(), change),
        Step("hours", _("Reception hours"), _("The site says whether you are open now."),
             bool(profile.pk and profile.hours.count()), _profile_url(), change),
        Step("head", _("Head of the community"), _("Name, picture, reception days; the law asks for them."),
             _holds_office("head", "head"), _add_person("head"), _("Add a record")),
        Step("council", _("Members of the council"), _("Names, parties, ways to write to them."),
             _holds_office("council", "council"), _add_person("council"), _("Add a record")),
        Step("reception", _("Who receives residents"), _("Days and hours of the head and the deputies."),
             bool(contacts and getattr(contacts, "people", None)), _edit(pages["contacts"]), write),
        Step("about", _("Page about the community"), _("Look through the starter text and put in your own."),
             _touched(pages["about"]), _edit(pages["about"]), write),
        Step("accessibility", _("Accessibility statement"), _("Say what does not work yet and whom to tell."),
             _touched(pages["accessibility"]), _edit(pages["accessibility"]), write),
        Step("figures", _("The community in figures"), _("Population, area, settlements, on the home page."),
             bool(home and home.figures), _edit(home), write),
        Step("news", _("First news item"), _("A site without news looks abandoned."),
             NewsPage.objects.filter(live=True).exists(), add_news, write),
    ]  # fmt: skip


__all__ = ["Step", "steps"]
