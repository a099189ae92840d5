"""How somebody likes the inbox: lists that are kept by name, and the columns chosen."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services_api.org.public import OrgUnit


class SavedList(models.Model):
    """A view of the inbox that is kept (պահպանված ցուցակ). It holds what is asked for, never cases: whoever opens a
    shared one sees their own. The row without a name keeps the columns that its person has chosen."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, db_index=False, related_name="+",
        verbose_name=pgettext_lazy("list", "whose"),
    )  # fmt: skip
    name = models.CharField(pgettext_lazy("list", "name"), max_length=80, blank=True)
    unit = models.ForeignKey(
        OrgUnit, models.CASCADE, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("list", "shared with the unit"),
        help_text=_("Colleagues with a position in this unit see the list, too."),
    )  # fmt: skip
    query = models.CharField(
        pgettext_lazy("list", "what is asked"),
        max_length=300,
        blank=True,
        help_text=_("As in the address of the inbox."),
    )
    columns = ArrayField(
        models.SlugField(max_length=20, db_index=False), verbose_name=pgettext_lazy("list", "columns"), default=list,
        blank=True, help_text=_("Codes, in the order of the screen; none: the usual ones."),
    )  # fmt: skip

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("list of the inbox")
        verbose_name_plural = _("lists of the inbox")
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="saved_list_named_once"),
            models.CheckConstraint(condition=~Q(name="") | Q(query="", unit=None), name="saved_list_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
