"""A page with a picture that says nothing to those who cannot see it is not published, whichever button is pressed.

The form of a page says so first, beside the text (`cms.editing.forms`). The other ways to the public (many pages at
once, approval from the dashboard, an earlier revision) meet in `BasePage.publish`, which refuses when a person
publishes. A time that was set before is kept: the text was looked at when it was set, a notice that the law wants at
nine must not wait for a description, and at nine nobody sits before the screen. What has slipped through so stands in
the report «Checks of the content». Programs (the year of a demonstration, translations that follow their original)
publish without a person and are not asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

if TYPE_CHECKING:
    from wagtail.models import Page

    from cms.editing.text_checks import Finding

NAMED = 10


class PublicationRefused(Exception):
    """Somebody wants to publish a page that its readers could not all read."""

    def __init__(self, page: Page, findings: Sequence[Finding]) -> None:
        super().__init__(f"page {page.pk}: {findings[0].place}: {findings[0].message}")
        self.page = page
        self.findings = list(findings)


def refuse_silent_pictures(page: Page) -> None:
    """Raises PublicationRefused for a page (an instance with the texts that would go out) with silent pictures."""
    from cms.editing.text_checks import blocking

    findings = blocking(page)
    if findings:
        raise PublicationRefused(page, findings)


def tell(request: HttpRequest, refused: PublicationRefused) -> None:
    """One message: which page, what is missing in which place, and the button that leads there."""
    finding, others = refused.findings[0], len(refused.findings) - 1
    text = _("«%(page)s» is not published. %(place)s: %(message)s") % {
        "page": refused.page.get_admin_display_title(),
        "place": finding.place,
        "message": finding.message,
    }
    if others:
        text += " " + ngettext(
            "There is %(number)s more picture like this on the page.",
            "There are %(number)s more pictures like this on the page.",
            others,
        ) % {"number": others}
    address = reverse("wagtailadmin_pages:edit", args=[refused.page.pk])
    messages.error(request, text, buttons=[messages.button(address, _("Open and describe"))])


def refuse_many(request: HttpRequest, pages: Sequence[Any], next_url: str) -> HttpResponse | None:
    """Before many pages are published: all of them go out, or none, and each that must wait is named."""
    refused: list[PublicationRefused] = []
    for page in pages:
        try:
            refuse_silent_pictures(page.get_latest_revision_as_object())
        except PublicationRefused as error:
            refused.append(error)
    if not refused:
        return None
    for refusal in refused[:NAMED]:
        tell(request, refusal)
    if len(refused) > NAMED:
        messages.error(
            request, _("Pages that wait for descriptions of pictures: %(number)s.") % {"number": len(refused)}
        )
    messages.info(request, _("None of the chosen pages was published. Describe the pictures and publish again."))
    return redirect(next_url)


class RefusalMiddleware:
    """Turns a refusal, from whichever screen of Wagtail, into the page's own screen with the message."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The transaction of the view is rolled back already: nothing is half approved."""
        if not isinstance(exception, PublicationRefused):
            return None
        tell(request, exception)
        address = reverse("wagtailadmin_pages:edit", args=[exception.page.pk])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # The window in which somebody approves with a comment asks for an address to go on to.
            return JsonResponse({"step": "success", "redirect": address})
        return redirect(address)


__all__ = ["PublicationRefused", "RefusalMiddleware", "refuse_many", "refuse_silent_pictures", "tell"]
