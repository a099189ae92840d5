"""The embedded PostgreSQL is there when it is needed, whatever happened to it or to its owner before."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from infra.local import paths, postgres, processes, programs
from infra.local.cluster import Cluster, State, _write_state
from infra.local.programs import PostgresError

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="uses Linux' parent death signal")
root_only = pytest.mark.skipif(os.geteuid() != 0, reason="about root")


def test_the_first_start_gives_the_application_a_role_that_is_no_superuser(cluster: Cluster) -> None:
    address = cluster.ensure_running()

    assert address.started
    with psycopg.connect(address.url) as connection:
        role = connection.execute(
            "SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert role == (False, True, False, False)
        assert connection.execute("SHOW createrole_self_grant").fetchone() == ("set, inherit",)
        assert connection.execute("SHOW max_locks_per_transaction").fetchone() == ("1024",)
        assert connection.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)
        # The tenancy kernel's way: a role per tenant, made and taken by the application's own role.
        connection.execute("CREATE ROLE tenant_a NOLOGIN")
        connection.execute("SET ROLE tenant_a")


def test_armenian_is_lowered_and_its_punctuation_is_no_letter(cluster: Cluster) -> None:
    with psycopg.connect(cluster.ensure_running().url) as connection:
        assert connection.execute("SELECT lower('ՄԵՂՐԻ ԵՒ ՇՐՋԱՆ')").fetchone() == ("մեղրի եւ շրջան",)
        words = connection.execute("SELECT tsvector_to_array(to_tsvector('simple', '«Դիմում» ղեկավարին։'))").fetchone()
        assert words == (["դիմում", "ղեկավարին"],)


def test_data_and_address_outlive_a_stop(cluster: Cluster) -> None:
    first = cluster.ensure_running()
    with psycopg.connect(first.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    assert not cluster.ensure_running().started
    assert cluster.stop()
    assert not cluster.stop()
    assert not cluster.status().running

    second = cluster.ensure_running()

    assert second.url == first.url
    with psycopg.connect(second.url) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)


def test_a_killed_server_is_noticed_and_comes_back_with_what_was_confirmed(cluster: Cluster) -> None:
    address = cluster.ensure_running()
    with psycopg.connect(address.url) as connection:
        connection.execute("CREATE TABLE confirmed AS SELECT 7 AS number")
    killed = cluster.status().pid
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    assert processes.wait_gone([killed], 5) == []
    assert not cluster.status().running

    again = cluster.ensure_running()

    assert again.started
    with psycopg.connect(again.url) as connection:
        assert connection.execute("SELECT number FROM confirmed").fetchone() == (7,)


def test_a_stale_pid_file_that_names_a_stranger_does_not_block(cluster: Cluster) -> None:
    cluster.ensure_running()
    pid = cluster.status().pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    processes.wait_gone([pid], 5)
    pid_file = cluster.status().data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")

    assert not cluster.status().running
    assert cluster.ensure_running().started


@linux_only
def test_the_server_ends_with_the_owner_that_asked_for_it(cluster: Cluster) -> None:
    owner = _in_other_process(
        cluster, "print(cluster.ensure_running(dies_with_us=True).port, flush=True); time.sleep(60)"
    )
    assert owner.stdout is not None
    assert owner.stdout.readline().strip().isdigit()
    server = cluster.status().pid
    assert server is not None

    owner.kill()
    owner.wait()

    assert processes.wait_gone([server], 10) == []
    assert cluster.ensure_running().started


def test_many_starts_at_once_make_one_server(cluster: Cluster) -> None:
    starters = [_in_other_process(cluster, "print(cluster.ensure_running().port)") for _ in range(4)]
    ports = {starter.communicate(timeout=60)[0].strip() for starter in starters}

    assert [starter.returncode for starter in starters] == [0, 0, 0, 0]
    assert ports == {str(cluster.known_address().port)}


def test_a_taken_port_is_replaced_and_remembered(cluster: Cluster) -> None:
    cluster.ensure_running()
    cluster.stop()
    port = cluster.known_address().port
    said: list[str] = []
    with socket.socket() as squatter:
        squatter.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        squatter.bind(("127.0.0.1", port))
        squatter.listen()
        address = cluster.ensure_running(said.append)

    assert address.port != port
    assert said == [f"port {port} is taken, PostgreSQL uses {address.port}"]
    assert cluster.known_address().port == address.port
    psycopg.connect(address.url).close()


def test_two_checkouts_do_not_meet(make_cluster: Callable[..., Cluster]) -> None:
    here, there = make_cluster("here"), make_cluster("there")
    one, other = here.ensure_running(), there.ensure_running()

    assert one.port != other.port
    assert one.password != other.password
    assert here.stop()
    assert there.status().running


def test_a_killed_initdb_leaves_nothing_half_made(cluster: Cluster) -> None:
    home = programs.choose_home(cluster.var)
    (home / "data.new").mkdir(parents=True)
    (home / "data.new" / "PG_VERSION").write_text("18\n")

    assert cluster.ensure_running().started
    assert not (home / "data.new").exists()


@pytest.mark.parametrize(
    ("lost", "word"),
    [("global/pg_control", "could not find the database system"), ("PG_VERSION", "PG_VERSION is missing")],
)
def test_damaged_data_are_one_clear_line(cluster: Cluster, lost: str, word: str) -> None:
    cluster.ensure_running()
    cluster.stop()
    (cluster.status().data / lost).unlink()

    with pytest.raises(PostgresError) as problem:
        cluster.ensure_running()

    assert word in str(problem.value)
    assert "make reset" in str(problem.value)
    assert "\n" not in str(problem.value)


def test_a_full_disk_is_one_clear_line(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")._replace(free=5 * 2**20)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage)

    with pytest.raises(PostgresError, match="has 5 MB left; PostgreSQL needs 300 MB") as problem:
        cluster.ensure_running()
    assert "\n" not in str(problem.value)


def test_reset_removes_all_data(cluster: Cluster) -> None:
    cluster.ensure_running()
    home = programs.choose_home(cluster.var)

    cluster.reset()

    assert not home.exists()
    assert not cluster.status().exists


@root_only
def test_root_runs_it_as_a_user_of_its_own_and_opens_no_folder(cluster: Cluster, tmp_path: Path) -> None:
    """«PostgreSQL refuses to run as root»: the parents of the project stay as they were."""
    parents = [tmp_path, *tmp_path.parents]
    before = [parent.stat().st_mode for parent in parents]

    cluster.ensure_running()

    data = cluster.status().data
    assert data.stat().st_uid == programs.dedicated_uid(cluster.var)
    assert data.stat().st_mode & 0o077 == 0
    assert [parent.stat().st_mode for parent in parents] == before
    state = data.parent / "state.json"
    assert (state.stat().st_uid, state.stat().st_mode & 0o777) == (0, 0o600)


@root_only
def test_root_uses_the_project_folder_when_the_servers_user_reaches_it_and_another_when_not(tmp_path: Path) -> None:
    """Asked of the kernel, with the folder closed and then opened on purpose."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    uid = programs.dedicated_uid(closed)

    assert not programs.reaches(uid, closed)
    assert programs.choose_home(closed / "var").is_relative_to(programs.SYSTEM_HOME)
    assert programs.reaches(uid, Path("/usr/bin"))


def test_settings_read_the_address_without_starting_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(paths, "ROOT", tmp_path)  # no .env of the developer's
    monkeypatch.setenv("HAMAYNK_VAR", str(tmp_path / "var"))
    begun = time.perf_counter()
    before = postgres.configured_url()

    assert before == postgres.configured_url()
    assert before.startswith("postgresql://hamaynk@127.0.0.1:")
    assert time.perf_counter() - begun < 0.1
    assert not (tmp_path / "var").exists()

    home = tmp_path / "var" / "postgres"
    home.mkdir(parents=True)
    _write_state(home, State(port=23456, password="p/w", superuser_password="x"))
    assert postgres.configured_url() == "postgresql://hamaynk:p%2Fw@127.0.0.1:23456/hamaynk"
    (home / "state.json").write_text("{damaged")
    assert postgres.configured_url() == before


def test_database_url_always_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setenv("HAMAYNK_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / ".env").write_text("# comment\nexport DATABASE_URL='postgresql://from-file/db'\n")
    assert postgres.database_url() == "postgresql://from-file/db"
    monkeypatch.setenv("DATABASE_URL", "postgresql://from-environment/db")

    assert postgres.database_url() == postgres.configured_url() == "postgresql://from-environment/db"
    assert not postgres.embedded()
    assert postgres.main(["start"]) == 1
    assert not (tmp_path / "var").exists()


def _in_other_process(cluster: Cluster, code: str) -> "subprocess.Popen[str]":
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom infra.local.cluster import Cluster\n"
        f"cluster = Cluster(Path(sys.argv[1]), durable=False)\n{code}\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", script, str(cluster.var)],
        env=paths.python_environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
