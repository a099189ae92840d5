"""Writing the website by program: demo content, later imports and shared news of the ministry. Runs inside a tenant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from io import BytesIO
from typing import cast
from uuid import UUID, uuid5

import nh3
from django.core.files.images import ImageFile
from django.utils import timezone
from wagtail.rich_text import RichText

from cms import search_index
from cms.authoring import people, records, year
from cms.authoring.pages import add_page, page_key
from cms.editing import public_files
from cms.models import ContactPage, HomePage, NewsPage, OpeningHours, SiteImage, SiteProfile
from cms.models.news import LIST_RENDITIONS
from cms.page_cache import forget_pages
from cms.services_catalogue import CARD_TAGS

_NEWS = UUID("0c8e7a7e-52f1-5d0c-8d4e-6b1d1b7f0a55")


def add_picture(title: str, description: str, data: bytes, *, is_drawing: bool = False) -> SiteImage:
    """A picture from the bytes of a file, with its renditions for lists. The same title is not added twice."""
    found = SiteImage.objects.filter(title=title).first()
    if found is not None:
        return found
    image = SiteImage(title=title, description=description, is_drawing=is_drawing)
    image.file = ImageFile(BytesIO(data), name=f"{uuid5(_NEWS, title).hex[:12]}.jpg")
    image._set_image_file_metadata()
    image.save()
    image.get_renditions(*LIST_RENDITIONS)
    return image


def add_news(
    key: str,
    language: str,
    *,
    title: str,
    lede: str,
    paragraphs: Sequence[str],
    on: date,
    slug: str,
    place: str = "",
    picture: SiteImage | None = None,
    caption: str = "",
    publisher: str = "",
) -> NewsPage:
    """Publish a news item; the same key in another language is its translation. Idempotent by key and language."""
    body = RichText("".join(nh3.clean(text, tags=CARD_TAGS) for text in paragraphs))
    page = add_page(
        NewsPage,
        uuid5(_NEWS, key),
        language,
        below="news",
        title=title,
        slug=slug,
        published_on=on,
        lede=lede,
        date=on,
        place=place,
        image=picture,
        image_caption=caption,
        responsible=publisher,
        body=[("paragraph", body)],
    )
    return cast(NewsPage, page)


def has_profile() -> bool:
    """True when somebody has given the current community's contacts or coat of arms."""
    profile = SiteProfile.objects.get()
    return bool(profile.arms_id or profile.phone or profile.email)


def set_profile(
    *,
    accent: str,
    arms: SiteImage | None = None,
    phone: str = "",
    email: str = "",
    addresses: dict[str, str] | None = None,
    hours: Sequence[tuple[int, int, str, str, str, str]] = (),
    look: dict[str, str] | None = None,
) -> SiteProfile:
    """Colour, coat of arms, contacts and hours (rows of: first day, last day, opens, closes, break from, break to).

    `look`: theme, fonts and layout, where they are not the usual ones.
    """
    profile = SiteProfile.objects.get()
    for name, value in (look or {}).items():
        setattr(profile, name, value)
    profile.accent, profile.arms, profile.phone, profile.email = accent, arms, phone, email
    for language, address in (addresses or {}).items():
        setattr(profile, f"address_{language}", address)
    profile.hours.set(
        [
            OpeningHours(
                sort_order=number,
                first_day=first,
                last_day=last,
                **{
                    name: time.fromisoformat(value) if value else None
                    for name, value in zip(("opens", "closes", "break_from", "break_to"), times, strict=True)
                },
            )
            for number, (first, last, *times) in enumerate(hours)
        ]
    )
    profile.full_clean()
    profile.save()
    return profile


def set_reception(language: str, people: Sequence[dict[str, str]], offices: Sequence[dict[str, str]] = ()) -> None:
    """Who receives residents and where, on the contact page of a language."""
    page = ContactPage.objects.get(locale__language_code=language)
    page.people = [("person", {"hours_text": "", "phone": "", "email": "", **person}) for person in people]
    page.offices = [("office", {"hours_text": "", "phone": "", "address": "", **office}) for office in offices]
    page.save()


def set_figures(language: str, figures: Sequence[tuple[str, str, str]], note: str) -> None:
    """The community in figures, on the home page of a language: label, value, unit."""
    home = HomePage.objects.get(locale__language_code=language)
    home.figures = [("figure", {"label": label, "value": value, "unit": unit}) for label, value, unit in figures]
    home.figures_note = note
    home.save()


def days_ago(days: int) -> date:
    """A date before today in Yerevan."""
    return timezone.localdate() - timedelta(days=days)


def finish() -> None:
    """Index what was written in a `search_index.paused()` block, and let visitors see it, pictures included."""
    search_index.refresh_all()
    public_files.refer_all()
    forget_pages()


__all__ = [
    "add_news",
    "add_page",
    "add_picture",
    "days_ago",
    "finish",
    "has_profile",
    "page_key",
    "people",
    "records",
    "set_figures",
    "set_profile",
    "set_reception",
    "year",
]
