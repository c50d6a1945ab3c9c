"""Draws that belong together: one draw index is one course of events over the months ahead.

The forest gives a distribution for each month alone. What happened over the months after the nearest past situations
says which high months go together (the Schaake shuffle with similar dates: Clark et al. 2004,
doi:10.1175/1525-7541(2004)005<0243:TSSAMF>2.0.CO;2; Schefzik 2016, doi:10.1002/qj.2839).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def in_courses(draws: NDArray[np.int64], template: NDArray[np.int64], *, rng: np.random.Generator) -> NDArray[np.int64]:
    """Reorder each month's draws so that they rank as the template's courses do.

    Args:
        draws: one area's draws, ascending within a month, shape (H, D).
        template: D past courses over the same months, shape (H, D).
        rng: breaks ties.

    Returns:
        The same draws in each month, shape (H, D); column d is one course.

    Example:
        >>> import numpy as np
        >>> in_courses(np.array([[1, 2], [3, 4]]), np.array([[9, 5], [8, 0]]), rng=np.random.default_rng(0))
        array([[2, 1],
               [4, 3]])
    """
    out = np.empty_like(draws)
    for month, course in enumerate(template):
        out[month, np.lexsort((rng.random(course.size), course))] = draws[month]
    return out
