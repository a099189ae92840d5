"""The catalogue in the documentation is the one of the code."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from cms.disclosure import table


def test_the_documented_catalogue_is_what_the_command_prints():
    page = Path(settings.BASE_DIR, "docs", "maintainers", "duties.md").read_text(encoding="utf-8")
    assert table.markdown() in page, "`manage.py duties table` prints the table for docs/maintainers/duties.md"
