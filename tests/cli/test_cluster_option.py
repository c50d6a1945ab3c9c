"""`--cluster`, and the settings behind it: where backtests run, as a user says it."""

from __future__ import annotations

import pytest

from tocsin.backtest.parcels import HERE, Machines, chosen_machines
from tocsin.cli.app import run
from tocsin.cli.machines import on_machines
from tocsin.errors import TableProblem


def test_the_command_line_comes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    with on_machines(None):
        assert chosen_machines() == HERE
    monkeypatch.setenv("TOCSIN_CLUSTER", "10.0.0.5:8786")
    monkeypatch.setenv("TOCSIN_PROCESSES", "2")
    with on_machines(None):
        assert chosen_machines() == Machines("10.0.0.5:8786", 2)
    with on_machines("10.0.0.6:8786"):
        assert chosen_machines() == Machines("10.0.0.6:8786", 2)
    assert chosen_machines() is HERE


def test_fewer_than_one_process_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_PROCESSES", "0")
    with pytest.raises(TableProblem, match="processes"), on_machines(None):
        pass


@pytest.mark.parametrize(
    "command",
    ["warn --draws 20", "run --case iraq", "brief --case iraq", "benchmark warning", "benchmark views --data ."],
)
def test_a_cluster_that_is_none_is_told(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*command.split(), "--cluster", "http://nowhere"]) == 2
    said = capsys.readouterr()
    assert "'http://nowhere' is no address of a scheduler" in said.err
    assert "tcp://10.0.0.5:8786" in said.err
    assert said.out == ""
