"""What a request says, read by its shape."""

from __future__ import annotations

from typing import Any

from rest_framework.serializers import Serializer


def given(shape: type[Serializer[Any]], said: Any) -> dict[str, Any]:
    """What `said` (a body, the query of an address) gives of a shape. Raises ValidationError that names the fields."""
    read = shape(data=said)
    read.is_valid(raise_exception=True)
    return dict(read.validated_data)
