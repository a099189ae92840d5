"""The supervisor's processes: started again when they die, ended after its crash, never a stranger's."""

import json
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from infra.local import paths, processes, services, supervisor
from infra.local.services import Service, Services

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HAMAYNK_VAR", str(tmp_path / "var"))
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setenv("HAMAYNK_PORT", str(_free_port()))
    return tmp_path / "var"


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def running(folder: Path, said: list[str], monkeypatch: pytest.MonkeyPatch) -> Services:
    monkeypatch.setattr(services, "planned", lambda: [Service("web", SLEEPER, 5)])
    kept = Services(said.append)
    kept.start()
    yield kept
    kept.stop()


def test_a_process_that_dies_is_started_again_with_growing_pauses(running: Services, said: list[str]) -> None:
    web = running.planned[0]
    assert web.process is not None
    first = web.process.pid
    web.process.kill()
    web.process.wait()

    deadline = time.monotonic() + 10
    while (web.process.pid == first or not web.running()) and time.monotonic() < deadline:
        running.look_after()

    assert web.running()
    assert web.pause == pytest.approx(0.4)
    assert said == [f"web ended (by SIGKILL), starting it again in 0.2 s; log: {running.log_of('web')}"]


def test_stop_ends_all_and_forgets_them(running: Services, folder: Path) -> None:
    process = running.planned[0].process
    assert process is not None
    running.stop()

    assert process.returncode == -signal.SIGTERM
    assert json.loads((folder / "run" / "services.json").read_text()) == []


def test_what_a_killed_supervisor_left_is_ended_and_a_stranger_is_not(folder: Path, said: list[str]) -> None:
    left, stranger = (subprocess.Popen(SLEEPER, start_new_session=True) for _ in range(2))
    (folder / "run").mkdir(parents=True)
    (folder / "run" / "services.json").write_text(
        json.dumps(
            [
                {"pid": left.pid, "born": processes.born(left.pid)},
                {"pid": stranger.pid, "born": "another birth: the number was used again"},
            ]
        )
    )
    try:
        Services(said.append).clean_up_after_a_crash()
        assert left.wait(5) == -signal.SIGTERM
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()
    assert said == ["ending 1 process(es) that a killed supervisor left behind"]


def test_a_taken_port_is_one_clear_line(folder: Path, said: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as squatter:
        squatter.bind(("127.0.0.1", 0))
        squatter.listen()
        monkeypatch.setenv("HAMAYNK_PORT", str(squatter.getsockname()[1]))
        with pytest.raises(supervisor.StartError, match="is taken by another program") as problem:
            supervisor._check(Services(said.append))
    assert "\n" not in str(problem.value)


def test_a_nearly_full_disk_is_one_clear_line(folder: Path, said: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "free_megabytes", lambda where: 12)
    with pytest.raises(supervisor.StartError, match="has 12 MB left, at least 500 MB are needed"):
        supervisor._check(Services(said.append))


def test_a_wrong_port_number_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAMAYNK_PORT", "eight")
    with pytest.raises(ValueError, match="HAMAYNK_PORT=eight is no port number"):
        services.port()


def test_a_second_start_says_that_it_runs_already(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with processes.file_lock(folder / "supervisor.lock", wait_seconds=0):
        assert supervisor.up() == 1
    assert "already running" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("mode", "listen", "expected"),
    [("", "", True), ("local", "127.0.0.1", True), ("production", "", False), ("local", "0.0.0.0", False)],
)
def test_demo_logins_exist_on_loopback_only_and_never_in_production(
    folder: Path, monkeypatch: pytest.MonkeyPatch, mode: str, listen: str, expected: bool
) -> None:
    monkeypatch.setenv("HAMAYNK_MODE", mode)
    monkeypatch.setenv("HAMAYNK_LISTEN", listen)
    assert supervisor._demo() is expected


def test_reset_refuses_a_folder_that_is_not_ours_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HAMAYNK_VAR", str(paths.ROOT.parent))
    assert supervisor.reset() == 1
    assert "not removed" in capsys.readouterr().err


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
