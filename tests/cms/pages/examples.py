"""One published page of each type, as an editor would leave it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Page
from wagtail.rich_text import RichText

from cms.models import (
    AnnouncementIndexPage,
    AnnouncementPage,
    ChapterPage,
    ConsultationIndexPage,
    ConsultationPage,
    ContentPage,
    DocumentsPage,
    EventIndexPage,
    EventPage,
    FormField,
    FormPage,
    GalleryPage,
    GuidePage,
    PublicationPage,
    SectionPage,
    ServiceCardPage,
    ServiceCataloguePage,
    SiteDocument,
    SiteImage,
    SiteMapPage,
)
from tests.cms.conftest import home
from tests.isolation.house import picture


def publish(model: Any, parent: Page, title: str, **fields: Any) -> Any:
    """A live page of a type below a parent; an index that exists already is given back."""
    page = model(title=title, slug=fields.pop("slug", f"p-{uuid4().hex[:8]}"), **fields)
    parent.refresh_from_db()
    parent.add_child(instance=page)
    page.save_revision().publish()
    return model.objects.get(pk=page.pk)


def the(model: Any, parent: Page, title: str = "Ցանկ") -> Any:
    """The one page of a type below a parent, made if the tree does not have it."""
    found = model.objects.filter(locale=parent.locale).first()
    return found if found is not None else publish(model, parent, title)


def section(language: str = "hy", slug: str = "community") -> Page:
    return Page.objects.get(locale__language_code=language, slug=slug, depth=3)


def announcement(title: str = "Աճուրդ", language: str = "hy", **fields: Any) -> AnnouncementPage:
    index = the(AnnouncementIndexPage, home(language))
    values = {"kind": "auction", "lede": "Ամփոփում", "body": [("paragraph", RichText("<p>Տեքստ</p>"))]} | fields
    return publish(AnnouncementPage, index, title, **values)


def event(title: str = "Նռան տոն", language: str = "hy", in_days: int = 3, **fields: Any) -> EventPage:
    index = the(EventIndexPage, section(language))
    starts = timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=in_days), datetime.min.time()))
    values = {"starts_at": starts + timedelta(hours=12), "place": "Կենտրոնական հրապարակ", "settlement": "Մեղրի"}
    return publish(EventPage, index, title, **(values | fields))


def consultation(title: str = "2027 թվականի բյուջե", language: str = "hy", **fields: Any) -> ConsultationPage:
    index = the(ConsultationIndexPage, section(language, "open-government"))
    today = timezone.localdate()
    values = {"opens_on": today, "closes_on": today + timedelta(days=16), "lede": "Ինչ է քննարկվում"}
    return publish(ConsultationPage, index, title, **(values | fields))


def document(title: str = "Դիմումի ձև") -> SiteDocument:
    return SiteDocument.objects.create(title=title, file=ContentFile(b"%PDF-1.4\n%%EOF\n", "form.pdf"))


def image(title: str = "Այգի") -> SiteImage:
    return SiteImage.objects.create(
        title=title, description="Նռան այգի", file=ContentFile(picture(), "garden.png"), width=40, height=30
    )


def publication(chapters: int = 2) -> PublicationPage:
    page = publish(PublicationPage, section(slug="open-government"), "Հնգամյա ծրագիր", date=date(2026, 3, 1))
    for number in range(1, chapters + 1):
        publish(ChapterPage, page, f"Գլուխ {number}", body=[("paragraph", RichText(f"<p>Մաս {number}</p>"))])
    return page


def form_page(**fields: Any) -> FormPage:
    page = FormPage(
        title="Հարց գրադարանին",
        slug=f"form-{uuid4().hex[:6]}",
        **({"to_address": "library@meghri.example", "purpose": "Պատասխանելու համար"} | fields),
    )
    page.form_fields = [
        FormField(label="Անուն", field_type="singleline", required=True, sort_order=1),
        FormField(label="Էլ հասցե", field_type="email", required=True, sort_order=2),
        FormField(label="Օր", field_type="date", required=False, sort_order=3),
        FormField(label="Թեմա", field_type="radio", required=True, choices="Գիրք\nՄիջոցառում", sort_order=4),
        FormField(label="Հարց", field_type="multiline", required=True, sort_order=5),
    ]
    parent = section()
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def one_of_each() -> list[Page]:
    """All page types of this issue, each with something in it."""
    paper, photo = document(), image()
    steps = [("step", {"title": "Հավաքեք փաստաթղթերը", "text": RichText("<p>Երեք թուղթ</p>"), "links": []})]
    files = [{"document": paper, "date": date(2026, 1, 5), "note": ""}]
    guides = publish(SectionPage, ServiceCataloguePage.objects.get(locale__language_code="hy"), "Ուղեցույցներ")
    return [
        announcement(files=[("file", files[0])]),
        event(),
        consultation(),
        publication(),
        ChapterPage.objects.first(),
        form_page(),
        publish(GuidePage, guides, "Երեխա է ծնվել", steps=steps),
        publish(
            GalleryPage, section(), "Պատկերասրահ", photos=[("photo", {"image": photo, "caption": "Նռան այգի"})]
        ),
        publish(
            DocumentsPage, section(slug="open-government"), "Ձևաթղթեր",
            folders=[("folder", {"title": "Դիմումներ", "text": "", "files": files})],
        ),
        publish(
            ServiceCardPage, ServiceCataloguePage.objects.get(locale__language_code="hy"), "Ծառի հատում",
            whom="<p>Բնակիչներին</p>", topic="land", lede="Երբ ծառը վտանգավոր է",
        ),
        the(SiteMapPage, home(), "Կայքի քարտեզ"),
        publish(ContentPage, home(), "Էջ"),
    ]  # fmt: skip
