"""A forecast of many areas, block by block, so that memory does not grow with the number of draws.

A block is a `Forecast` of consecutive areas. Blocks put one after another are the forecast that `make_forecast` makes in
one piece, draw for draw; they can be written, scored or summed as they come.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np

from tocsin.errors import InputError, Where
from tocsin.forecast.contract import Fitted, Model, check_fits
from tocsin.forecast.forecast import Forecast
from tocsin.forecast.make import check_draws

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from tocsin.panel.history import History

VALUES_AT_ONCE = 4_000_000
"""Draws of one block, over its areas and months: 16 MB."""


@runtime_checkable
class DrawsInBlocks(Protocol):
    """A fitted model that can draw for a few areas at a time."""

    def draw_blocks(self, history: History, *, draws: int, seed: int) -> Iterator[NDArray[np.int32]]:
        """Draws of consecutive areas present at the origin, each block of shape (its areas, horizons, draws)."""
        ...


def areas_at_once(horizons: tuple[int, ...], *, draws: int) -> int:
    """How many areas a block holds.

    Example:
        >>> areas_at_once(tuple(range(3, 15)), draws=1000)
        333
    """
    return max(1, VALUES_AT_ONCE // (len(horizons) * draws))


def stream_forecast(
    history: History, *, model: Model, horizons: tuple[int, ...], draws: int, seed: int, fitted: Fitted | None = None
) -> Iterator[Forecast]:
    """The forecast `make_forecast` makes, in blocks of consecutive areas.

    Memory stays flat in the number of draws for models that draw in blocks (`DrawsInBlocks`); others draw all at once.

    Args:
        history: what may be seen; its last month is the origin.
        model: any registered model.
        horizons: months ahead of the origin.
        draws: number of draws for each area and month.
        seed: the same seed gives the same draws, bit for bit.
        fitted: a fit made before, of the same model and horizons, to draw from again.

    Raises:
        OutOfRange: the history is too short, or the draws or horizons lie outside what is possible.
    """
    check_draws(draws, seed=seed)
    check_fits(model.contract, history, horizons=horizons)
    ready = fitted or model.fit(history, horizons=horizons, seed=seed)
    return _blocks(ready, history, name=model.contract.name, horizons=horizons, draws=draws, seed=seed)


def _blocks(
    fitted: Fitted, history: History, *, name: str, horizons: tuple[int, ...], draws: int, seed: int
) -> Iterator[Forecast]:
    here, data_hash, begin = history.here, history.data_hash, 0
    for block in _drawn(fitted, history, horizons=horizons, draws=draws, seed=seed):
        mine = here[begin : begin + len(block)]
        begin += len(block)
        yield Forecast(
            model=name, ids=history.ids, target=history.target, vintage=history.vintage, origin=history.origin,
            horizons=horizons, areas=tuple(history.areas[i] for i in mine), names=tuple(history.names[i] for i in mine),
            draws=block, seed=seed, data_hash=data_hash,
        )  # fmt: skip


def _drawn(
    fitted: Fitted, history: History, *, horizons: tuple[int, ...], draws: int, seed: int
) -> Iterator[NDArray[np.int32]]:
    if isinstance(fitted, DrawsInBlocks):
        yield from fitted.draw_blocks(history, draws=draws, seed=seed)
        return
    whole = fitted.draw(history, draws=draws, seed=seed)
    step = areas_at_once(horizons, draws=draws)
    yield from (whole[i : i + step] for i in range(0, len(whole), step))


def in_one_piece(blocks: Iterable[Forecast]) -> Forecast:
    """The blocks of a stream as one forecast, all its draws in memory.

    Raises:
        InputError: there is no block.
    """
    every = list(blocks)
    if not every:
        raise InputError("the stream holds no block", where=Where(field="blocks"), hint="forecast an area at least")
    return replace(
        every[0],
        areas=tuple(area for block in every for area in block.areas),
        names=tuple(name for block in every for name in block.names),
        draws=np.concatenate([block.draws for block in every]),
    )
