"""What is worked out from an edition is kept: an edition never changes."""

from __future__ import annotations

from collections import OrderedDict
from functools import update_wrapper
from threading import Lock
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import polars as pl

    from tocsin.editions import Edition

P = ParamSpec("P")
T = TypeVar("T")


def per_edition(most: int) -> Callable[[Callable[Concatenate[Edition, P], T]], Callable[Concatenate[Edition, P], T]]:
    """Keep the last `most` results of a function of an edition and of plain values.

    The key is the edition's folder, for an edition itself is too rich to be one. What is kept is shared: do not alter it.
    """

    def keeping(function: Callable[Concatenate[Edition, P], T]) -> Callable[Concatenate[Edition, P], T]:
        held: OrderedDict[tuple[Path, object, object], T] = OrderedDict()
        lock = Lock()

        def kept(edition: Edition, /, *args: P.args, **kwargs: P.kwargs) -> T:
            key = (edition.folder, args, tuple(sorted(kwargs.items())))
            with lock:
                if key in held:
                    held.move_to_end(key)
                    return held[key]
            made = function(edition, *args, **kwargs)
            with lock:
                held[key] = made
                while len(held) > most:
                    held.popitem(last=False)
            return made

        return update_wrapper(kept, function)

    return keeping


@per_edition(24)
def table_of(edition: Edition, name: str) -> pl.DataFrame | None:
    """A table of an edition; None where the edition holds none.

    Raises:
        FileProblem: the file is not the one that was written.
    """
    return edition.table(name) if edition.has(f"{name}.parquet") else None
