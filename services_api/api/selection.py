"""`fields=`: only what the caller asks for."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from services_api.api.problems import ProblemException

FIELDS = OpenApiParameter(
    "fields", str,
    description="Names with commas between them; `id` always comes along. Unknown names are refused and named.",
)  # fmt: skip


def wanted(request: Request, shape: type[serializers.Serializer[Any]]) -> set[str] | None:
    """The fields asked for, None for all. Raises ProblemException that names the unknown ones."""
    given = request.query_params.get("fields", "")
    names = {each.strip() for each in given.split(",")} - {""}
    if not names:
        return None
    known = set(shape().fields)
    if unknown := sorted(names - known):
        told = ", ".join(unknown)[:300]
        raise ProblemException(
            status=400,
            code="unknown_fields",
            detail=_("There are no such fields: %(names)s.") % {"names": told},
            errors=[{"field": "fields", "detail": _("There are no such fields: %(names)s.") % {"names": told}}],
            known=sorted(known),
        )
    return names | {"id"}


class Selectable(serializers.Serializer[Any]):
    """A shape of which a part may be asked for: `only` in the context."""

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        only = self.context.get("only")
        # Shapes within this one share its context and are shown whole.
        if only is None or (self.parent is not None and not self._is_row()):
            return fields
        return {name: field for name, field in fields.items() if name in only}

    def _is_row(self) -> bool:
        return isinstance(self.parent, serializers.ListSerializer) and self.parent.parent is None
