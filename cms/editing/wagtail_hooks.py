"""What editing adds to the workplace: checks beside the text, fixes, reports, panels of the dashboard."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.home import UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from cms.editing.drafts import may_change
from cms.editing.panels import APPROVALS, DUTIES, ChecklistPanel, StalePanel, TranslationsPanel
from cms.editing.public_files import is_public_document
from cms.editing.refusals import refuse_many
from cms.editing.text_checks import check_page, fix_page
from cms.editing.upkeep import LOG_ACTION, stale_pages
from cms.editing.views import reports, text_checks
from cms.models import SiteDocument
from cms.models.base import BasePage
from tenants.context import current_community
from tenants.workplace import MenuEntry


@hooks.register("register_admin_urls")
def editing_urls() -> list[URLPattern]:
    return [
        path("editing/checks/<int:page_id>/", text_checks.findings_of_page, name="editing_findings"),
        path("reports/content-checks/", reports.TextReport.as_view(), name="editing_text_report"),
        path("reports/stale/", reports.StaleReport.as_view(), name="editing_stale"),
        path("reports/stale/<int:page_id>/still-true/", reports.confirm_page, name="editing_confirm"),
        path("reports/translations/", reports.TranslationReport.as_view(), name="editing_translations"),
        path(
            "reports/translations/<int:page_id>/<slug:language>/",
            reports.translation_changes,
            name="editing_translation_changes",
        ),
        path("reports/translations/<int:page_id>/<slug:language>/go/", reports.translate, name="editing_translate"),
    ]


@hooks.register("insert_global_admin_css")
def editing_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("editing/editing.css"))


@hooks.register("insert_global_admin_js")
def calendars_js() -> SafeString:
    """Not deferred: it says how the calendars are made, and they are made while the page is read."""
    return format_html('<script src="{}"></script>', static("editing/calendars.js"))


@hooks.register("insert_editor_js")
def editing_js() -> SafeString:
    return format_html('<script src="{}" defer></script>', static("editing/findings.js"))


@hooks.register("after_edit_page")
def apply_fixes(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A «Fix» button saves the draft as any other button of the form does; then the fix makes a revision of its own."""
    wanted = request.POST.getlist("editing-fix")
    if not wanted or not isinstance(page, BasePage) or not may_change(page, request.user):
        return None
    draft = page.get_latest_revision_as_object()
    number = fix_page(draft, None if "safe" in wanted else wanted)
    if number:
        draft.save_revision(user=request.user, log_action=True)
        messages.success(
            request,
            ngettext(
                "%(number)s slip is put right in the draft.", "%(number)s slips are put right in the draft.", number
            )
            % {"number": number},
        )
    else:
        messages.info(request, _("The text has changed meanwhile; look at the list of checks again."))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def look_before_many_are_published(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    if action_type != "publish" or action.model is not Page:
        return None
    pages = [page.specific for page in objects]
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        below = (child for page in objects for child in page.get_descendants().not_live().specific())
        pages += [child for child in below if child.permissions_for_user(request.user).can_publish()]
    return refuse_many(request, pages, action.next_url)


@hooks.register("after_publish_page")
def say_what_remains(request: HttpRequest, page: Page) -> None:
    """A published page may have slips; the one who published it learns how many."""
    if not isinstance(page, BasePage):
        return
    number = sum(finding.weight != "advice" for finding in check_page(page))
    if number:
        messages.info(
            request,
            ngettext(
                "The checks of the text have found %(number)s slip on this page.",
                "The checks of the text have found %(number)s slips on this page.",
                number,
            )
            % {"number": number},
            buttons=[messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), _("See and fix"))],
        )


@hooks.register("before_serve_document")
def keep_documents_of_drafts(document: SiteDocument, request: HttpRequest) -> None:
    """Raises Http404 for a document that nothing published refers to, unless staff asks."""
    if not is_public_document(document.pk) and not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404


def _may_see_reports(request: HttpRequest) -> bool:
    """Reports are for those who may change pages."""
    return reports.may_see(request.user)


def _report(label: Any, address: str, name: str, icon: str, order: int) -> MenuItem:
    return MenuEntry(label, reverse(address), to=_may_see_reports, name=name, icon_name=icon, order=order)


@hooks.register("register_reports_menu_item")
def stale_report() -> MenuItem:
    return _report(gettext_lazy("Stale pages"), "editing_stale", "stale", "time", 10)


@hooks.register("register_reports_menu_item")
def translation_report() -> MenuItem:
    return _report(gettext_lazy("Translations"), "editing_translations", "translations", "globe", 20)


@hooks.register("register_reports_menu_item")
def text_report() -> MenuItem:
    return _report(gettext_lazy("Checks of the content"), "editing_text_report", "content-checks", "glasses", 30)


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(LOG_ACTION, gettext_lazy("Reviewed"), gettext_lazy("Looked through: still true"))


@hooks.register("construct_homepage_panels", order=1000)
def order_of_the_day(request: HttpRequest, panels: list[Any]) -> None:
    """What is overdue (work), what is mine (approvals), what is missing (duties, checklist), then upkeep."""
    for panel in panels:
        if isinstance(panel, WorkflowObjectsToModeratePanel):
            panel.order = APPROVALS
        elif isinstance(panel, UserObjectsInWorkflowModerationPanel):
            panel.order = APPROVALS + 1
        elif getattr(panel, "name", "") == "duties":
            panel.order = DUTIES
    if not reports.may_see(request.user):
        return
    community = current_community()
    # The ministry has no head, no council and no settlements.
    checklist = None if community is None or community.is_ministry else ChecklistPanel.when_needed()
    if checklist is not None:
        panels.append(checklist)
    stale = [row for row in stale_pages() if row.reason != "never"]
    if stale:
        may_confirm = page_permission_policy.user_has_permission(request.user, "publish")
        panels.append(StalePanel(stale, may_confirm))
    panels.append(TranslationsPanel())
