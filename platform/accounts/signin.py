"""How the pause after wrong passwords (django-axes) knows whose password was wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

LOGIN_FIELD = "username"


def login_name(request: HttpRequest | None, credentials: Mapping[str, Any] | None = None) -> str:
    """The e-mail address typed, as one spelling: the login ignores capitals, so the count must ignore them too.

    The field of Wagtail's form and the argument of `authenticate()` are called `username`, although our login is the
    e-mail address; django-axes would look for `email` and count everybody of one address as nobody.
    """
    typed = (credentials or {}).get(LOGIN_FIELD)
    if not typed and request is not None:
        typed = request.POST.get(LOGIN_FIELD)
    return (typed or "").strip().lower()
