"""Cards of services that cannot be applied for on this site, under the same 13 headings as those that can."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from cms.blocks import SMALL_RICH_TEXT, FactBlock, QuestionBlock, words_of
from cms.models.base import BasePage, LegalBasisMixin
from cms.models.panels import page_screen
from cms.models.tags import PageTag
from cms.stream import BodyField

HEADINGS = ("whom", "get", "need", "how", "time", "price", "benefit", "next", "refuse", "appeal", "law", "who")


def _answer(question: Any) -> RichTextField:
    return RichTextField(question, features=[*SMALL_RICH_TEXT, "document-link"], blank=True)


class ServiceCardPage(LegalBasisMixin, BasePage):  # type: ignore[django-manager-missing]
    """A service of the community. A heading without words is not shown."""

    class Topic(models.TextChoices):
        FAMILY = "family", _("Family and social help")
        CHILDREN = "children", _("Kindergartens and schools")
        LAND = "land", _("Land and construction")
        PROPERTY = "property", _("Property and taxes")
        TRADE = "trade", _("Trade and business")
        UTILITIES = "utilities", _("Utilities and roads")
        DOCUMENTS = "documents", _("Certificates and papers")
        OTHER = "other", _("Other services")

    topic = models.CharField(_("group in the catalogue"), max_length=20, choices=Topic, default=Topic.OTHER)
    online_url = models.URLField(
        _("where it is applied for"), blank=True, help_text=_("When another site of the state accepts applications.")
    )
    facts = BodyField([("fact", FactBlock())], verbose_name=_("at a glance"), blank=True, max_num=4)
    whom = _answer(_("Who is it for?"))
    get = _answer(_("What will you get?"))
    need = _answer(_("What do you need?"))
    how = _answer(_("How to apply?"))
    time = _answer(_("How long will it take?"))
    price = _answer(_("What does it cost?"))
    benefit = _answer(_("Who has a benefit?"))
    next = _answer(_("What happens next?"))
    refuse = _answer(_("When can it be refused?"))
    appeal = _answer(_("How to appeal?"))
    law = _answer(_("Legal basis"))
    who = _answer(_("Whom to ask?"))
    questions = BodyField([("question", QuestionBlock())], verbose_name=_("Frequently asked questions"), blank=True)
    tags = ClusterTaggableManager(through=PageTag, blank=True, verbose_name=_("topics"))

    search_kind = "service"
    template = "cms/service_page.html"
    parent_page_types = ["cms.ServiceCataloguePage"]
    subpage_types: list[str] = []
    edit_handler = page_screen(
        FieldPanel("topic"),
        FieldPanel("lede"),
        FieldPanel("online_url"),
        FieldPanel("facts"),
        MultiFieldPanel([FieldPanel(name) for name in HEADINGS], heading=_("The headings of a service")),
        FieldPanel("questions"),
        FieldPanel("tags"),
    )

    class Meta:
        verbose_name = _("service card")
        verbose_name_plural = _("service cards")

    @property
    def faq(self) -> list[dict[str, Any]]:
        """Questions in the words of the template."""
        return [{"question": block.value["question"], "answer": block.value["answer"]} for block in self.questions]

    @property
    def body_text(self) -> str:
        from django.utils.html import strip_tags

        answers = " ".join(strip_tags(getattr(self, name)) for name in HEADINGS)
        return f"{answers} {words_of(self.questions)}"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        others = ServiceCardPage.objects.sibling_of(self, inclusive=False).live().filter(topic=self.topic)[:4]
        context.update(
            apply_url=self.online_url,
            facts=[block.value for block in self.facts],
            related=[{"title": other.title, "text": other.lede, "url": other.url} for other in others],
        )
        return context
