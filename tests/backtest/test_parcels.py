"""Work parcelled out: the same results in one process, in several, and on a cluster that loses a worker."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from importlib.metadata import version
from threading import Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING

import numpy as np
import pytest

import tocsin
from tocsin.backtest import cluster, parcels
from tocsin.backtest.cluster import installed, lost_in
from tocsin.backtest.parcels import HERE, Machines, chosen_machines, parcelled, working_on
from tocsin.backtest.rolling import rolling_forecasts
from tocsin.errors import ClusterProblem, InputError, MissingExtra, OutOfRange, TableProblem, Where
from tocsin.forecast.baselines import BOOTSTRAP_240
from tocsin.forecast.forest import QUANTILE_FOREST, ForestSettings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tocsin.forecast.contract import Model
    from tocsin.panel.history import History

distributed = pytest.importorskip("distributed")

SMALL_FOREST = QUANTILE_FOREST.with_settings(ForestSettings(trees=6))
PATIENCE_SECONDS = 60
SAME = "from tocsin.backtest import cluster\ncluster._code = lambda: 'the same'\n"
"""Workers of a test begin with this, as the code may be edited while tests run; its digest has a test of its own."""


@contextmanager
def a_cluster(folder: Path, *, workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and its workers on loopback, each a process of its own: the address, and the workers."""
    file, same = folder / "scheduler.json", folder / "same.py"
    same.write_text(SAME)
    here = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(file)]
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--port", "0", *here]
    running = [_quietly(command)]
    try:
        _wait_for(file.is_file)
        running += [
            _quietly([sys.executable, "-m", "distributed.cli.dask_worker", "--nthreads", "1", "--no-nanny", *here,
                      "--local-directory", str(folder), "--preload", str(same)])
            for _ in range(workers)
        ]  # fmt: skip
        address = json.loads(file.read_text())["address"]
        if workers:
            with distributed.Client(address, timeout=PATIENCE_SECONDS, set_as_default=False) as client:
                client.wait_for_workers(workers, timeout=PATIENCE_SECONDS)
        yield address, running[1:]
    finally:
        for process in reversed(running):
            process.kill()
            process.wait()


def _quietly(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _wait_for(done: object) -> None:
    assert callable(done)
    end = monotonic() + PATIENCE_SECONDS
    while not done():
        assert monotonic() < end, "the cluster did not come up"
        sleep(0.05)


@pytest.fixture(autouse=True)
def _same_code(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(cluster, "_code", lambda: "the same")
    installed.cache_clear()
    yield
    installed.cache_clear()


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with a_cluster(tmp_path_factory.mktemp("cluster"), workers=2) as (address, _):
        yield address


def draws_of(history: History, model: Model, machines: Machines) -> list[np.ndarray]:
    origins = [history.origin - k for k in (30, 18, 17, 6)]
    with working_on(machines):
        rows = list(rolling_forecasts(
            history.until, origins=origins, model=model, horizons=(1, 3), draws=40, seed=3, refit_every=12,
        ))  # fmt: skip
    assert [h.origin for h, _ in rows] == [f.origin for _, f in rows] == origins
    return [f.draws for _, f in rows]


def test_a_cluster_s_draws_are_those_of_one_process_bit_for_bit(history: History, two_workers: str) -> None:
    alone = draws_of(history, SMALL_FOREST, HERE)
    assert any(draws.any() for draws in alone)
    assert_same(alone, draws_of(history, SMALL_FOREST, Machines(cluster=two_workers)))


def test_the_draws_of_processes_are_those_of_one_bit_for_bit(history: History) -> None:
    alone = draws_of(history, BOOTSTRAP_240, HERE)
    assert_same(alone, draws_of(history, BOOTSTRAP_240, Machines(processes=2)))
    with pytest.raises(AssertionError):
        assert_same(alone, alone[::-1])


def test_machines_are_chosen_for_what_begins_within() -> None:
    with working_on(Machines(processes=3)):
        with working_on(Machines(cluster="127.0.0.1:1")) as inner:
            assert chosen_machines() is inner
        assert chosen_machines().processes == 3
    assert chosen_machines() is HERE


def assert_same(ones: list[np.ndarray], others: list[np.ndarray]) -> None:
    assert [a.dtype for a in ones] == [b.dtype for b in others]
    assert all(np.array_equal(a, b) for a, b in zip(ones, others, strict=True))


def test_parcels_of_a_cluster_are_made_by_its_workers_in_order(two_workers: str) -> None:
    def where(parcel: int) -> tuple[int, int]:
        return parcel, os.getpid()

    made = parcelled(where, range(12), cluster=two_workers)
    assert [parcel for parcel, _ in made] == list(range(12))
    assert os.getpid() not in {process for _, process in made}


def test_a_single_worker_is_used_too(tmp_path: Path) -> None:
    with a_cluster(tmp_path, workers=1) as (address, [worker]):
        assert parcelled(lambda _: os.getpid(), range(3), cluster=address) == [worker.pid] * 3


def test_a_worker_killed_in_mid_run_loses_nothing(tmp_path: Path) -> None:
    def slow(parcel: int) -> int:
        (tmp_path / f"{parcel}-{os.getpid()}").touch()
        sleep(0.2)
        return parcel**2

    with a_cluster(tmp_path, workers=2) as (address, workers):
        doomed = workers[0]

        def kill() -> None:
            _wait_for(lambda: len(list(tmp_path.glob(f"*-{doomed.pid}"))) > 1)
            os.kill(doomed.pid, signal.SIGKILL)

        killer = Thread(target=kill)
        killer.start()
        made = parcelled(slow, range(12), cluster=address)
        killer.join()
        assert doomed.wait() == -signal.SIGKILL
    assert made == [n**2 for n in range(12)]
    assert len(list(tmp_path.glob("*-*"))) > 12, "what the dead worker had in hand was made again"


def test_a_process_of_this_machine_that_is_killed_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONWARNINGS", "ignore")
    here = os.getpid()

    def fatal(parcel: int) -> int:
        if parcel == 1 and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return -parcel

    assert parcelled(fatal, range(5), processes=2) == [0, -1, -2, -3, -4]


@pytest.mark.parametrize("apart", ["processes", "cluster"])
def test_an_error_in_a_parcel_comes_back_whole(apart: str, two_workers: str) -> None:
    def faulty(parcel: int) -> int:
        raise TableProblem("no such month", where=Where("events.csv", rows=(parcel,)), hint="give another")

    machines = {"processes": 2} if apart == "processes" else {"cluster": two_workers}
    with pytest.raises(TableProblem) as told:
        parcelled(faulty, [7, 8], **machines)
    assert told.value.where.rows in {(7,), (8,)}
    assert told.value.hint == "give another"


def test_a_worker_with_other_software_is_refused(two_workers: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "version", lambda name: "1.0" if name == "numpy" else version(name))
    with pytest.raises(ClusterProblem, match=r"the worker tcp://.* has other software: numpy .*, here 1\.0"):
        parcelled(abs, [1, 2], cluster=two_workers)


def test_other_code_has_another_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    digests = []
    for text in ("one = 1", "one = 2", "one = 1"):
        (tmp_path / "__init__.py").write_text(text)
        monkeypatch.setattr(tocsin, "__file__", str(tmp_path / "__init__.py"))
        digests.append(cluster._code())
    assert digests[0] == digests[2] != digests[1]


def test_a_worker_that_comes_later_is_looked_at_too() -> None:
    with pytest.raises(ClusterProblem, match="numpy"):
        parcels._apart(abs, (1,), tuple({**installed(), "numpy": "1.0"}.items()))


def test_a_cluster_without_workers_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 2)
    with a_cluster(tmp_path, workers=0) as (address, _), pytest.raises(ClusterProblem, match="has no workers") as told:
        parcelled(abs, [1, 2], cluster=address)
    assert told.value.hint == f"start some with dask worker {address}"


def test_nobody_at_the_address(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 0.3)
    with pytest.raises(ClusterProblem, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:1"):
        parcelled(abs, [1, 2], cluster="tcp://127.0.0.1:1")
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    "address", ["", "nowhere", "http://127.0.0.1:8786", "127.0.0.1", "tcp://a b:1", "inproc://1/2"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(InputError, match="is no address of a scheduler"):
        parcelled(abs, [1, 2], cluster=address)


def test_without_dask_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtra) as told:
        parcelled(abs, [1, 2], cluster="127.0.0.1:8786")
    assert told.value.hint == "pip install 'tocsin[cluster]'"


@pytest.mark.parametrize("processes", [0, -1])
def test_no_fewer_than_one_process(processes: int) -> None:
    with pytest.raises(OutOfRange):
        parcelled(abs, [1], processes=processes)


@pytest.mark.parametrize(("raised", "said"), [("CancelledError", "was lost"), ("KilledWorker", "one parcel ended")])
def test_a_cluster_lost_in_mid_work_is_told_in_our_words(raised: str, said: str) -> None:
    error = distributed.CancelledError() if raised == "CancelledError" else distributed.KilledWorker("t", None, 4)
    with pytest.raises(ClusterProblem, match=said), lost_in("tcp://10.0.0.5:8786"):
        raise error
