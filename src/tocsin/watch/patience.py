"""A database that is gone for a while: asked again, each time later, and in the end said to be gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import exc

from tocsin.errors import TocsinError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tocsin.watch.clock import Clock

Done = TypeVar("Done")
WAITS_SECONDS = (1, 2, 4, 8, 15, 30, 60, 60, 120)
"""Five minutes in all: a server that is restarted is back within."""


class DatabaseGone(TocsinError):
    """The database of alerts cannot be read or written; what was recorded before is safe."""


def patiently(do: Callable[[], Done], *, clock: Clock) -> Done:
    """Do something in a transaction of its own, and again while the database is not there, is locked or is full.

    Args:
        do: begins and ends its own transaction, so that it can be done again.
        clock: waits.

    Raises:
        DatabaseGone: it stayed so for five minutes.
    """
    for seconds in WAITS_SECONDS:
        try:
            return do()
        except exc.DBAPIError as error:
            if not is_passing(error):
                raise
            clock.sleep(seconds)
    try:
        return do()
    except exc.DBAPIError as error:
        if not is_passing(error):
            raise
        said = str(error.orig).strip().split("\n", maxsplit=1)[0][:160]
        raise DatabaseGone(
            f"the database of alerts has not answered for {sum(WAITS_SECONDS) // 60} minutes: {said}",
            hint="start it, or free some space; the watch goes on where it stopped, and rings nothing twice",
        ) from error


def is_passing(error: exc.DBAPIError) -> bool:
    """Whether the fault is of the moment: not there, locked, full; not a mistake of ours."""
    return error.connection_invalidated or isinstance(error, exc.OperationalError | exc.InterfaceError)
