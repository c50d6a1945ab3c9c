"""An existing Dask cluster: reaching it, whether its software is ours, and what to say when it is lost."""

from __future__ import annotations

import logging
import platform
import re
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tocsin
from tocsin.errors import ClusterProblem, InputError, MissingExtra, TocsinError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PARTS = ("numpy", "scipy", "scikit-learn", "lightgbm", "joblib", "polars", "distributed")
"""What draws depend on beside Tocsin, and what carries them."""

CONNECT_SECONDS = 10
"""How long a scheduler may take to answer, and its first worker to come."""

ADDRESS = re.compile(r"^(?:(?:tcp|tls)://)?(?:\[[0-9a-fA-F:]+\]|[^\s/:\[\]]+):[0-9]{1,5}$")


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """A client of the scheduler at an address, all of whose workers have our software.

    Args:
        address: as tcp://10.0.0.5:8786, tls://10.0.0.5:8786 or 10.0.0.5:8786.

    Raises:
        InputError: the address is none.
        MissingExtra: Dask is not installed.
        ClusterProblem: no scheduler answers, it has no workers, or a worker's software differs.
    """
    check_address(address)
    client_of = _client_class()
    with _quiet():
        client = _client(client_of, address)
        try:
            _check_workers(client, address)
            yield client
        finally:
            client.close()


def check_address(address: str) -> None:
    """Refuse what cannot be the address of a scheduler.

    Raises:
        InputError: it has no port, or is of another kind than tcp and tls.

    Example:
        >>> check_address("tcp://10.0.0.5:8786")
        >>> check_address("http://10.0.0.5")
        Traceback (most recent call last):
        tocsin.errors.InputError: 'http://10.0.0.5' is no address of a scheduler
          hint: give host and port, as tcp://10.0.0.5:8786
    """
    if not ADDRESS.fullmatch(address):
        raise InputError(f"'{address}' is no address of a scheduler", hint="give host and port, as tcp://10.0.0.5:8786")


def _client_class() -> Any:  # noqa: ANN401 - the class belongs to an extra
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtra("work on a cluster needs Dask", hint="pip install 'tocsin[cluster]'") from error
    return Client


def _client(client_of: Any, address: str) -> Any:  # noqa: ANN401 - the class belongs to an extra
    try:
        return client_of(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise ClusterProblem(
            f"no Dask scheduler answers at {address}",
            hint="start one with dask scheduler, or give the address that it prints; tls:// needs Dask's own certificates",
        ) from error


def workers_of(client: Any) -> Any:  # noqa: ANN401 - the classes belong to an extra
    """Joblib's way to the workers of a client; one thread in all counts as two, for joblib sends nothing to a single one."""
    from joblib._dask import DaskDistributedBackend  # noqa: PLC0415 - an extra

    class EveryWorker(DaskDistributedBackend):  # type: ignore[misc]  # joblib brings no types
        def effective_n_jobs(self, n_jobs: int) -> int:
            return max(2, int(super().effective_n_jobs(n_jobs)))

    return EveryWorker(client=client)


def _check_workers(client: Any, address: str) -> None:  # noqa: ANN401 - the class belongs to an extra
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
    except TimeoutError as error:
        raise ClusterProblem(
            f"the scheduler at {address} has no workers", hint=f"start some with dask worker {address}"
        ) from error
    try:
        theirs = client.run(installed)
    except ImportError as error:
        raise ClusterProblem(
            "a worker has no Tocsin, or an older one", hint="install the same Tocsin on every machine"
        ) from error
    for worker, has in sorted(theirs.items()):
        check_same(installed(), has, worker=f"the worker {worker}")


@cache
def installed() -> dict[str, str]:
    """What is installed here that results depend on: name and version; of Tocsin also a digest of its code."""
    found = {"python": ".".join(platform.python_version_tuple()[:2]), "tocsin": f"{tocsin.__version__} {_code()}"}
    for name in PARTS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "none"
    return found


def _code() -> str:
    folder = Path(tocsin.__file__).parent
    digest = sha256()
    for file in sorted(folder.rglob("*.py")):
        digest.update(str(file.relative_to(folder)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def check_same(ours: Mapping[str, str], theirs: Mapping[str, str], *, worker: str) -> None:
    """Refuse a worker whose software differs from ours, as its results could.

    Raises:
        ClusterProblem: something has another version there.

    Example:
        >>> check_same({"numpy": "2.4"}, {"numpy": "2.1"}, worker="the worker tcp://10.0.0.6:40001")
        Traceback (most recent call last):
        tocsin.errors.ClusterProblem: the worker tcp://10.0.0.6:40001 has other software: numpy 2.1, here 2.4
          hint: install the same on every machine, as by pip install -r requirements/pins.txt
    """
    differs = [
        f"{name} {theirs.get(name, 'none')}, here {ours[name]}" for name in ours if theirs.get(name) != ours[name]
    ]
    if differs:
        raise ClusterProblem(
            f"{worker} has other software: {'; '.join(differs)}",
            hint="install the same on every machine, as by pip install -r requirements/pins.txt",
        )


@contextmanager
def lost_in(address: str) -> Iterator[None]:
    """Say that a cluster was lost in mid-work, in place of what Dask says of it.

    Raises:
        ClusterProblem: the scheduler went away, or a parcel took several workers down with it.
    """
    from distributed import CancelledError, KilledWorker  # noqa: PLC0415 - an extra
    from distributed.comm.core import CommClosedError  # noqa: PLC0415 - an extra

    try:
        yield
    except TocsinError:
        raise
    except KilledWorker as error:
        raise ClusterProblem(
            "one parcel ended several workers, one after another",
            hint="the usual cause is memory: give each worker more, or start fewer on a machine",
        ) from error
    except (CancelledError, CommClosedError) as error:
        raise ClusterProblem(
            f"the scheduler at {address} was lost", hint="nothing was written; ask again when it is back"
        ) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Dask's log tells what it tries again; what it gives up comes as an error."""
    log = logging.getLogger("distributed")
    handlers, log.handlers = log.handlers, [logging.NullHandler()]
    try:
        yield
    finally:
        log.handlers = handlers
