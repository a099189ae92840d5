"""Compile every room's .po files to .mo: pure Python, because msgfmt is missing on a bare machine.

    python -m infra.local.compile_messages

A catalogue that is up to date is skipped; a broken one stops with its file and line.
"""

import io
import sys
from pathlib import Path

from infra.local.paths import ROOT

ROOMS = ("tenants", "cms", "services_api", "themes", "platform")


def stale(rooms: tuple[str, ...] = ROOMS, root: Path = ROOT) -> list[Path]:
    """The .po files whose .mo is missing or older."""
    sources = sorted(po for room in rooms for po in (root / room).glob("**/locale/*/LC_MESSAGES/*.po"))
    return [po for po in sources if not _is_current(po)]


def compile_catalogue(po: Path) -> int:
    """Write the .mo beside one .po; the number of translated messages. Raises ValueError for a broken file."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    _refuse_open_strings(po)
    try:
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parents[1].name, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as problem:
        raise ValueError(f"{po}: {problem}") from None
    for message, errors in catalogue.check():
        raise ValueError(f"{po}:{message.lineno}: {errors[0]}")
    compiled = io.BytesIO()
    write_mo(compiled, catalogue, use_fuzzy=False)
    target = po.with_suffix(".mo")
    new = target.with_name(target.name + ".new")
    new.write_bytes(compiled.getvalue())
    new.replace(target)
    return sum(1 for message in catalogue if message.id and message.string and not message.fuzzy)


def main() -> int:
    """Compile what is stale; the exit code."""
    for po in stale():
        try:
            count = compile_catalogue(po)
        except ValueError as problem:
            print(f"A translation does not compile: {problem}", file=sys.stderr)
            return 1
        print(f"{po.relative_to(ROOT)}: {count} messages compiled")
    return 0


def _refuse_open_strings(po: Path) -> None:
    """Babel reads a string without its closing quote as if nothing was wrong; msgfmt does not, nor do we."""
    for number, line in enumerate(po.read_text(encoding="utf-8").splitlines(), 1):
        text = line.strip()
        if text.startswith(("msg", '"')) and not text.endswith('"'):
            raise ValueError(f"{po}:{number}: a string is not closed")


def _is_current(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns


if __name__ == "__main__":
    sys.exit(main())
