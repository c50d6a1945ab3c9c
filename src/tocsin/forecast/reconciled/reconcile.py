"""Draws of countries, provinces and cells that agree: in every draw of every month the parts add up to the whole.

The whole's draws are kept as they are. The parts' draws are put in step with them, so that a draw in which the country is
at war is one in which its provinces are; then each draw of the parts is brought to the whole's count, in whole deaths.
Order: the Schaake shuffle (Clark et al. 2004, doi:10.1175/1525-7541(2004)005<0243:TSSAMF>2.0.CO;2) with past courses of
all parts together as its template. Probabilistic reconciliation: Panagiotelis et al. 2023, doi:10.1016/j.ejor.2022.07.040.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import InputError, OutOfRange, Where
from tocsin.forecast.courses import in_courses

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.panel.history import History

    Counts = NDArray[np.int64]
    Floats = NDArray[np.float64]

AT_ONCE = 2_000_000
"""Counts of parts that are adjusted at one time: 16 MB."""


def reconciled_draws(
    parts: Counts, whole: Counts, *, template: Counts | None = None, fallback: Floats | None = None, seed: int
) -> Counts:
    """The parts' draws, in step with the whole's and adding up to them exactly.

    Args:
        parts: deaths, shape (A, H, D).
        whole: deaths of the area they make up, shape (H, D).
        template: past courses of all parts, shape (A, H, D); the parts' own order where there are none.
        fallback: shares of the parts in deaths of a month in which no part has any in any draw, shape (A,): all of it
            for "province unknown", say.
        seed: breaks ties, and places deaths of draws in which no part has any.

    Returns:
        Deaths of shape (A, H, D), whose sum over parts is `whole`.

    Raises:
        InputError: the shapes do not match.
        OutOfRange: the whole has deaths in a month where no part has any in any draw, and there is no fallback.

    Example:
        >>> import numpy as np
        >>> parts = np.array([[[0, 2, 4]], [[0, 1, 1]]])
        >>> reconciled_draws(parts, np.array([[9, 0, 3]]), seed=1)
        array([[[7, 0, 2]],
        <BLANKLINE>
               [[2, 0, 1]]])
    """
    if parts.ndim != 3 or parts.shape[1:] != whole.shape:
        raise InputError(
            f"parts have shape {parts.shape} and their whole {whole.shape}",
            where=Where(field="parts"),
            hint="give (areas, months, draws) and (months, draws), with as many months and draws",
        )
    rng = np.random.default_rng(seed)
    ordered = parts if template is None else like_courses(parts, template, rng=rng)
    return adding_up(in_step(ordered, whole, rng=rng), whole, fallback=fallback, rng=rng)


def like_courses(parts: Counts, template: Counts, *, rng: np.random.Generator) -> Counts:
    """Each part's draws of each month in the order of the template's, so that parts rise together as they have before.

    Args:
        parts: deaths, shape (A, H, D).
        template: past courses of the same parts and months, shape (A, H, D).
        rng: breaks ties.
    """
    pairs = zip(np.sort(parts, axis=2), template, strict=True)
    return np.stack([in_courses(part, course, rng=rng) for part, course in pairs])


def in_step(parts: Counts, whole: Counts, *, rng: np.random.Generator) -> Counts:
    """The parts' draws of each month reordered, all parts alike, so that their sum ranks as the whole does.

    Args:
        parts: deaths, shape (A, H, D).
        whole: deaths, shape (H, D).
        rng: breaks ties.
    """
    out = np.empty_like(parts)
    for month, count in enumerate(whole):
        total = parts[:, month].sum(axis=0)
        mine = np.lexsort((rng.random(total.size), total))
        theirs = np.lexsort((rng.random(count.size), count))
        out[:, month, theirs] = parts[:, month, mine]
    return out


def adding_up(parts: Counts, whole: Counts, *, fallback: Floats | None = None, rng: np.random.Generator) -> Counts:
    """Each draw of the parts brought to the whole's count, in proportion; a part at 0 in a draw stays at 0 there.

    What is left over after rounding down goes to the largest remainders. Where the whole has deaths and no part has, they
    fall on parts by their expected share of that month; where no part is expected to have any, by the fallback.

    Args:
        parts: deaths, shape (A, H, D).
        whole: deaths, shape (H, D).
        fallback: shares of the parts where no part is expected to have any, shape (A,).
        rng: breaks ties of remainders, and places deaths by expected share.

    Raises:
        OutOfRange: a month has deaths and no part that could take them.
    """
    out = np.empty(parts.shape, dtype=np.int64)
    step = max(1, AT_ONCE // parts.shape[0])
    for month, count in enumerate(whole):
        share = _expected_share(parts[:, month], fallback, needed=bool(count.any()), month=month)
        for i in range(0, count.size, step):
            here = slice(i, i + step)
            out[:, month, here] = _scaled(parts[:, month, here].astype(np.int64), count[here].astype(np.int64), rng=rng)
            bare = np.flatnonzero((parts[:, month, here].sum(axis=0) == 0) & (count[here] > 0)) + i
            out[:, month, bare] = rng.multinomial(count[bare], share).T
    return out


def _scaled(parts: Counts, count: Counts, *, rng: np.random.Generator) -> Counts:
    """Parts in proportion to what they are, adding up to the count by largest remainders, shape (A, n)."""
    total = np.maximum(parts.sum(axis=0), 1)
    floor, rest = np.divmod(parts * count, total)
    left = np.where(parts.any(axis=0), count - floor.sum(axis=0), 0)
    order = np.lexsort((rng.random(rest.shape), -rest), axis=0)
    more = np.zeros_like(floor)
    np.put_along_axis(more, order, (np.arange(len(parts))[:, None] < left).astype(np.int64), axis=0)
    return floor + more


def _expected_share(parts: Counts, fallback: Floats | None, *, needed: bool, month: int) -> Floats:
    """Each part's share of the expected deaths of a month, shape (A,)."""
    mean = parts.mean(axis=1)
    if mean.any():
        return np.asarray(mean / mean.sum())
    if fallback is None and needed:
        raise OutOfRange(
            f"no part can take the deaths of month {month + 1}",
            where=Where(field="parts"),
            hint="give a fallback: a part that stands for the place unknown, say",
        )
    return np.full(len(parts), 1 / len(parts)) if fallback is None else fallback / fallback.sum()


def past_courses(history: History, *, horizons: tuple[int, ...], draws: int, seed: int) -> Counts:
    """Real courses of all areas present at the origin over as many months, each from a past month chosen at random.

    Args:
        history: as known at the origin.
        horizons: months ahead.
        draws: how many courses.
        seed: chooses the months.

    Returns:
        Deaths of shape (areas present, H, draws).
    """
    rng = np.random.default_rng(seed)
    ahead = np.asarray(horizons) - min(horizons)
    latest = max(1, history.deaths.shape[1] - int(ahead.max()))
    start = rng.integers(latest, size=draws)
    month = np.minimum(start[None, :] + ahead[:, None], history.deaths.shape[1] - 1)
    return history.deaths[history.here][:, month]
