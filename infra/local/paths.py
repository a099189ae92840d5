"""Where things lie on one machine, and the few settings that are needed before Django is there."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def var_dir() -> Path:
    """The folder with everything that is not code: data, media, mail, logs. `HAMAYNK_VAR` moves it."""
    return Path(setting("HAMAYNK_VAR") or ROOT / "var").expanduser().absolute()


def test_dir() -> Path:
    """The folder of the test runs' own server, media and mail."""
    return var_dir() / "test"


def setting(name: str) -> str:
    """A setting from the environment or, failing that, from `.env` in the root; empty when it is in neither.

    `config.environment` reads the same two places in the same order; this small reader exists because the
    embedded PostgreSQL has to be found before Django or pydantic is imported.
    """
    if name in os.environ:
        return os.environ[name].strip()
    try:
        lines = (ROOT / ".env").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    for line in lines:
        key, equals, value = line.partition("=")
        if equals and key.strip().removeprefix("export ").strip() == name:
            return value.strip().strip("'\"")
    return ""


def python_environment() -> dict[str, str]:
    """The environment of every Python process of the system: both source roots, output not buffered."""
    roots = [str(ROOT), str(ROOT / "platform")]
    given = [part for part in os.environ.get("PYTHONPATH", "").split(os.pathsep) if part and part not in roots]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(roots + given), "PYTHONUNBUFFERED": "1"}
