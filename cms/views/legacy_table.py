"""The table of old addresses in the workplace: list, add, change, take a CSV file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet

from cms.legacy_import import COLUMNS, NotImported, import_addresses
from cms.models.legacy import LegacyAddress

MAX_BYTES = 4 * 1024 * 1024


class TableForm(forms.Form):
    """A CSV file."""

    table = forms.FileField(
        label=gettext_lazy("Table (CSV)"),
        help_text=gettext_lazy("Columns kind, old_id, target; UTF-8. The target is an address of this site."),
    )


class LegacyAddressViewSet(ModelViewSet):
    """Where the pages of the earlier site are now."""

    model = LegacyAddress
    name = "legacy_addresses"
    url_prefix = "old-addresses"
    icon = "redirect"
    menu_label = gettext_lazy("Old addresses")
    menu_order = 700
    add_to_settings_menu = True
    list_display = ["kind", "old_id", "page", "url"]
    list_filter = ["kind"]
    search_fields = ["old_id", "url"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            HelpPanel(content=gettext_lazy("Many at once: «Take a table» on the address …/old-addresses/import/.")),
            FieldPanel("kind"),
            FieldPanel("old_id"),
            FieldPanel("page"),
            FieldPanel("url"),
        ]
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("import/", take_table, name="import")]


def take_table(request: HttpRequest) -> HttpResponse:
    """A form for a CSV file; faults are shown line by line and nothing is taken then."""
    if not request.user.has_perm("cms.add_legacyaddress"):
        raise PermissionDenied
    form = TableForm(request.POST or None, request.FILES or None)
    faults: list[Any] = []
    if request.method == "POST" and form.is_valid():
        table = form.cleaned_data["table"]
        if table.size > MAX_BYTES:
            form.add_error("table", _("The file is too large."))
        else:
            try:
                number = import_addresses(table.read())
            except NotImported as error:
                faults = error.faults
            else:
                messages.success(request, _("%(number)s old addresses were taken.") % {"number": number})
                return redirect("legacy_addresses:index")
    context = {
        "form": form,
        "faults": faults,
        "columns": ",".join(COLUMNS),
        "kinds": LegacyAddress.Kind.choices,
        "back_url": reverse("legacy_addresses:index"),
    }
    return render(request, "cms/workplace/legacy_import.html", context)


legacy_addresses = LegacyAddressViewSet()
