"""The management commands of `make up` in one process, so that Django is loaded once and not three times.

    python -m infra.local.steps TABLE_FILE prepare ["fleet upgrade"] [demo]

Each command is announced by a line "== name". The table of the demo's addresses and logins is written to TABLE_FILE.
"""

import os
import sys
from pathlib import Path

ANNOUNCEMENT = "== "


def main(arguments: list[str]) -> int:
    """Run the commands in their order; the exit code. A failure names itself on the last line."""
    table, *names = arguments
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.core.management import CommandError, call_command

    django.setup()
    try:
        for name in names:
            print(f"{ANNOUNCEMENT}{name}", flush=True)
            # The system checks run once: they refuse a cache that is not keyed by tenant, for instance.
            call_command(*name.split(), skip_checks=name != names[0])
        if "demo" in names:
            with Path(table).open("w", encoding="utf-8") as file:
                call_command("demo", "--table", stdout=file)
    except CommandError as problem:
        print(f"CommandError: {problem}", flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
