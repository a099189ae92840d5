"""A StreamField whose block definitions stay out of migrations.

With N schemas every migration is run N times; a new block or a changed label needs no change of the table at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.fields import StreamField


class BodyField(StreamField):
    """Wagtail's StreamField without its blocks in `deconstruct`."""

    if TYPE_CHECKING:  # what is assigned (kinds with their values) is not what is read (a StreamValue)

        def __get__(self, instance: Any, owner: Any) -> Any: ...

        def __set__(self, instance: Any, value: Any) -> None: ...

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*(args or ([],)), **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, "cms.stream.BodyField", [[]], kwargs
