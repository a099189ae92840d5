"""Numbers: a table of words and numbers, and bars drawn on the server."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

FULL_WIDTH = 100


class TextTableBlock(TypedTableBlock):
    text = blocks.CharBlock(label=_("Text"), required=False)
    number = blocks.DecimalBlock(label=_("Quantity"), required=False)

    class Meta:
        label = _("Table")
        icon = "table"
        template = "blocks/table.html"
        description = _("Rows and columns with headings; give it a caption.")

    def get_preview_value(self) -> Any:
        return self.to_python(
            {
                "caption": "Աղբահանության վճար",
                "columns": [{"type": "text", "heading": "Բնակավայր"}, {"type": "number", "heading": "Դրամ"}],
                "rows": [{"values": ["Մեղրի", "200"]}, {"values": ["Ագարակ", "200"]}],
            }
        )


class AmountBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("What"), max_length=80)
    value = blocks.DecimalBlock(label=_("How much"), min_value=0)

    class Meta:
        label = _("Row")
        icon = "order"


class ChartBlock(blocks.StructBlock):
    """Bars in a table: the drawing and its numbers cannot come apart, and nothing is said by colour alone."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    unit = blocks.CharBlock(label=_("Unit"), required=False, max_length=30)
    items = blocks.ListBlock(AmountBlock(), label=_("Rows"), min_num=2, max_num=20)
    source = blocks.CharBlock(label=_("Source"), required=False, max_length=200)

    class Meta:
        label = _("Chart")
        icon = "history"
        template = "blocks/chart.html"
        description = _("Amounts as bars with their numbers.")
        preview_value = {
            "title": "Բյուջեի ծախսերը",
            "unit": "մլն դրամ",
            "items": [{"label": "Կրթություն", "value": "412.5"}, {"label": "Ճանապարհներ", "value": "168"}],
        }

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        rows = [(row["label"], Decimal(str(row["value"] or 0))) for row in value.get("items") or []]
        most = max((amount for _label, amount in rows), default=Decimal(0))
        context["rows"] = [
            {
                "label": label,
                "text": number_format(amount.normalize() if amount % 1 else amount.to_integral(), use_l10n=True),
                # With a point, whatever the language: it is read by the browser as a length.
                "width": f"{float(amount / most * FULL_WIDTH):.2f}" if most else "0",
            }
            for label, amount in rows
        ]
        return context
