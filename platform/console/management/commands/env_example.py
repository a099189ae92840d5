"""`manage.py env_example [--check]`: write `.env.example` from the typed settings, or prove that it is current."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from pydantic.fields import FieldInfo

from config.environment import ROOT, DatabaseEnvironment, Environment

HEADER = """\
# Written by `manage.py env_example`; the meaning of each variable is in platform/config/environment.py.
# Copy to `.env` and take away the # in front of what you change. Nothing is needed on one machine.
"""


def render() -> str:
    """The text of `.env.example`: one commented line a variable, with its default, below its meaning."""
    blocks = [HEADER]
    for settings_class in (DatabaseEnvironment, Environment):
        prefix = settings_class.model_config.get("env_prefix", "")
        blocks += [_block(f"{prefix}{name}".upper(), field) for name, field in settings_class.model_fields.items()]
    return "\n".join(blocks)


def _block(variable: str, field: FieldInfo) -> str:
    meaning = textwrap.fill(field.description or "", width=110, initial_indent="# ", subsequent_indent="# ")
    return f"{meaning}\n#{variable}={_default(field)}\n"


def _default(field: FieldInfo) -> str:
    value = field.get_default()
    if isinstance(value, Path):
        return str(value.relative_to(ROOT)) if value.is_relative_to(ROOT) else str(value)
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


class Command(BaseCommand):
    help = "Writes .env.example from the typed settings; --check only says whether the file is current."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; exit code 1 when the file is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        path = ROOT / ".env.example"
        wanted = render()
        if options["check"]:
            if not path.is_file() or path.read_text(encoding="utf-8") != wanted:
                raise CommandError(".env.example is stale: run `manage.py env_example` and commit it.")
            self.stdout.write(".env.example is current.")
            return
        path.write_text(wanted, encoding="utf-8")
        self.stdout.write(
            f"{path.name}: {len(DatabaseEnvironment.model_fields) + len(Environment.model_fields)} variables"
        )
