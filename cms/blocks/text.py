"""Words: headings, notices, quotes, facts, questions."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

RICH_TEXT = ["bold", "italic", "h3", "ol", "ul", "link", "document-link"]
SMALL_RICH_TEXT = ["bold", "italic", "ol", "ul", "link"]


class HeadingValue(blocks.StructValue):
    """A heading with the name that the contents list points at."""

    @cached_property
    def anchor(self) -> str:
        return slugify(self.get("text") or "", allow_unicode=True)


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=120)

    class Meta:
        label = _("Heading")
        icon = "title"
        template = "blocks/heading.html"
        value_class = HeadingValue
        description = _("Begins a new part of the page and stands in the contents list.")
        preview_value = {"text": "Ինչպես դիմել"}


class NoteBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("notice", _("Must not be missed")), ("info", _("Good to know")), ("done", _("Good news"))],
        default="notice",
    )
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=SMALL_RICH_TEXT)

    class Meta:
        label = _("Notice")
        icon = "warning"
        template = "blocks/note.html"
        description = _("Something a reader must not miss.")
        preview_value = {
            "kind": "notice",
            "title": "Ուշադրություն",
            "text": "<p>Դեկտեմբերի 31-ին ընդունելություն չկա։</p>",
        }


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Words"))
    source = blocks.CharBlock(label=_("Who said it"), required=False, max_length=120)

    class Meta:
        label = _("Quote")
        icon = "openquote"
        template = "blocks/quote.html"
        description = _("Somebody's own words.")
        preview_value = {"text": "Ճանապարհը պատրաստ կլինի մինչև ձմեռ։", "source": "Համայնքի ղեկավար"}


class FactBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("What"), max_length=80)
    value = blocks.CharBlock(label=_("How much"), max_length=80)

    class Meta:
        label = _("Fact")
        icon = "list-ul"


class FactsBlock(blocks.StructBlock):
    items = blocks.ListBlock(FactBlock(), label=_("Facts"), min_num=1)

    class Meta:
        label = _("Facts")
        icon = "list-ul"
        template = "blocks/facts.html"
        description = _("Short pairs: what and how much.")
        preview_value = {"items": [{"label": "Երկարություն", "value": "2,4 կմ"}]}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        # `value.items` of a StructValue is the method of the mapping; the template needs the field.
        context = super().get_context(value, parent_context=parent_context)
        context["value"] = {"items": value.get("items") or []}
        return context


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=160)
    answer = blocks.RichTextBlock(label=_("Answer"), features=SMALL_RICH_TEXT)

    class Meta:
        label = _("Question and answer")
        icon = "help"


class QuestionsBlock(blocks.StructBlock):
    items = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        label = _("Questions and answers")
        icon = "help"
        template = "blocks/questions.html"
        description = _("Questions that unfold.")
        preview_value = {"items": [{"question": "Որքա՞ն է տևում", "answer": "<p>Մինչև 30 օր։</p>"}]}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["value"] = {"items": value.get("items") or []}
        return context


class MomentBlock(blocks.StructBlock):
    when = blocks.CharBlock(
        label=_("When"), max_length=60, help_text=_("A year, a month or a day, as it is spoken of.")
    )
    title = blocks.CharBlock(label=_("What happened"), max_length=160)
    text = blocks.TextBlock(label=_("Text"), required=False, max_length=600)

    class Meta:
        label = _("Moment")
        icon = "time"


class TimelineBlock(blocks.StructBlock):
    items = blocks.ListBlock(MomentBlock(), label=_("Moments"), min_num=1)

    class Meta:
        label = _("Timeline")
        icon = "time"
        template = "blocks/timeline.html"
        description = _("What happened when: history, works, stages of a programme.")
        preview_value = {
            "items": [
                {"when": "1924", "title": "Բացվել է առաջին դպրոցը", "text": ""},
                {"when": "2016", "title": "Համայնքները միավորվել են", "text": ""},
            ]
        }

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["value"] = {"items": value.get("items") or []}
        return context
