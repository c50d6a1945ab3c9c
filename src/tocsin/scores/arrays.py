"""What a score takes: draws, actual counts, probabilities and outcomes, checked; and the walk over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import InputError, OutOfRange, Where

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from numpy.typing import ArrayLike, NDArray

    Numbers = NDArray[Any]
    Floats = NDArray[np.float64]
    Kernel = Callable[[Floats, Floats], Floats]

VALUES_AT_ONCE = 250_000
"""Draws held as floats at one time: 2 MB, which stays in a processor's cache."""


def counts(values: ArrayLike, *, field: str) -> Numbers:
    """Numbers that are finite and >= 0, in the type they came in.

    Raises:
        InputError: a value is missing, infinite, negative or no number, or there is none.
    """
    array = numbers(values, field=field)
    _refuse(array < 0, array, field=field, what="negative", hint="deaths are counts: 0 or more")
    return array


def probabilities(values: ArrayLike, *, field: str = "p") -> Floats:
    """Numbers from 0 to 1.

    Raises:
        InputError: a value lies outside 0..1 or is no number, or there is none.
    """
    array = numbers(values, field=field).astype(np.float64)
    _refuse((array < 0) | (array > 1), array, field=field, what="no probability", hint="give numbers from 0 to 1")
    return array


def outcomes(values: ArrayLike, *, field: str = "outcome") -> NDArray[np.bool_]:
    """Whether each thing came to pass: booleans, or numbers that are 0 or 1.

    Raises:
        InputError: a value is neither 0 nor 1, or there is none.
    """
    array = np.asarray(values)
    if array.dtype != np.bool_:
        array = numbers(values, field=field)
        _refuse(
            (array != 0) & (array != 1), array, field=field, what="neither 0 nor 1", hint="give 1 for came, 0 for not"
        )
    elif array.size == 0:
        raise _empty(field)
    return array.astype(np.bool_)


def numbers(values: ArrayLike, *, field: str) -> Numbers:
    """Finite real numbers, at least one, in the type they came in.

    Raises:
        InputError: a value is missing, infinite or no number, or there is none.
    """
    where = Where(field=field)
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise InputError(
            f"{field} cannot be read as an array", where=where, hint="give rows of equal length"
        ) from error
    if array.dtype.kind not in "iuf":
        raise InputError(
            f"values of {field} are {array.dtype}, not numbers", where=where, hint="give whole or real numbers"
        )
    if array.size == 0:
        raise _empty(field)
    if array.dtype.kind == "f":
        _refuse(~np.isfinite(array), array, field=field, what="not finite", hint="fill or drop missing values first")
    return array


def same_shape(one: Numbers, other: Numbers, *, fields: tuple[str, str]) -> None:
    """Refuse two arrays that do not belong together.

    Raises:
        InputError: the shapes differ.
    """
    if one.shape != other.shape:
        raise InputError(
            f"{fields[0]} has shape {one.shape} and {fields[1]} has shape {other.shape}",
            where=Where(field=fields[0]),
            hint="give one value of each for every unit, in the same order",
        )


def per_unit(kernel: Kernel, draws: ArrayLike, actual: ArrayLike) -> Floats:
    """Score every unit (an area in a month) by a kernel that sees draws in ascending order.

    The draws are sorted and made floats a slice of units at a time, so that a large forecast is never held twice.

    Args:
        kernel: takes ordered draws (n, D) and actual (n, 1), gives scores of shape (..., n).
        draws: shape (..., D), >= 0.
        actual: shape (...), >= 0.

    Returns:
        Scores, shape (..., *actual.shape).

    Raises:
        InputError: a value is not finite or is negative, or the shapes do not match.
    """
    sample, came = counts(draws, field="draws"), counts(actual, field="actual")
    if sample.ndim == 0 or sample.shape[:-1] != came.shape:
        raise InputError(
            f"draws have shape {sample.shape} and actual has shape {came.shape}",
            where=Where(field="draws"),
            hint="give draws as (..., draws) and actual as (...), units in the same order",
        )
    flat, y = sample.reshape(came.size, -1), came.reshape(-1, 1).astype(np.float64)
    step = max(1, VALUES_AT_ONCE // flat.shape[1])
    parts = [
        kernel(np.sort(flat[i : i + step], axis=1).astype(np.float64), y[i : i + step]) for i in range(0, len(y), step)
    ]
    scores = np.concatenate(parts, axis=-1)
    return scores.reshape((*scores.shape[:-1], *came.shape))


def checked_threshold(threshold: float) -> float:
    """A number of deaths to compare with.

    Raises:
        OutOfRange: the threshold is not finite or is negative.
    """
    if not 0 <= threshold < np.inf:
        raise OutOfRange(f"{threshold} is no threshold", where=Where(field="threshold"), hint="give deaths, as 25")
    return threshold


def _empty(field: str) -> InputError:
    return InputError(f"{field} has no values", where=Where(field=field), hint="give at least one")


def _refuse(wrong: NDArray[np.bool_], array: Numbers, *, field: str, what: str, hint: str) -> None:
    if wrong.any():
        first = np.unravel_index(int(wrong.argmax()), array.shape)
        place = ", ".join(str(int(i)) for i in first)
        n = int(wrong.sum())
        raise InputError(
            f"{n} {'value' if n == 1 else 'values'} of {field} {'is' if n == 1 else 'are'} {what}: "
            f"the first is {array[first]} at index ({place})",
            where=Where(field=field),
            hint=hint,
        )
