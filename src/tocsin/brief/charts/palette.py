"""Colours that can be told apart by the colour-blind and in grey print; text that can be read on them.

The sequence rises in darkness alone from step to step, so a photocopy keeps the order. Unknown is no colour of the
sequence: it is hatched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

FONTS = "Noto Sans, DejaVu Sans, Liberation Sans, Arial, sans-serif"

PAPER = "#ffffff"
INK = "#1b242d"
BLACK = "#000000"
MUTED = "#55616d"
GRID = "#dde2e7"
AXIS = "#8a949e"
HISTORY = "#66727e"
AHEAD = "#0b5394"
BANDS = ("#cfe1f2", "#9dc3e3", "#5f9ccf")
"""From the widest interval to the narrowest."""
CAME = "#b3410a"
THRESHOLD = "#8c2f04"
LAND = "#eceef0"
BORDER = "#98a1a9"
HATCH = "#9aa3ac"
HATCH_PAPER = "#f3f4f6"
ACCENTS = ("#0b5394", "#b3410a", "#4b2a85", "#00695c", "#8a6100", "#a3195b")
"""For lines named beside them; each also has its own dashes."""
DASHES = (None, "7 3", "2 2.5", "9 3 2 3", "4 2", "12 3")

_STOPS = ((255, 247, 222), (253, 200, 108), (241, 128, 50), (199, 51, 28), (122, 8, 36), (58, 2, 26))


def sequence(n: int) -> tuple[str, ...]:
    """Colours for n classes from low to high, each darker than the last.

    Example:
        >>> sequence(2)
        ('#fff7de', '#3a021a')
    """
    return tuple(_between(i / max(n - 1, 1)) for i in range(n))


def _between(share: float) -> str:
    at = share * (len(_STOPS) - 1)
    low = min(int(at), len(_STOPS) - 2)
    return _hex(a + (b - a) * (at - low) for a, b in zip(_STOPS[low], _STOPS[low + 1], strict=True))


def _hex(channels: Iterable[float]) -> str:
    return "#" + "".join(f"{round(c):02x}" for c in channels)


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white), as WCAG 2.2 defines it.

    Example:
        >>> luminance("#ffffff"), luminance("#000000")
        (1.0, 0.0)
    """
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it; text needs 4.5."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def text_on(fill: str) -> str:
    """Ink or paper, whichever is better read on a fill; black where neither reaches a contrast of 4.5."""
    best = max((INK, PAPER), key=lambda colour: contrast(colour, fill))
    return best if contrast(best, fill) >= 4.5 else BLACK
