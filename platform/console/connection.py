"""What the wizard has collected so far. It lives in the session on the server, so that no step loses anything."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from console.forms import problems
from tenants.catalogue import default_host
from tenants.models import Community
from tenants.names import schema_name
from tenants.provisioning import Request

KEY = "console.connection"
NEW_FIELDS = ("slug", "name_hy", "name_en", "name_ru", "name_hy_genitive", "marz")
FIELDS = ("code", *NEW_FIELDS, "host", "admin_email", "admin_first_name", "admin_last_name")
# Which screen of the wizard asks for a field that the kernel refuses.
SCREEN_OF_FIELD = {
    "code": "connect",
    **dict.fromkeys(NEW_FIELDS, "connect_new"),
    "host": "connect_host",
    "admin_email": "connect_administrator",
    "admin_first_name": "connect_administrator",
    "admin_last_name": "connect_administrator",
}


class Draft:
    """A connection that is being prepared by one person of the ministry."""

    def __init__(self, session: MutableMapping[str, Any]) -> None:
        self.session = session
        self.data: dict[str, str] = {key: value for key, value in session.get(KEY, {}).items() if key in FIELDS}

    def update(self, **values: str) -> None:
        """Keep what was entered, right or wrong."""
        self.data.update({key: str(value) for key, value in values.items()})
        self.session[KEY] = self.data

    def choose(self, code: str) -> None:
        """Another community of the catalogue: its host is proposed anew."""
        if code != self.data.get("code"):
            self.data.pop("host", None)
        for field in NEW_FIELDS:
            self.data.pop(field, None)
        self.update(code=code)

    def describe_new(self, **names: str) -> None:
        """A community that the catalogue does not know."""
        if names.get("slug") != self.data.get("slug"):
            self.data.pop("host", None)
        self.update(code="", **names)

    def clear(self) -> None:
        """Forget everything: the connection was accepted."""
        self.session.pop(KEY, None)
        self.data = {}

    def request(self) -> Request:
        """The request as the kernel takes it."""
        return Request(**{field: self.data.get(field, "") for field in FIELDS})

    def community(self) -> Community | None:
        """The community in question; unsaved for a new one, None before step 1 is done."""
        if self.data.get("code"):
            return Community.objects.select_related("marz").filter(code=self.data["code"]).first()
        if self.data.get("slug"):
            names = {field: self.data.get(field, "") for field in NEW_FIELDS if field != "marz"}
            return Community(schema_name=schema_name(self.data["slug"]), **names)
        return None

    def host(self) -> str:
        """The host entered, or the one we propose."""
        community = self.community()
        return self.data.get("host") or (default_host(community) if community else "")

    def problems(self) -> dict[str, list[str]]:
        """What the kernel has against it, by field."""
        return problems(self.request())
