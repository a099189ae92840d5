"""`kill -9` in the middle of submissions: the small version of `python -m infra.chaos`."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from infra.local.paths import ROOT, python_environment


@pytest.mark.chaos
@pytest.mark.slow
@pytest.mark.xdist_group("product")
def test_every_confirmed_submission_is_there_once_and_mailed_once():
    """40 submissions; a web worker, the Celery worker and PostgreSQL are killed once each."""
    done = subprocess.run(
        [sys.executable, "-m", "infra.chaos", "--submissions", "40", "--kills", "3"],
        cwd=ROOT, env={**python_environment(), "HAMAYNK_VAR": os.environ["HAMAYNK_VAR"]},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "KEPT: 40 sent" in done.stdout
    assert "the broker is back" in done.stdout
    for target in ("web worker 1", "worker 1", "PostgreSQL 1"):
        assert target in done.stdout
