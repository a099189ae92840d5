"""Views below a page that are no pages: an archive, a month, a form."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from wagtail.url_routing import RouteResult


class BelowMixin:
    """Routes what follows the page's address to `below_<name>(request, **parts)`.

    `below`: name -> pattern of the rest of the address, without the slash at its end. Query strings are not used:
    an address of its own can be cached and shared. The language switch keeps the rest (`request.current_subpath`).
    """

    below: ClassVar[dict[str, str]] = {}

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        rest = "/".join(path_components)
        if rest and self.live:  # type: ignore[attr-defined]
            for name, pattern in self.below.items():
                match = re.fullmatch(pattern, rest)
                if match:
                    request.current_subpath = f"{rest}/"  # type: ignore[attr-defined]
                    return RouteResult(self, kwargs={"below": name, **match.groupdict()})
        return super().route(request, path_components)  # type: ignore[misc]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = kwargs.pop("below", "")
        if not name:
            return super().serve(request, *args, **kwargs)  # type: ignore[misc]
        return getattr(self, f"below_{name}")(request, **kwargs)
