"""What editing adds to the workplace: checks beside the text, fixes, reports, panels of the dashboard."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from cms.editing.drafts import may_change
from cms.editing.public_files import is_public_document
from cms.editing.text_checks import check_page, fix_page
from cms.editing.views import text_checks
from cms.models import SiteDocument
from cms.models.base import BasePage


@hooks.register("register_admin_urls")
def editing_urls() -> list[URLPattern]:
    return [
        path("editing/checks/<int:page_id>/", text_checks.findings_of_page, name="editing_findings"),
    ]


@hooks.register("insert_global_admin_css")
def editing_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("editing/editing.css"))


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
