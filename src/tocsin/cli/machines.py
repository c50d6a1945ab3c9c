"""On which machines a command's backtests run, as a user says it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tocsin.backtest.parcels import Machines, working_on
from tocsin.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def on_machines(cluster: str | None) -> Iterator[Machines]:
    """Backtests within run on the cluster of the command line, else as the settings `cluster` and `processes` say.

    Raises:
        UnknownName, TableProblem: a setting is unknown or wrong.
    """
    settings = Settings.load(flags={"cluster": cluster})
    with working_on(Machines(settings.cluster, settings.processes)) as machines:
        yield machines
