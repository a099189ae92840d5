"""The way through a form that is asked in several pages: what comes next, what is still open, how far one is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from services_api.cases.models import DraftSubmission
from services_api.cases.services.drafts import stored_files as stored
from services_api.procedures.public import FormDefinition, Page, PublishedVersion, bind, build

# In the address of a page that was opened by a link of the review: it leads back there.
FROM_REVIEW = "review"


def first_step(version: PublishedVersion) -> str:
    """The step that the address of the whole form stands for."""
    pages = build(version).pages
    return pages[0].code if pages else "form"


def url(draft: DraftSubmission, version: PublishedVersion, step: str) -> str:
    """The address of a step of this draft."""
    where = {"code": version.code, "token": draft.token}
    if step in ("form", ""):
        return reverse("cases:change", kwargs=where)
    return reverse("cases:page", kwargs={**where, "page": step})


def change_links(draft: DraftSubmission, version: PublishedVersion) -> Callable[[str], str]:
    """For the review: the address where the questions of a page are changed."""

    def link(page: str) -> str:
        return f"{url(draft, version, page)}?from={FROM_REVIEW}" if page else url(draft, version, "form")

    return link


def came_from_review(request: HttpRequest) -> bool:
    """Whether a page was opened to change one answer."""
    return request.GET.get("from") == FROM_REVIEW


def other_answers(draft: DraftSubmission, definition: FormDefinition, step: str) -> dict[str, Any]:
    """What was answered on other pages."""
    if not definition.pages:
        return {}
    here = {each.code for each in definition.asked(step)}
    return {code: each for code, each in draft.answers.items() if code not in here}


def pages_done(draft: DraftSubmission, step: str, in_order: bool) -> list[str]:
    """The pages that are in order, after this one was posted."""
    others = [each for each in draft.pages_done if each != step]
    return [*others, step] if in_order else others


def first_open_page(draft: DraftSubmission, definition: FormDefinition) -> Page | None:
    """The first page that is still to be filled in; None when all are.

    A page that was in order is looked at again: an answer elsewhere may ask more of it.
    """
    kept = stored(draft)
    for page in definition.pages_for(draft.answers):
        asked = {each.code for each in definition.asked(page.code)}
        here = {code: each for code, each in draft.answers.items() if code in asked}
        if page.code not in draft.pages_done:
            return page
        if not bind(definition, here, step=page.code, stored=kept, context=draft.answers).is_valid:
            return page
    return None


def next_url(
    draft: DraftSubmission,
    version: PublishedVersion,
    definition: FormDefinition,
    after: str = "",
    to_review: bool = False,
) -> str:
    """Where it goes on: the next page, or the first that is open, or the review when all is filled in."""
    pages = [each.code for each in definition.pages_for(draft.answers)]
    place = pages.index(after) + 1 if after in pages else len(pages)
    if place < len(pages) and not to_review:
        return url(draft, version, pages[place])
    still_open = first_open_page(draft, definition)
    if still_open is not None:
        return url(draft, version, still_open.code)
    return reverse("cases:review", kwargs={"code": version.code, "token": draft.token})


def after_rows(here: str, definition: FormDefinition, posted: Mapping[str, str], shown: Mapping[str, Any]) -> str:
    """The address after a button of rows: the page again, at the row that is new or at the question itself."""
    code = posted.get("add_row", "") or posted.get("remove_row", "").rpartition("-")[0]
    asked = definition.field(code)
    if asked is None or not asked.is_rows:
        return here
    if "add_row" not in posted:
        return f"{here}#{asked.html_id()}"
    given = shown.get(asked.code)
    count = len(given) if isinstance(given, list) else 0
    return f"{here}?{urlencode({'more': asked.code})}#{asked.html_id()}-{min(count, asked.max_rows - 1)}"


def progress(
    draft: DraftSubmission | None, version: PublishedVersion, definition: FormDefinition, step: str
) -> dict[str, Any]:
    """Step and way back, for the page; the review is the last step."""
    pages = [each.code for each in definition.pages_for(draft.answers if draft else {})]
    if step not in pages:
        return {}
    place = pages.index(step)
    back = url(draft, version, pages[place - 1]) if draft is not None and place else ""
    return {"back_url": back, **numbers(place + 1, len(pages))}


def numbers(step: int, pages: int) -> dict[str, int]:
    """«Step 2 / 5» for a page; nothing for a form of one page."""
    return {"step": step, "steps_total": pages + 1} if pages else {}
