"""`make lint`: every check by one command, all of them even when one fails, offline.

python -m infra.local.lint [name...]
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from infra.local.paths import ROOT, python_environment

ROOMS = ("platform", "tenants", "cms", "services_api", "themes", "infra", "tests")
BIN = Path(sys.executable).parent
TEMPLATE_FOLDERS = ("themes", "cms", "services_api", "platform", "tenants")

# Settings of a production that nobody runs: enough for Django's deployment checks, opens no connection.
PRODUCTION = {
    "HAMAYNK_MODE": "production",
    "HAMAYNK_SECRET_KEY": "lint-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "HAMAYNK_IDENTIFIER_KEYS": "lint-only-identifiers-0123456789-abcdefghijklmnopqrstuvwxyz",
    "HAMAYNK_CLAMD_URL": "tcp://clamd.invalid:3310",
    "HAMAYNK_BASE_DOMAIN": "hamaynk.example",
    "HAMAYNK_SCHEME": "https",
    "HAMAYNK_PORT": "443",
    "HAMAYNK_LISTEN": "0.0.0.0",  # noqa: S104
    "HAMAYNK_CACHE_URL": "redis://cache.invalid:6379/0",
    "HAMAYNK_BROKER_URL": "redis://cache.invalid:6379/1",
    "HAMAYNK_EMAIL_URL": "smtp://mail.invalid:25",
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
}
# Makes no connection either: without it makemigrations would look for the tables' history.
NO_DATABASE = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "PYTHONWARNINGS": "ignore::RuntimeWarning"}

# What only the tenancy kernel may do (ARCHITECTURE, contract 5). Migrations and tests are read by people.
KERNEL_ONLY = re.compile(r"search_path|\bSET (LOCAL )?ROLE\b|schema_context|tenant_context|\.cursor\(")
KERNEL_ROOMS = ("cms", "services_api", "themes", "platform/console", "platform/accounts")

Result = tuple[str, bool, str, float]


def checks() -> dict[str, tuple[list[str], dict[str, str]]]:
    """Name -> (command, extra environment)."""
    python, manage = sys.executable, str(ROOT / "manage.py")
    folders = [room for room in TEMPLATE_FOLDERS if any((ROOT / room).glob("**/*.html"))]
    compose = str(ROOT / "infra" / "compose.yaml")
    caddyfile = str(ROOT / "infra" / "caddy" / "Caddyfile")
    present = [room for room in ROOMS if (ROOT / room).is_dir()]
    found = {
        "ruff": ([_bin("ruff"), "check", *present, "manage.py"], {}),
        "format": ([_bin("ruff"), "format", "--check", *present, "manage.py"], {}),
        "mypy": ([_bin("mypy"), *_typed_packages()], NO_DATABASE),
        "imports": ([_bin("lint-imports"), "--no-logo", "--cache-dir", ".import_linter_cache"], {}),
        "kernel": ([python, "-m", "infra.local.lint", "--kernel"], {}),
        "migrations": ([python, manage, "makemigrations", "--check", "--dry-run"], NO_DATABASE),
        "deploy": ([python, manage, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
        "compose": ([_bin("check-jsonschema"), "--builtin-schema", "vendor.compose-spec", compose], {}),
        "dockerfile": ([_bin("hadolint"), str(ROOT / "infra" / "Dockerfile")], {}),
        "caddy": ([_bin("caddy"), "validate", "--adapter", "caddyfile", "--config", caddyfile], _caddy_environment()),
    }
    if folders:
        found["djlint"] = ([_bin("djlint"), "--lint", "--quiet", *folders], {})
    return found


def run(names: Iterable[str] = ()) -> int:
    """Run the named checks (all when none is named), two at a time; the exit code."""
    all_checks = checks()
    chosen = list(names) or list(all_checks)
    unknown = [name for name in chosen if name not in all_checks]
    if unknown:
        print(f"No such check: {', '.join(unknown)}. There are: {', '.join(all_checks)}", file=sys.stderr)
        return 2
    failed = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for name, passed, output, seconds in pool.map(lambda name: _run(name, *all_checks[name]), chosen):
            print(f"{'ok  ' if passed else 'FAIL'} {name:<11} {seconds:5.1f} s", flush=True)
            if not passed:
                failed.append(name)
                print("\n".join(f"     {line}" for line in output.strip().splitlines()), flush=True)
    if failed:
        print(f"lint: {', '.join(failed)} failed", file=sys.stderr)
    return 1 if failed else 0


def kernel_trespasses() -> list[str]:
    """Lines outside `tenants` that do what only the tenancy kernel may do."""
    found = []
    for room in KERNEL_ROOMS:
        for path in sorted((ROOT / room).glob("**/*.py")):
            if "migrations" in path.parts:
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                code = line.partition("#")[0]
                if KERNEL_ONLY.search(code) and '"""' not in code:
                    found.append(f"{path.relative_to(ROOT)}:{number}: {code.strip()}")
    return found


def _run(name: str, command: list[str], extra: dict[str, str]) -> Result:
    begun = time.monotonic()
    environment = {**python_environment(), **extra}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    return name, done.returncode == 0, done.stdout + done.stderr, time.monotonic() - begun


def _bin(name: str) -> str:
    return str(BIN / name)


def _typed_packages() -> list[str]:
    """What mypy reads. Given as packages: the folder `platform` must not become a module of that name."""
    found = []
    for base in (ROOT, ROOT / "platform"):
        for package in ("tenants", "cms", "services_api", "themes", "infra", "accounts", "config", "console"):
            if (base / package / "__init__.py").exists():
                found += ["-p", package]
    return found


def _caddy_environment() -> dict[str, str]:
    """`caddy validate` loads the configuration: let it write nowhere but in the var folder."""
    from infra.local.paths import var_dir

    folder = var_dir() / "run" / "caddy"
    folder.mkdir(parents=True, exist_ok=True)
    return {
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "HOME": os.environ.get("HOME", str(folder)),
        "HAMAYNK_BASE_DOMAIN": "hamaynk.example",
        "HAMAYNK_ACME_EMAIL": "operator@hamaynk.example",
    }


def main(arguments: list[str]) -> int:
    """The command line; the exit code."""
    if arguments == ["--kernel"]:
        found = kernel_trespasses()
        for line in found:
            print(f"{line}  (only tenants/ does this: call a function of tenants)")
        return 1 if found else 0
    return run(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
