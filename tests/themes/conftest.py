"""The look is tested without a database and without the other rooms: its own template engine and plain objects."""

from __future__ import annotations

from typing import Any

import pytest
from django.template.backends.django import DjangoTemplates
from django.test import RequestFactory
from django.utils import translation

from tests.themes.sample_values import BASE, Render
from themes.choice import templates_of, themes


@pytest.fixture(scope="session", params=list(themes()))
def engine(request: pytest.FixtureRequest) -> DjangoTemplates:
    """Django's engine over each theme in turn; applications' own templates (Wagtail's rich text) are found as usual."""
    return DjangoTemplates(
        {
            "NAME": "look",
            "DIRS": [templates_of(request.param), BASE / "templates"],
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.template.context_processors.i18n",
                ]
            },
        }
    )


@pytest.fixture
def render(engine: DjangoTemplates) -> Render:
    """Renders one template as a visitor's request would, in the given language."""

    def rendered(template: str, context: dict[str, Any], language: str = "hy", path: str = "/?q=a") -> str:
        with translation.override(language):
            return engine.get_template(template).render(context, RequestFactory().get(path))

    return rendered
