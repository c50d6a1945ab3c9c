"""Commands that are interrupted, or that the system stops: what was there before stays, byte for byte."""

from __future__ import annotations

import errno
import json
import os
import shlex
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tocsin.cli.app import run

if TYPE_CHECKING:
    from pathlib import Path

FORECAST = "forecast --series series.csv --target ged_sb --model conflictology --draws 20 --seed 2 --out {out}"

STOP_AT = """
import sys, time
import {module} as module
real = module.{name}
def slow(*args, **kwargs):
    {before}
    print("begun", flush=True)
    time.sleep(60)
module.{name} = slow
from tocsin.cli import main
main(sys.argv[1:])
"""
"""A run of the command that stands still at one step, so that it can be stopped there."""

HALF_WRITTEN = "open(args[1], 'wb').write(b'PAR1 and half of the rest')"
STEPS = {
    "while drawing": ("tocsin.api.forecast", "make_forecast", "pass"),
    "while writing": ("pyarrow.parquet", "write_table", HALF_WRITTEN),
    "before the log": ("tocsin.api.forecast", "append", "pass"),
}


def stopped(folder: Path, step: tuple[str, str, str], line: str, how: signal.Signals) -> tuple[int, str]:
    module, name, before = step
    script = STOP_AT.format(module=module, name=name, before=before)
    with subprocess.Popen(
        [sys.executable, "-c", script, *shlex.split(line)],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        process.send_signal(how)
        _, said = process.communicate(timeout=30)
        return process.returncode, said


def held(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=["interrupted", "ended"])
@pytest.mark.parametrize("step", STEPS)
def test_a_stopped_forecast_leaves_the_older_one(step: str, how: signal.Signals, folder: Path) -> None:
    (folder / "f.parquet").write_bytes(b"what was made before")
    before = held(folder)
    code, said = stopped(folder, STEPS[step], FORECAST.format(out="f.parquet"), how)
    assert (code, said) == (1, "stopped; what was there before is untouched\n")
    assert held(folder) == before


@pytest.mark.parametrize("command", ["demo --out out", "brief --case iraq --out out", "run --case iraq --out out"])
def test_a_stopped_brief_leaves_the_older_one(command: str, folder: Path) -> None:
    (folder / "out").mkdir()
    for name in ("brief.html", "brief.pdf", "forecast.parquet", "warnings.json"):
        (folder / "out" / name).write_text("what was made before", encoding="utf-8")
    before = held(folder)
    code, said = stopped(folder, ("tocsin.forecast.forest", "training_rows", "pass"), command, signal.SIGINT)
    assert (code, said) == (1, "stopped; what was there before is untouched\n")
    assert held(folder) == before


KILLED_HELPER = """
import os, signal, sys
import tocsin.cli.app as app
from joblib.externals.loky import ProcessPoolExecutor

def run(argv):
    pool = ProcessPoolExecutor(max_workers=1)
    pool.submit(abs, -1).result()
    for helper in pool._processes:
        os.kill(helper, signal.SIGKILL)
    os._exit(0)

app.run = run
app.main([])
"""
"""A command whose helping process is killed and that has no time to put anything away."""


def test_what_a_killed_helper_left_is_put_away_without_a_word(folder: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED_HELPER], cwd=folder, capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_a_full_disk_leaves_the_older_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def full(*args: object, **_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(args[1]))

    (folder / "f.parquet").write_bytes(b"what was made before")
    before = held(folder)
    monkeypatch.setattr("pyarrow.parquet.write_table", full)
    assert run([*shlex.split(FORECAST.format(out="f.parquet")), "--json"]) == 1
    printed = capfd.readouterr()
    said = json.loads(printed.out)
    assert said["error"] == "the system says: no space left on device"
    assert "disk is not full" in said["hint"]
    assert "Traceback" not in printed.err
    assert held(folder) == before


def test_a_reader_who_leaves_early_is_no_fault_to_shout_about(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tocsin.cli", "data", "list", "--json"],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""


def test_the_command_itself_leaves_with_its_exit_codes_and_is_quiet_when_piped(folder: Path) -> None:
    def tocsin(line: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "tocsin.cli", *shlex.split(line)]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)

    made = tocsin(FORECAST.format(out="f.parquet"))
    assert (made.returncode, made.stdout, len(made.stderr.splitlines())) == (0, "", 1)
    assert made.stderr.startswith("f.parquet: 6 areas")
    scored = tocsin("score f.parquet --actuals series.csv")
    assert (scored.returncode, scored.stdout) == (2, "")
    assert len(scored.stderr.splitlines()) == 3


def test_help_loads_no_library_of_the_models(folder: Path) -> None:
    script = (
        "import sys; from tocsin.cli.app import run; run(['--help']); "
        "print(sorted({'polars', 'numpy', 'sklearn', 'scipy', 'typst', 'shapely'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


def test_check_loads_no_library_of_the_models(folder: Path) -> None:
    script = (
        "import sys; from tocsin.cli.app import run; run(['check', '--case', 'iraq']); "
        "print(sorted({'sklearn', 'scipy', 'typst'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"
