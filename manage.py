#!/usr/bin/env python
"""Django's command line. A command that needs the embedded PostgreSQL starts it when it is not running."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path[:0] = [path for path in (str(ROOT), str(ROOT / "platform")) if path not in sys.path]

# These read no table. `makemigrations` would only compare with the tables' history, and does without.
WITHOUT_DATABASE = {
    "check",
    "clock",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "env_example",
    "findstatic",
    "help",
    "makemessages",
    "makemigrations",
    "spectacular",
    "startapp",
    "startproject",
    "version",
}


def needs_database(arguments: list[str]) -> bool:
    """Whether the command reads or writes the database; an unknown command is taken to."""
    command = arguments[0] if arguments else "help"
    if {"--help", "-h", "--version"} & set(arguments) or command.startswith("-"):
        return False
    if command == "check":
        return any(argument.startswith("--database") for argument in arguments)
    return command not in WITHOUT_DATABASE


def start_database() -> None:
    """Start the embedded PostgreSQL unless DATABASE_URL names another server. Says so on stderr."""
    from infra.local import postgres

    if not postgres.embedded():
        return
    try:
        address = postgres.ensure_running(lambda line: print(line, file=sys.stderr))
    except postgres.PostgresError as problem:
        sys.exit(str(problem))
    if address.started:
        print(
            f"Started the embedded PostgreSQL on {address.host}:{address.port} (`make down` stops it).",
            file=sys.stderr,
        )


def main() -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Django is not installed for this Python: run `make install`, then .venv/bin/python manage.py ...")
    if needs_database(sys.argv[1:]):
        start_database()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
