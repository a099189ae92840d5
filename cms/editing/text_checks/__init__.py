"""Checks of what a page says: a rule finds, explains in the reader's language and, where it may, proposes new text."""

from cms.editing.text_checks import rules
from cms.editing.text_checks.engine import blocking, check_page, check_text, fix_page
from cms.editing.text_checks.findings import Finding

__all__ = ["Finding", "blocking", "check_page", "check_text", "fix_page", "rules"]
