"""Templates by theme: first the folder of the current tenant's theme, then `base`, then the applications'.

Both classes ask `active_theme` at the moment a template is looked for and keep nothing of it, so threads that serve
different tenants do not disturb each other; the cache holds each theme's compiled templates under a name of their own.
"""

from __future__ import annotations

from typing import Any

from django.template.loaders.cached import Loader as CachedLoader
from django.template.loaders.filesystem import Loader as FilesystemLoader

from themes.choice import BASE, active_theme, templates_of


class ThemeLoader(FilesystemLoader):
    """Looks into the folder of the active theme only; `base` is in DIRS and follows."""

    def get_dirs(self) -> list[Any]:
        theme = active_theme()
        return [] if theme == BASE else [templates_of(theme)]


class CachedByTheme(CachedLoader):
    """Django's cache of compiled templates, one shelf for each theme."""

    def cache_key(self, template_name: str, skip: list[Any] | None = None) -> str:
        return f"{active_theme()}:{super().cache_key(template_name, skip)}"
