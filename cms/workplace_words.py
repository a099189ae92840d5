"""Words that Wagtail and its translation editor show from the names of their Python variables: given here to gettext.

Only what is read at run time is set; Django's migrations see none of it.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import choosers
from wagtail.admin.forms.workflows import WorkflowPageForm
from wagtail.models import Locale, Page
from wagtail.sites.views import IndexView as SitesView
from wagtail.users.forms import PagePermissionsForm
from wagtail.users.views.bulk_actions.assign_role import RoleForm
from wagtail_localize.models import LocaleSynchronization, Translation
from wagtail_localize.views.report import TranslationsReportFilterSet

_LINK_TEXT: dict[str, Any] = {"link_text": _("Link text")}
_FORMS: dict[Any, dict[str, Any]] = {
    choosers.ExternalLinkChooserForm: _LINK_TEXT,
    choosers.AnchorLinkChooserForm: _LINK_TEXT,
    choosers.PhoneLinkChooserForm: {**_LINK_TEXT, "phone_number": _("Phone number")},
    choosers.EmailLinkChooserForm: {
        **_LINK_TEXT,
        "email_address": _("Email address"),
        "subject": _("Subject of the letter"),
        "body": _("Text of the letter"),
    },
    WorkflowPageForm: {"page": _("Page")},
    RoleForm: {"role": _("Role")},
    PagePermissionsForm: {"page": _("Page")},
}
_COLUMNS = {"port": _("Port"), "site_name": _("Site name"), "root_page": _("Root page")}


def give_words() -> None:
    """Set the labels. Called once, when the applications are ready; doing it again changes nothing."""
    for form, labels in _FORMS.items():
        for name, label in labels.items():
            form.base_fields[name].label = label
    PagePermissionsForm.base_fields["permissions"].label_from_instance = page_permission
    for column in SitesView.columns:
        column.label = _COLUMNS.get(column.name, column.label)
    filters = TranslationsReportFilterSet.base_filters
    filters["source_locale"].label = _("Language of the original")
    filters["target_locale"].label = _("Language of the translation")
    for model, one, many in (
        (Locale, _("locale"), _("locales")),
        (Translation, _("translation"), _("translations")),
    ):
        model._meta.verbose_name, model._meta.verbose_name_plural = one, many
    LocaleSynchronization._meta.get_field("sync_from").verbose_name = _("synchronise from")


def page_permission(permission: Permission) -> str:
    """What a group may do with pages, in the words of Wagtail's own table instead of the database's English."""
    names = {codename: long for codename, _short, long in Page.permission_types}
    return str(names.get(permission.codename, permission.name))
