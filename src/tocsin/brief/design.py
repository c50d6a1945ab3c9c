"""How a brief looks, said once for screen and paper.

Every pair of text and ground meets WCAG 2.2 AA (4.5 to 1).
"""

from __future__ import annotations

INK = "#1b242d"
MUTED = "#505c68"
RULE = "#d3d9df"
ACCENT = "#0b4a82"
JUDGEMENT_GROUND = "#f1f5f9"
CAUTION = "#7d4a00"
CAUTION_GROUND = "#fdf5e4"
FINDING = "#1d5c3a"
FINDING_GROUND = "#eff6f1"
TINT = (247, 183, 101)
TINT_STEPS = 20
"""Depths of the tint that a page knows as classes, so that no cell carries a style of its own."""

COLOURS = {
    "ink": INK, "muted": MUTED, "rule": RULE, "accent": ACCENT, "judgement_ground": JUDGEMENT_GROUND,
    "caution": CAUTION, "caution_ground": CAUTION_GROUND, "finding": FINDING, "finding_ground": FINDING_GROUND,
}  # fmt: skip

WORDS = {
    "annex": "Annex", "brief": "Brief", "judgement": "Key judgement", "made": "Made", "notes": "Notes",
    "skip": "Skip to the brief", "back": "Back to the text", "licence": "Licence",
    "note": "Note", "caution": "Caution", "finding": "Finding",
}  # fmt: skip
"""The words the renderers add of themselves: none holds a number."""


def tint(depth: float) -> str:
    """The colour behind a cell of a shade from 0 (white) to 1, dark text staying readable on all of them.

    Example:
        >>> tint(0), tint(1)
        ('#ffffff', '#f7b765')
    """
    return "#" + "".join(f"{round(255 + (channel - 255) * depth):02x}" for channel in TINT)
