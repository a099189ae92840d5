"""Pages with slips, and the editor's form."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.images import ImageFile
from django.urls import reverse
from PIL import Image
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.models import NewsPage, SiteImage

EDITORS, CHIEF_EDITORS = "Խմբագիրներ", "Գլխավոր խմբագիրներ"


def picture(title: str, description: str = "", name: str = "x.png") -> SiteImage:
    """A real picture of 60 by 40."""
    data = io.BytesIO()
    Image.new("RGB", (60, 40), "#9b1c31").save(data, "PNG")
    file = ImageFile(io.BytesIO(data.getvalue()), name=name)
    return SiteImage.objects.create(title=title, description=description, file=file, width=60, height=40)


@pytest.fixture
def edit(client_for: Any) -> Callable[..., Any]:
    """Press a button in the editor of a news item: `edit(client, page, "action-publish")`."""

    def press(client: Any, page: NewsPage, button: str = "", value: str = "1", **changes: Any) -> Any:
        draft = page.get_latest_revision_as_object()
        data = nested_form_data(
            {
                "title": draft.title,
                "slug": draft.slug,
                "date": "2026-11-25",
                "place": "",
                "lede": draft.lede,
                "image": draft.image_id or "",
                "image_caption": "",
                "seo_title": "",
                "search_description": "",
                "responsible": draft.responsible,
                "body": streamfield([("quote", {"text": block.value["text"], "source": ""}) for block in draft.body]),
                "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
                **changes,
            }
        )
        # The form sends the names of the blocks along; without them each saving would make other blocks.
        data.update({f"body-{number}-id": block.id for number, block in enumerate(draft.body)})
        if button:
            data[button] = value
        return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)

    return press


def latest(page: Page) -> Any:
    """The draft as it stands in the database."""
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
