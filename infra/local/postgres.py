"""The project's PostgreSQL: the one DATABASE_URL names, else the embedded one in the var folder.

python -m infra.local.postgres start|stop|status|reset|url
"""

import sys

from infra.local import paths
from infra.local.cluster import Cluster, Say, ServerAddress, Status
from infra.local.programs import PostgresError, program

__all__ = [
    "PostgresError",
    "ServerAddress",
    "Status",
    "configured_url",
    "database_url",
    "embedded",
    "ensure_running",
    "program",
    "reset",
    "status",
    "stop",
]


def cluster() -> Cluster:
    """The embedded server of this checkout."""
    return Cluster(paths.var_dir())


def embedded() -> bool:
    """Whether the embedded server is used: only when no DATABASE_URL is set."""
    return not paths.setting("DATABASE_URL")


def configured_url() -> str:
    """The address settings read at import: quick, starts nothing, never fails."""
    return paths.setting("DATABASE_URL") or cluster().known_address().url


def database_url() -> str:
    """The address of a database that answers: DATABASE_URL as given, else the embedded server, started if need be."""
    return paths.setting("DATABASE_URL") or ensure_running().url


def ensure_running(say: Say = lambda line: None, *, dies_with_us: bool = False) -> ServerAddress:
    """Start the embedded server if it does not run. Raises PostgresError with one line for a person."""
    return cluster().ensure_running(say, dies_with_us=dies_with_us)


def stop() -> bool:
    """Stop the embedded server in order; False when it was not running."""
    return cluster().stop()


def status() -> Status:
    """Whether the embedded server runs, and where its data lie."""
    return cluster().status()


def reset() -> None:
    """Stop the embedded server and remove all its data."""
    cluster().reset()


def main(arguments: list[str]) -> int:
    """The command line; returns the exit code."""
    actions = ("start", "stop", "status", "reset", "url")
    if len(arguments) != 1 or arguments[0] not in actions:
        print(f"usage: python -m infra.local.postgres {'|'.join(actions)}", file=sys.stderr)
        return 2
    action = arguments[0]
    if not embedded() and action != "url":
        print("DATABASE_URL is set: the embedded PostgreSQL is not used.", file=sys.stderr)
        return 1
    try:
        if action == "start":
            address = ensure_running(lambda line: print(line, file=sys.stderr))
            print(f"PostgreSQL {'started' if address.started else 'runs already'} on {address.host}:{address.port}")
        elif action == "stop":
            print("PostgreSQL stopped" if stop() else "PostgreSQL was not running")
        elif action == "status":
            now = status()
            running = f"running (process {now.pid}, 127.0.0.1:{now.port})" if now.running else "not running"
            print(f"PostgreSQL is {running}; data: {now.data}{'' if now.exists else ' (not created yet)'}")
            return 0 if now.running else 3
        elif action == "reset":
            reset()
            print("PostgreSQL and its data are removed")
        else:
            print(configured_url())
    except PostgresError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
