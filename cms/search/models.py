"""Tables of the search: what can be found, the words it is written with, own synonyms, and what nobody found."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LANGUAGES = [("hy", "Հայերեն"), ("en", "English"), ("ru", "Русский")]
_IN_LANGUAGES = models.Q(language__in=[code for code, _name in LANGUAGES])


class Kind(models.TextChoices):
    """What a result is, as a resident calls it. The order is that of the facets."""

    SERVICE = "service", pgettext_lazy("kind of result", "Services")
    PAGE = "page", pgettext_lazy("kind of result", "Pages")
    NEWS = "news", pgettext_lazy("kind of result", "News")
    ANNOUNCEMENT = "announcement", pgettext_lazy("kind of result", "Announcements")
    ACT = "act", pgettext_lazy("kind of result", "Legal acts")
    SESSION = "session", pgettext_lazy("kind of result", "Council sessions")
    PERSON = "person", pgettext_lazy("kind of result", "People")
    EVENT = "event", pgettext_lazy("kind of result", "Events")
    DOCUMENT = "document", pgettext_lazy("kind of result", "Documents")
    RECORD = "record", pgettext_lazy("kind of result", "Registers")


class SearchEntry(models.Model):
    """One thing that visitors may find, in one language: its words, and where they lead. Written by cms.search only."""

    source = models.CharField(_("source"), max_length=60, help_text=_("Who registered it (cms.search.sources)."))
    object_key = models.CharField(_("object"), max_length=64, help_text=_("Its key within the source."))
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    title = models.TextField(_("title"))
    body = models.TextField(_("text"), blank=True, help_text=_("Plain words, without marks of layout."))
    url = models.CharField(_("address"), max_length=500)
    date = models.DateField(_("date"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    # Stems of the title alone stay small and beside the row, so that thousands of matches are ordered quickly.
    title_vector = SearchVectorField(_("stems of the title"))
    vector = SearchVectorField(_("stems of title and text"))

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [
            models.UniqueConstraint(fields=["source", "object_key", "language"], name="search_entry_once"),
            models.CheckConstraint(condition=_IN_LANGUAGES, name="search_entry_language"),
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="search_entry_kind"),
        ]
        indexes = [GinIndex(fields=["vector"], name="search_entry_vector")]

    def __str__(self) -> str:
        return self.title


class SearchTerm(models.Model):
    """A spelling that some entry is written with, and the keys by which other spellings lead to it."""

    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    word = models.CharField(_("word"), max_length=64, help_text=_("In the one spelling of cms.search.folding."))
    stem = models.CharField(_("stem"), max_length=64, help_text=_("What entries are indexed by."))
    root = models.CharField(_("root"), max_length=64, help_text=_("The stem without derivation: «վճար» of «վճարում»."))
    sounds = ArrayField(
        models.CharField(max_length=96), verbose_name=_("sounds"), help_text=_("How it is typed in other letters.")
    )
    slip_keys = ArrayField(
        models.IntegerField(),
        verbose_name=_("slips"),
        help_text=_("The word with one letter left out, each of its forms as a number."),
    )

    class Meta:
        verbose_name = _("word of the index")
        verbose_name_plural = _("words of the index")
        constraints = [
            models.UniqueConstraint(fields=["language", "word"], name="search_term_once"),
            models.CheckConstraint(condition=_IN_LANGUAGES, name="search_term_language"),
        ]
        indexes = [
            models.Index(fields=["language", "stem"], name="search_term_stem"),
            models.Index(fields=["language", "root"], name="search_term_root"),
            models.Index(fields=["word"], opclasses=["varchar_pattern_ops"], name="search_term_beginning"),
            GinIndex(fields=["sounds"], name="search_term_sounds"),
            GinIndex(fields=["slip_keys"], name="search_term_slip_keys"),
        ]

    def __str__(self) -> str:
        return self.word


class SynonymGroup(models.Model):
    """Words that mean the same in this community: names of places, old and new names of streets and offices."""

    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="hy")
    words = models.TextField(
        _("words"),
        max_length=500,
        help_text=_("Separated by commas, for example: old market, agricultural fair. Who asks one finds all."),
    )

    class Meta:
        ordering = ["language", "words"]
        verbose_name = _("synonyms for the search")
        verbose_name_plural = _("synonyms for the search")
        constraints = [models.CheckConstraint(condition=_IN_LANGUAGES, name="search_synonym_language")]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        if len(self.as_list()) < 2:
            raise ValidationError({"words": _("Write at least two, separated by a comma.")})

    def as_list(self) -> list[str]:
        """The words one by one."""
        return [word.strip() for word in self.words.replace("\n", ",").split(",") if word.strip()]

    def save(self, *args: Any, **kwargs: Any) -> None:
        from cms.search.synonyms import forget_own

        super().save(*args, **kwargs)
        forget_own()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        from cms.search.synonyms import forget_own

        deleted = super().delete(*args, **kwargs)
        forget_own()
        return deleted


class UnansweredQuery(models.Model):
    """What was looked for and not found, without anything about who asked."""

    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    words = models.CharField(_("words"), max_length=80)
    times = models.PositiveIntegerField(_("times"), default=1)
    last_day = models.DateField(_("last asked"))

    class Meta:
        ordering = ["-times", "-last_day", "words"]
        verbose_name = _("search without result")
        verbose_name_plural = _("searches without result")
        constraints = [
            models.UniqueConstraint(fields=["language", "words"], name="search_unanswered_once"),
            models.CheckConstraint(condition=_IN_LANGUAGES, name="search_unanswered_language"),
        ]

    def __str__(self) -> str:
        return self.words
