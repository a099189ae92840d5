"""What all public records share: three languages, publication, an address that outsiders may keep."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from cms.trilingual import Trilingual, trilingual_line, trilingual_text


def today() -> date:
    """The date in Yerevan."""
    return timezone.localdate()


def amount_field(label: Any, *, null: bool = False, help_text: Any = "") -> models.BigIntegerField[Any, Any]:
    """Money: whole drams (AMD). Money is never a fraction and never a float here."""
    return models.BigIntegerField(label, null=null, blank=null, help_text=help_text)


def never_negative(*names: str, prefix: str) -> list[models.CheckConstraint]:
    """Constraints of amounts of money and of areas; an empty one is allowed where the column allows it."""
    return [
        models.CheckConstraint(
            condition=models.Q(**{f"{name}__gte": 0}) | models.Q(**{f"{name}__isnull": True}),
            name=f"{prefix}_{name}_not_negative",
            violation_error_message=_("An amount cannot be negative."),
        )
        for name in names
    ]


class RecordQuerySet(models.QuerySet[Any]):
    """Questions that every register asks."""

    def published(self) -> RecordQuerySet:
        """What visitors may see."""
        return self.filter(is_published=True)

    def in_language(self, language: str) -> RecordQuerySet:
        """Those that have a title in the language; the others are never shown under it."""
        return self.exclude(**{f"title_{language}": ""})


class RegisterRecord(Trilingual):
    """A numbered, dated, published fact (ARCHITECTURE, decision 7). Prose is a page; this is a row of a register."""

    uuid = models.UUIDField(_("public identifier"), default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(
        _("address"),
        max_length=80,
        blank=True,
        db_index=False,
        help_text=_("The last part of the public address, in Latin letters. Empty: made of the English title."),
    )
    title_hy, title_en, title_ru = trilingual_line(_("title"), required=True)
    text_hy, text_en, text_ru = trilingual_text(_("description"))
    date = models.DateField(
        _("date"), default=today, help_text=_("The day of the fact itself: of the decision, notice or report.")
    )
    is_published = models.BooleanField(
        _("shown to visitors"), default=False, help_text=_("A draft is seen by the staff only.")
    )
    published_at = models.DateTimeField(_("first shown to visitors"), null=True, blank=True, editable=False)
    legacy_id = models.CharField(
        _("identifier in the earlier system"),
        max_length=64,
        blank=True,
        help_text=_("The GUID or number in the addresses of the earlier website; old links lead here."),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-date", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug"], condition=~models.Q(slug=""), name="%(class)s_address_once",
                violation_error_message=_("This address is already in use."),
            ),
            models.CheckConstraint(condition=~models.Q(title_hy=""), name="%(class)s_has_title"),
            models.CheckConstraint(
                condition=models.Q(is_published=False) | models.Q(published_at__isnull=False),
                name="%(class)s_published_when",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title_hy

    def text(self, name: str, language: str) -> str:
        """A field in a language; Russian falls back to English. Armenian is never shown under another language."""
        words = super().text(name, language)
        return super().text(name, "en") if not words and language == "ru" else words

    def title(self, language: str) -> str:
        """The title in a language; "" where the record does not exist in it."""
        return self.text("title", language)

    @property
    def address(self) -> str:
        """The last part of the record's public address."""
        return self.slug or str(self.uuid)

    @property
    def changed_at(self) -> datetime:
        """When the row was last saved (UTC)."""
        return self.updated_at

    def clean(self) -> None:
        super().clean()
        if self.is_published and self.published_at is None:
            self.published_at = timezone.now()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Gives an address and the moment of the first publication."""
        touched = set()
        if self.is_published and self.published_at is None:
            self.published_at = timezone.now()
            touched.add("published_at")
        if not self.slug and self.title_en:
            self.slug = self._free_address()
            touched.add("slug")
        if touched and kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], *touched}
        super().save(*args, **kwargs)

    def _free_address(self) -> str:
        wanted = slugify(self.title_en)[:70].strip("-")
        if not wanted:
            return ""
        taken = type(self)._default_manager.filter(slug=wanted).exclude(pk=self.pk).exists()
        return f"{wanted}-{self.uuid.hex[:6]}" if taken else wanted


def check_order(first: Any, last: Any, field: str, message: Any) -> None:
    """Raise ValidationError at `field` when `last` lies before `first`; an open end is fine."""
    if first and last and last < first:
        raise ValidationError({field: message})
