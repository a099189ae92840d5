"""The blocks of the form builder: one for each kind of question, and what holds them together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from services_api.procedures.forms.kinds import FILE_TYPES, IN_ROWS, KINDS
from services_api.procedures.texts import LANGUAGES
from services_api.procedures.workspace.builder.controls import (
    AUTOCOMPLETE,
    CONTROLS,
    FIRST_VALUES,
    MESSAGES,
    TEXTS,
    LineBlock,
    texts_of,
)
from services_api.procedures.workspace.words import KINDS as KIND_NAMES

OTHER_LANGUAGES = tuple(each for each in LANGUAGES if each != "hy")
IN_LANGUAGE = {"en": _("in English"), "ru": _("in Russian")}
ICONS = {
    "text": "pilcrow", "long_text": "doc-full", "email": "mail", "phone": "mobile-alt", "number": "decimal",
    "money": "tag", "date": "date", "time": "time", "yes_no": "check", "choice": "radio-full",
    "choices": "list-ul", "settlement": "home", "person": "user", "organisation": "group", "psn": "key",
    "address": "site", "point": "crosshairs", "file": "upload", "files": "upload", "group": "copy", "table": "table",
    "computed": "plus", "consent": "check", "info": "info-circle",
}  # fmt: skip
FAMILIES = (
    (_("Answers in words and numbers"), ("text", "long_text", "number", "money", "date", "time", "email", "phone")),
    (_("Answers that are chosen"), ("yes_no", "choice", "choices", "settlement")),
    (_("People and places"), ("person", "organisation", "psn", "address", "point")),
    (_("Files"), ("files", "file")),
    (_("Several rows"), ("group", "table")),
    (pgettext_lazy("kinds of questions", "Other"), ("info", "computed", "consent")),
)
TESTS = [
    ("equals", pgettext_lazy("test of an answer", "is")),
    ("not_equals", pgettext_lazy("test of an answer", "is not")),
    ("in", pgettext_lazy("test of an answer", "is one of")),
    ("not_in", pgettext_lazy("test of an answer", "is none of")),
    ("includes", pgettext_lazy("test of an answer", "has among the chosen")),
    ("not_includes", pgettext_lazy("test of an answer", "has not among the chosen")),
    ("at_least", pgettext_lazy("test of an answer", "is at least")),
    ("at_most", pgettext_lazy("test of an answer", "is at most")),
    ("answered", pgettext_lazy("test of an answer", "is answered")),
    ("unanswered", pgettext_lazy("test of an answer", "is not answered")),
    ("holds", pgettext_lazy("test of an answer", "holds")),
    ("holds_not", pgettext_lazy("test of an answer", "does not hold")),
]
OPERATIONS = [
    ("value", pgettext_lazy("formula", "the value itself")),
    ("sum", pgettext_lazy("formula", "sum")),
    ("product", pgettext_lazy("formula", "product")),
    ("difference", pgettext_lazy("formula", "difference of two")),
]
KEPT = ("kept", _("as it was, see the words below"))
HIDDEN = "proc-kept"


class _Parts(blocks.StructBlock):
    """What stands in a stream here. It has no preview of its own: the form as a whole has one."""

    is_previewable = False


def kept_block() -> blocks.Block:
    """What these blocks cannot say; it goes through them unchanged."""
    return LineBlock(label="", form_classname=HIDDEN, attrs={"tabindex": "-1"})


def code_block() -> blocks.Block:
    return LineBlock(
        label=pgettext_lazy("of a question", "Code"),
        help_text=_("Latin small letters, digits and _. Left empty, it is made of the Armenian words."),
        attrs={"lang": "en"},
    )


def words(name: str, label: Any, *, needed: bool = False, lines: int = 0) -> list[tuple[str, blocks.Block]]:
    """The controls of one text: Armenian, then the others under names with the code of the language."""
    made: list[tuple[str, blocks.Block]] = []
    for language in LANGUAGES:
        said = label if language == "hy" else _Joined(label, IN_LANGUAGE[language])
        required = needed and language == "hy"
        block = (
            blocks.TextBlock(label=said, required=required, rows=lines, default="")
            if lines
            else LineBlock(label=said, required=required, attrs={"lang": language})
        )
        made.append((f"{name}_{language}", block))
    return made


class _Joined:
    """«Question, in English»: two lazy words in the language of the reader."""

    def __new__(cls, first: Any, second: Any) -> Any:
        from django.utils.text import format_lazy

        return format_lazy("{}, {}", first, second)


def folded(names: Iterable[str], heading: Any, icon: str) -> BlockGroup:
    """Controls that stand closed until somebody opens them."""
    return BlockGroup(list(names), heading=heading, classname="collapsed", icon=icon, label_format="")


class TestBlock(blocks.StructBlock):
    question = LineBlock(label=_("Question or rule"), attrs={"data-builder": "question"})
    test = blocks.ChoiceBlock(choices=TESTS, default="equals", label=pgettext_lazy("of a condition", "Test"))
    values = LineBlock(label=pgettext_lazy("of a condition", "Answer"), attrs={"data-builder": "values"})

    class Meta:
        icon = "check"
        label = pgettext_lazy("of a condition", "Condition")
        label_format = ""


class WhenBlock(blocks.StructBlock):
    how = blocks.ChoiceBlock(
        choices=[("all", _("when all of these hold")), ("any", _("when one of these holds")), KEPT],
        default="all", label=_("It is shown"),
    )  # fmt: skip
    tests = blocks.ListBlock(TestBlock(), default=[], label=_("Conditions; without any it is always shown"))
    kept = kept_block()

    class Meta:
        icon = "view"
        label = _("Shown only when")
        collapsed = True
        label_format = ""


class PartBlock(blocks.StructBlock):
    what = LineBlock(label=_("Question with a number"), attrs={"data-builder": "number"})
    number = LineBlock(label=_("or a number"), attrs={"inputmode": "decimal"})

    class Meta:
        icon = "plus"
        label = pgettext_lazy("of a formula", "Part")
        label_format = ""


class FormulaBlock(blocks.StructBlock):
    operation = blocks.ChoiceBlock(choices=[*OPERATIONS, KEPT], default="sum", label=_("What is worked out"))
    parts = blocks.ListBlock(PartBlock(), default=[], label=pgettext_lazy("of a formula", "Of what"))
    kept = kept_block()

    class Meta:
        icon = "plus"
        label = _("Formula")
        label_format = ""


def option_block() -> blocks.Block:
    names = [*words("label", pgettext_lazy("of a choice", "Answer"), needed=True), *words("hint", TEXTS["hint"][1])]
    names += [("code", code_block()), ("kept", kept_block())]
    more = [name for name, _block in names if name not in ("label_hy", "kept")]
    layout = BlockGroup(["label_hy", folded(more, _("Other languages, help, code"), "globe"), "kept"])
    return _Parts(
        names, icon="radio-full", label=pgettext_lazy("of a choice", "Answer"), form_layout=layout, label_format=""
    )


def question_block(kind: str, items: blocks.Block | None = None) -> blocks.Block:
    """The block of a kind. `items` are the questions of a row; without `when` for those that stand in one."""
    parts: list[tuple[str, blocks.Block]] = []
    for name in texts_of(kind):
        needed = name == "text" or (name == "label" and kind != "info") or (name == "item" and kind == "group")
        parts += words(name, TEXTS[name][1], needed=needed, lines={"text": 4, "hint": 1}.get(name, 0))
    open_names = [name for name, _block in parts if name.endswith("_hy")]
    foreign = [name for name, _block in parts if not name.endswith("_hy")]
    own: list[tuple[str, blocks.Block]] = []
    if kind not in ("info", "computed"):
        own.append(("required", blocks.BooleanBlock(required=False, default=True, label=_("An answer is needed"))))
    if kind in ("choice", "choices"):
        own.append(("options", blocks.ListBlock(_OPTION, default=[{}, {}], label=_("Answers to choose from"))))
    if items is not None:
        own.append(("items", items))
    if kind == "computed":
        own.append(("formula", FormulaBlock()))
    if kind in ("file", "files"):
        own += [
            (f"accept_{each}", blocks.BooleanBlock(required=False, default=True, label=each.upper()))
            for each in FILE_TYPES
        ]
    limits = [(each.name, each.block()) for each in CONTROLS.get(kind, ())]
    more: list[tuple[str, blocks.Block]] = [("code", code_block()), (AUTOCOMPLETE.name, AUTOCOMPLETE.block())]
    for name, label in MESSAGES.items() if kind not in ("info", "computed") else ():
        more += words(f"message_{name}", label)
    layout: list[Any] = [*open_names, *(name for name, _block in own)]
    if limits:
        layout.append(folded((name for name, _block in limits), _("Limits of the answer"), "cogs"))
    layout.append(folded(foreign, _("English and Russian"), "globe"))
    layout.append("when")
    layout.append(folded((name for name, _block in more), _("Code and own words for mistakes"), "cog"))
    return _Parts(
        [*parts, *own, *limits, ("when", WhenBlock()), *more],
        icon=ICONS[kind], label=KIND_NAMES[kind], collapsed=True, default=FIRST_VALUES.get(kind, {}),
        form_layout=BlockGroup(layout), label_format="{label_hy}" if kind != "info" else "{text_hy}",
        form_classname=f"struct-block proc-question proc-question--{kind}",
    )  # fmt: skip


_OPTION = option_block()


def _stream(kinds: dict[str, blocks.Block], label: Any, name: str) -> blocks.Block:
    ordered = [(kind, kinds[kind]) for _family, several in FAMILIES for kind in several if kind in kinds]
    return blocks.StreamBlock(ordered, label=label, required=False, collapsed=True, form_classname=f"proc-{name}")


def _kinds() -> dict[str, blocks.Block]:
    plain = {kind: question_block(kind) for kind in KINDS if kind not in IN_ROWS}
    for kind, allowed in IN_ROWS.items():
        inner = {each: plain[each] for each in plain if each in allowed}
        plain[kind] = question_block(kind, _stream(inner, _("Questions of one row"), "items"))
    for family, several in FAMILIES:
        for kind in several:
            plain[kind].meta.group = family
    return plain


KIND_BLOCKS = _kinds()
QUESTIONS = _stream(KIND_BLOCKS, _("Questions"), "questions")


def section_block() -> blocks.Block:
    legend = words("legend", pgettext_lazy("of a form", "Heading of the part"), needed=True)
    layout = [
        "legend_hy", folded(["legend_en", "legend_ru", "code"], _("Other languages, code"), "globe"), "when",
        "questions", "kept",
    ]  # fmt: skip
    return _Parts(
        [*legend, ("code", code_block()), ("when", WhenBlock()), ("questions", QUESTIONS), ("kept", kept_block())],
        icon="folder-open-1", label=pgettext_lazy("of a form", "Part of the form"), label_format="{legend_hy}",
        form_layout=BlockGroup(layout), form_classname="struct-block proc-section",
    )  # fmt: skip


def page_block() -> blocks.Block:
    title = words("title", _("Title of the page"), needed=True)
    layout = ["title_hy", folded(["title_en", "title_ru", "code"], _("Other languages, code"), "globe"), "when"]
    return _Parts(
        [*title, ("code", code_block()), ("when", WhenBlock())],
        icon="doc-empty", label=pgettext_lazy("of a form", "A new page begins"), label_format="{title_hy}",
        form_layout=BlockGroup(layout), form_classname="struct-block proc-page",
    )  # fmt: skip


def rule_block() -> blocks.Block:
    label = words("label", _("What the rule says"), needed=True)
    layout = ["label_hy", folded(["label_en", "label_ru", "code"], _("Other languages, code"), "globe"), "when"]
    return _Parts(
        [*label, ("code", code_block()), ("when", WhenBlock(collapsed=False, label=_("It holds")))],
        icon="tasks", label=_("Rule"), label_format="{label_hy}", form_layout=BlockGroup(layout),
    )  # fmt: skip


SECTION, PAGE, ALONE, RULE = "section", "page", "alone", "rule"
PARTS = blocks.StreamBlock(
    [
        (SECTION, section_block()),
        (PAGE, page_block()),
        ("consent", KIND_BLOCKS["consent"]),
        (
            ALONE,
            _Parts(
                [("questions", QUESTIONS)], icon="list-ul", label=_("Questions without a heading"), label_format=""
            ),
        ),
    ],
    block_counts={"consent": {"max_num": 1}, ALONE: {"max_num": 1}}, label="",
)  # fmt: skip
RULES = blocks.StreamBlock([(RULE, rule_block())], required=False, label="")
