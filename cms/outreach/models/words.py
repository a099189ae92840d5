"""Short texts in three languages, as fields of one row."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.db import models


class Said(NamedTuple):
    """A text and the language it is in: "" when that is the asked one, so that a template marks only foreign runs."""

    text: str
    lang: str


class Trilingual(models.Model):
    """Fields `<name>_hy`, `<name>_en`, `<name>_ru`; the Armenian one is the original."""

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
