"""Short texts in three languages: `<name>_hy`, `<name>_en`, `<name>_ru` of one row; Armenian is the original."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
_IN_LANGUAGE = {"hy": _("in Armenian"), "en": _("in English"), "ru": _("in Russian")}


class Said(NamedTuple):
    """A text and the language it is in: "" when that is the asked one, so that a template marks only foreign runs."""

    text: str
    lang: str


class Trilingual(models.Model):
    """A row with such fields."""

    class Meta:
        abstract = True

    def text(self, name: str, language: str) -> str:
        """The text in this language, empty when nobody has written it; never an Armenian one under another."""
        return getattr(self, f"{name}_{language}")

    def said(self, name: str, language: str) -> Said:
        """The text in this language or, where it must not be withheld, the Armenian one marked as such."""
        own = self.text(name, language)
        if own or language == settings.LANGUAGE_CODE:
            return Said(own, "")
        original = self.text(name, settings.LANGUAGE_CODE)
        return Said(original, settings.LANGUAGE_CODE if original else "")


def _labels(label: Any) -> list[Any]:
    return [format_lazy("{} ({})", label, _IN_LANGUAGE[code]) for code in LANGUAGES]


def trilingual_line(
    label: Any, max_length: int = 250, *, required: bool = False, help_text: Any = ""
) -> tuple[models.CharField[str, str], ...]:
    """A line of text in hy, en, ru, in this order; `required` asks for the Armenian one."""
    return tuple(
        models.CharField(name, max_length=max_length, blank=not (required and code == "hy"), help_text=help_text)
        for code, name in zip(LANGUAGES, _labels(label), strict=True)
    )


def trilingual_text(label: Any, *, help_text: Any = "") -> tuple[models.TextField[str, str], ...]:
    """Plain text with paragraphs in hy, en, ru, in this order."""
    return tuple(models.TextField(name, blank=True, help_text=help_text) for name in _labels(label))


__all__ = ["LANGUAGES", "Said", "Trilingual", "trilingual_line", "trilingual_text"]
