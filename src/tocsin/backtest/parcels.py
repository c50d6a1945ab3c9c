"""The one place where work is parcelled out: in this process, in several on this machine, or on many machines."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from joblib import Parallel, delayed, parallel_config
from joblib.externals.loky.process_executor import TerminatedWorkerError
from threadpoolctl import threadpool_limits

from tocsin.backtest.cluster import check_address, check_same, connected, installed, lost_in, workers_of
from tocsin.errors import OutOfRange

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

P = TypeVar("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Machines:
    """Where work is done.

    Attributes:
        cluster: address of an existing Dask scheduler, as tcp://10.0.0.5:8786; None is this machine.
        processes: processes side by side on this machine; None or 1 is this process alone.

    Raises:
        InputError: the address is none.
        OutOfRange: the number of processes is below 1.
    """

    cluster: str | None = None
    processes: int | None = None

    def __post_init__(self) -> None:
        if self.cluster is not None:
            check_address(self.cluster)
        if self.processes is not None and self.processes < 1:
            raise OutOfRange(f"{self.processes} processes cannot work", hint="give a whole number from 1")

    @property
    def apart(self) -> bool:
        """Whether parcels leave this process."""
        return self.cluster is not None or (self.processes or 1) > 1


HERE = Machines()
"""This process alone."""

_CHOSEN: ContextVar[Machines] = ContextVar("machines", default=HERE)


@contextmanager
def working_on(machines: Machines) -> Iterator[Machines]:
    """Backtests begun within run on these machines, wherever in the code they begin.

    As with joblib's `parallel_config`, where work is done is no argument of what is asked, for it changes no result.

    Example:
        >>> with working_on(Machines(processes=1)):
        ...     parcelled(abs, [-3, 2])
        [3, 2]
    """
    token = _CHOSEN.set(machines)
    try:
        yield machines
    finally:
        _CHOSEN.reset(token)


def chosen_machines() -> Machines:
    """Where backtests run now: this process alone, unless `working_on` says otherwise."""
    return _CHOSEN.get()


def one_sum() -> threadpool_limits:
    """Linear algebra in one thread, so that its sums are added up in the same order whatever else a machine does."""
    return threadpool_limits(limits=1, user_api="blas")


def parcelled(
    function: Callable[[P], R], parcels: Sequence[P], *, cluster: str | None = None, processes: int | None = None
) -> list[R]:
    """What the function makes of each parcel, in the order of the parcels.

    The results are the same bit for bit wherever they are made: a parcel holds all it needs, its seed too; sums of
    linear algebra run in one thread everywhere; and machines whose software differs are refused. Parcels that leave
    this process run in one thread each. A worker that dies loses nothing: what it had is made again.

    Args:
        function: makes a result of one parcel; of a module, so that another process can import it.
        parcels: what to make results of, each with all it needs.
        cluster: address of an existing Dask scheduler; it comes before `processes`.
        processes: processes side by side on this machine. Where neither is given, `working_on` says where; without it
            this process alone.

    Raises:
        OutOfRange: the number of processes is below 1.
        InputError: the address is none.
        MissingExtra: a cluster is asked for, and Dask is not installed.
        ClusterProblem: no scheduler answers, it has no workers, their software differs, or it was lost.

    Example:
        >>> parcelled(abs, [-3, 2, -1])
        [3, 2, 1]
    """
    given = Machines(cluster, processes)
    machines = chosen_machines() if given == HERE else given
    if machines.cluster is not None:
        return _on_cluster(function, parcels, machines.cluster)
    if not machines.apart or len(parcels) < 2:
        with one_sum():
            return [function(parcel) for parcel in parcels]
    return _side_by_side(function, parcels, min(machines.processes or 1, len(parcels)))


def _side_by_side(function: Callable[[P], R], parcels: Sequence[P], processes: int) -> list[R]:
    """In processes of this machine; where one is killed, as for want of memory, what is left is made here."""
    made: list[R] = []
    work = Parallel(n_jobs=processes, backend="loky", return_as="generator", batch_size=1, max_nbytes=None)
    try:
        made.extend(work(delayed(_apart)(function, (parcel,)) for parcel in parcels))
    except TerminatedWorkerError:
        made.extend(_apart(function, (parcel,)) for parcel in parcels[len(made) :])
    return made


def _on_cluster(function: Callable[[P], R], parcels: Sequence[P], address: str) -> list[R]:
    """On the workers of a Dask scheduler.

    A parcel travels in a tuple: joblib would lay a large argument of its own on one worker, and it would die with it.
    """
    ours = tuple(installed().items())
    with connected(address) as client, lost_in(address), parallel_config(backend=workers_of(client)):
        work = Parallel(n_jobs=-1, batch_size=1, pre_dispatch="all")
        return list(work(delayed(_apart)(function, (parcel,), ours) for parcel in parcels))


def _apart(function: Callable[[P], R], parcel: tuple[P], ours: tuple[tuple[str, str], ...] = ()) -> R:
    """One parcel in one thread, on a machine that has what the asking one has."""
    if ours:
        check_same(dict(ours), installed(), worker="a worker")
    with threadpool_limits(limits=1), parallel_config(backend="sequential"):
        return function(parcel[0])
