"""`manage.py` starts the embedded PostgreSQL for the commands that need it, and for no other."""

import importlib.util
from types import ModuleType

import pytest

from infra.local.paths import ROOT


@pytest.fixture(scope="module")
def manage() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hamaynk_manage", ROOT / "manage.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "line",
    [
        "",
        "help",
        "--version",
        "version",
        "shell --help",
        "check",
        "check --deploy",
        "makemigrations --check",
        "env_example",
    ],
)
def test_these_need_no_database(manage: ModuleType, line: str) -> None:
    assert not manage.needs_database(line.split())


@pytest.mark.parametrize(
    "line", ["shell", "fleet status --json", "runserver", "check --database default", "onboard --all"]
)
def test_these_need_it(manage: ModuleType, line: str) -> None:
    assert manage.needs_database(line.split())
