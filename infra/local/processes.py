"""Processes of one machine: who is alive, who is really ours, who dies together with whom, who holds the lock."""

import contextlib
import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class LockHeldError(Exception):
    """Somebody else holds the file lock. `holder` is what they wrote into it (usually their process number)."""

    def __init__(self, holder: str) -> None:
        super().__init__(holder)
        self.holder = holder


@contextlib.contextmanager
def file_lock(path: Path, *, wait_seconds: float) -> Iterator[None]:
    """Hold an exclusive lock on `path`. The kernel frees it when we die, however we die, so it cannot go stale."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        deadline = time.monotonic() + wait_seconds
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise LockHeldError(os.pread(handle, 64, 0).decode("ascii", "replace").strip()) from None
                time.sleep(0.05)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)


def dying_with_parent(death_signal: signal.Signals, parent: int | None = None) -> Callable[[], None] | None:
    """A `preexec_fn` that has the kernel send `death_signal` to the child when the thread that made it dies.

    `parent` is the parent's process number, ours when not given. Linux only.
    Elsewhere None: there the next start cleans up what a killed supervisor left behind.
    """
    if _libc is None:
        return None
    expected = os.getpid() if parent is None else parent

    def prepare() -> None:
        assert _libc is not None
        _libc.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != expected:  # the parent died between fork and prctl: no signal will ever come
            os._exit(1)

    return prepare


def alive(pid: int) -> bool:
    """Whether the process runs. A zombie (dead, not yet collected by its parent) does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # it exists and belongs to somebody else
    if sys.platform == "linux":
        return _stat_fields(pid)[:1] not in ([], ["Z"])
    return True


def born(pid: int) -> str:
    """When the process started, as an opaque string: together with the number it names one process for good."""
    if sys.platform == "linux":
        fields = _stat_fields(pid)
        return fields[19] if len(fields) > 19 else ""
    shown = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return shown.stdout.strip()


def command_line(pid: int) -> str:
    """The command line of a process; empty when it is gone or hidden from us."""
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace").strip()
        except OSError:
            return ""
    shown = subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return shown.stdout.strip()


def working_in(folder: Path) -> list[int]:
    """Processes whose working directory is exactly `folder` (Linux; elsewhere none can be told)."""
    found = []
    for entry in Path("/proc").glob("[0-9]*") if sys.platform == "linux" else []:
        try:
            if str((entry / "cwd").readlink()) == str(folder):
                found.append(int(entry.name))
        except OSError:
            continue  # gone meanwhile, or not ours to look at
    return found


def group_members(pgid: int) -> list[int]:
    """Processes of a process group (Linux; elsewhere none can be told). Works when its leader is gone already."""
    found = []
    for entry in Path("/proc").glob("[0-9]*") if sys.platform == "linux" else []:
        fields = _stat_fields(int(entry.name))
        if len(fields) > 2 and fields[2] == str(pgid) and fields[0] != "Z":
            found.append(int(entry.name))
    return found


def wait_gone(pids: list[int], seconds: float) -> list[int]:
    """Wait until the processes are gone; those still alive after `seconds` are returned."""
    deadline = time.monotonic() + seconds
    remaining = [pid for pid in pids if alive(pid)]
    while remaining and time.monotonic() < deadline:
        time.sleep(0.05)
        remaining = [pid for pid in remaining if alive(pid)]
    return remaining


def send(pid: int, what: signal.Signals) -> None:
    """Signal one process; that it is gone already is fine."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, what)


def send_group(pgid: int, what: signal.Signals) -> None:
    """Signal a process group; that it is gone already is fine."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pgid, what)


def _stat_fields(pid: int) -> list[str]:
    """Fields of /proc/<pid>/stat after the name (which may itself contain spaces and brackets)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
