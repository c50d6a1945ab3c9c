"""The log of every forecast made: lines are only ever added, and each carries the hash of the one before."""

from __future__ import annotations

import fcntl
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import tocsin
from tocsin.errors import FileProblem, Where

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.forecast.forecast import Forecast

FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One forecast made: enough to make it again and to see whether it was altered."""

    made: str
    code_version: str
    model: str
    level: str
    target: str
    vintage: str
    origin: str
    horizons: tuple[int, ...]
    areas: int
    draws: int
    seed: int
    data_hash: str
    draws_hash: str

    @classmethod
    def of(cls, forecast: Forecast, *, now: datetime | None = None) -> Entry:
        """The entry of a forecast, made now."""
        return cls(
            made=(now or datetime.now(UTC)).isoformat(timespec="seconds"), code_version=tocsin.__version__,
            model=forecast.model, level=forecast.level.value, target=forecast.target, vintage=forecast.vintage,
            origin=str(forecast.origin), horizons=forecast.horizons, areas=len(forecast.areas),
            draws=forecast.draws.shape[2], seed=forecast.seed, data_hash=forecast.data_hash,
            draws_hash=draws_hash(forecast),
        )  # fmt: skip


def draws_hash(forecast: Forecast) -> str:
    """SHA-256 of the draws with their areas and months."""
    digest = sha256(repr((forecast.areas, forecast.horizons, forecast.draws.shape)).encode())
    digest.update(forecast.draws.astype("<i4").tobytes())
    return digest.hexdigest()


def append(entry: Entry, *, log: Path) -> None:
    """Add one line. Two writers at once each get a line of their own.

    Raises:
        FileProblem: the log's last line is not one that Tocsin wrote.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        before = FIRST
        for line in file:
            before = line
        if before != FIRST:
            before = _read_line(before, log=log, row=None)["hash"]
        body = {"before": before, **asdict(entry)}
        file.write(json.dumps({**body, "hash": _hash(body)}) + "\n")


def verify(log: Path) -> int:
    """Check the whole chain and return how many forecasts it holds.

    Raises:
        FileProblem: a line was altered, removed or added by hand; its row is named.
    """
    before = FIRST
    row = 0
    for row, line in enumerate(log.read_text(encoding="utf-8").splitlines(), start=1):
        body = _read_line(line, log=log, row=row)
        stated = body.pop("hash")
        if body["before"] != before or stated != _hash(body):
            raise FileProblem(
                "the log of forecasts was altered",
                where=Where(log, (row,)),
                hint="restore the log from a copy; every line after this one is in doubt",
            )
        before = stated
    return row


def _hash(body: dict[str, object]) -> str:
    return sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _read_line(line: str, *, log: Path, row: int | None) -> dict[str, Any]:
    try:
        body = json.loads(line)
        _ = body["hash"], body["before"]
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        where = Where(log, (row,) if row else ())
        raise FileProblem("a line of the log of forecasts is not one that Tocsin wrote", where=where) from error
    return dict(body)
