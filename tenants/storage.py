"""Files of a tenant under the tenant's own prefix, asked at the moment of use and never remembered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils.functional import LazyObject
from storages.backends.s3 import S3Storage

from tenants.context import current_schema, in_register


def _folder() -> str:
    if in_register():
        raise SuspiciousFileOperation("Files belong to a tenant; none is chosen.")
    return current_schema()


class _TenantFolderStorage(FileSystemStorage):
    area_setting = "MEDIA_ROOT"

    @property
    def base_location(self) -> str:  # type: ignore[override]
        return str(Path(getattr(settings, self.area_setting)) / _folder())

    @property
    def location(self) -> str:  # type: ignore[override]
        return str(Path(self.base_location).resolve())


class TenantMediaStorage(_TenantFolderStorage):
    """Public media: the address carries no tenant, the host does."""


class TenantPrivateStorage(_TenantFolderStorage):
    """Attachments and other files that are only given out by a view which asks for the right."""

    area_setting = "PRIVATE_ROOT"

    def url(self, name: str | None) -> str:
        raise NotImplementedError("Private files have no address; a view gives them out.")


class TenantS3Storage(S3Storage):
    """An S3-compatible store with `<area>/<schema>/` before every key."""

    def __init__(self, area: str = "media", **options: Any) -> None:
        self.area = area
        super().__init__(**options)

    @property
    def location(self) -> str:
        return f"{self.area}/{_folder()}"

    @location.setter
    def location(self, value: str) -> None:
        if value:
            raise SuspiciousFileOperation("The prefix of a tenant's files is not a setting.")


class _PrivateStorage(LazyObject):
    def _setup(self) -> None:
        self._wrapped = storages["private"]


private_storage: Storage = _PrivateStorage()  # type: ignore[assignment]


def private_storage_for_field() -> Storage:
    """Callable for FileField(storage=...): keeps the choice out of migrations."""
    return storages["private"]
