"""Conventions of the website that `manage.py check` enforces."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from wagtail.models import get_page_models

from cms.models import PAGE_TYPES
from cms.models.base import BasePage


@register(Tags.models)
def page_types_share_the_base(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every page type of ours has the mixins, a place in the tree and a place in PAGE_TYPES (tokens, search, seeds)."""
    errors: list[CheckMessage] = []
    for model in get_page_models():
        if model._meta.app_label != "cms":
            continue
        if not issubclass(model, BasePage):
            errors.append(Error("A page type must extend cms.models.base.BasePage.", obj=model, id="cms.E001"))
        if model not in PAGE_TYPES:
            errors.append(Error("A page type must stand in cms.models.PAGE_TYPES.", obj=model, id="cms.E002"))
        if not model.parent_page_types:
            errors.append(Error("A page type must say below which pages it may stand.", obj=model, id="cms.E003"))
    return errors
