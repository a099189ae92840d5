"""The rules, in the order in which their fixes are applied: letters first, then marks, then spaces."""

from cms.editing.text_checks.rules import letters, quotation, stops, spacing, numbers, style  # isort: skip
from cms.editing.text_checks.rules import headings, links, pictures

__all__ = ["headings", "letters", "links", "numbers", "pictures", "quotation", "spacing", "stops", "style"]
