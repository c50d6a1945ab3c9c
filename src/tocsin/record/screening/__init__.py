"""Names against designation lists, as of a day; a match is likeness of names, not a finding."""

from tocsin.record.screening.index import Index, Listed, build_index
from tocsin.record.screening.screening import (
    CUTOFF,
    LIMIT,
    NO_MATCH,
    NOT_A_FINDING,
    THRESHOLD,
    Hit,
    Query,
    nearest,
    screen,
)

__all__ = [
    "CUTOFF", "LIMIT", "NOT_A_FINDING", "NO_MATCH", "THRESHOLD", "Hit", "Index", "Listed", "Query", "build_index",
    "nearest", "screen",
]  # fmt: skip
