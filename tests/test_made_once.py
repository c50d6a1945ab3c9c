"""What one worker made is read by the others, and a worker that fails or dies leaves nothing half there."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.made_once import FOLDER, made_once

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(FOLDER, str(tmp_path))
    return tmp_path


def fails() -> tuple[int, list[int]]:
    raise AssertionError("this was made before")


def test_the_first_makes_it_and_the_next_reads_it(shared: Path) -> None:
    assert made_once("pair", lambda: (1, [2])) == (1, [2])
    assert made_once("pair", fails) == (1, [2])
    assert made_once("other", lambda: 3) == 3
    assert {file.suffix for file in shared.iterdir()} == {".pickle", ".lock"}


def test_what_failed_is_made_by_the_next(shared: Path) -> None:
    with pytest.raises(AssertionError):
        made_once("pair", fails)
    assert not (shared / "pair.pickle").exists()
    assert made_once("pair", lambda: (4, [5])) == (4, [5])


def test_without_workers_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FOLDER, raising=False)
    assert made_once("number", lambda: 1) == 1
    assert made_once("number", lambda: 2) == 2


KILLED = """
import os, signal
from tests.made_once import made_once

def make():
    print("begun", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

made_once("number", make)
"""
"""A worker that the system ends while it makes what the others wait for."""


def test_a_killed_worker_holds_nobody_up(shared: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, "begun\n")
    assert (shared / "number.lock").exists()
    assert made_once("number", lambda: 5) == 5
