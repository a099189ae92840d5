"""Shapes that all parts of the API share: addresses, problems, pages."""

from __future__ import annotations

from functools import cache
from typing import Any

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers

from tenants import hosts
from tenants.context import current_community


def address(path: str) -> str:
    """A full address on the current tenant's host."""
    community = current_community()
    return hosts.address(community.primary_host()) + path if community else path


@cache
def page_shape(shape: type[serializers.Serializer[Any]]) -> Any:
    """The shape of one page of a list, for the document."""
    name = shape.__name__.removesuffix("Serializer")
    return inline_serializer(
        f"{name}Page",
        {
            "next": serializers.URLField(allow_null=True, help_text="Address of the page after this one."),
            "previous": serializers.URLField(allow_null=True, help_text="Address of the page before this one."),
            "results": shape(many=True),
        },
    )
