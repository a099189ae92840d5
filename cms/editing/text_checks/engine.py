"""Runs the rules over a page, and puts right what they found."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from wagtail.models import Page

from cms.editing.text_checks.findings import Finding, page_rules, text_rules
from cms.editing.text_checks.page_text import PageText
from cms.editing.text_checks.passages import Passage

_ORDER = {"block": 0, "wrong": 1, "advice": 2}
# A fix may lay bare another slip (two spaces after a mark that went); more rounds than this find nothing new.
_ROUNDS = 3


def check_text(passage: Passage) -> list[Finding]:
    """The findings of spelling and typography in one text."""
    return [finding for rule in text_rules if passage.language in rule.languages for finding in rule.findings(passage)]


def check_page(page: Page) -> list[Finding]:
    """All findings of a page (a specific instance, live or draft), the weightiest first, then in reading order."""
    text = PageText.of(page)
    findings = [finding for passage in text.passages for finding in check_text(passage)]
    findings += [finding for rule in page_rules for finding in rule.find(text)]
    return sorted(findings, key=lambda finding: _ORDER[finding.weight])


def blocking(page: Page) -> list[Finding]:
    """What keeps a page from being published: pictures that say nothing to those who cannot see them."""
    text = PageText.of(page)
    return [finding for rule in page_rules for finding in rule.find(text) if finding.weight == "block"]


def fix_page(page: Page, keys: Collection[str] | None = None) -> int:
    """Put right the findings with these keys, or (None) all safe ones. Changes the instance only; returns how many."""
    return _fix_safe(page) if keys is None else _fix_chosen(page, set(keys))


def _fix_chosen(page: Page, keys: set[str]) -> int:
    done = 0
    for key in keys:
        # Each fix is the whole new text, so the next one is looked up in what the last one has left.
        finding = next((found for found in check_page(page) if found.key == key and found.can_fix), None)
        if finding is None:
            continue
        text = PageText.of(page)
        if finding.removes:
            text.remove(finding.path)
        else:
            text.write(finding.path, finding.fixed)
        done += 1
    return done


def _fix_safe(page: Page) -> int:
    done = sum(finding.is_safe for finding in check_page(page))
    for _round in range(_ROUNDS):
        text = PageText.of(page)
        changed = False
        for passage in text.passages:
            value = corrected(passage)
            if value != passage.value:
                text.write(passage.path, value)
                changed = True
        if not changed:
            break
    return done


def corrected(passage: Passage) -> str:
    """A stored text after all safe fixes."""
    for rule in text_rules:
        if rule.is_safe and passage.language in rule.languages:
            passage = replace(passage, value=rule.corrected(passage))
    return passage.value


__all__ = ["blocking", "check_page", "check_text", "corrected", "fix_page"]
