"""Posts and contradictions of the record that are new, or are there no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.editions.change import Change, Evidence, Row, both, by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.editions.change import Told

QUOTES = 2


def posts_changed(new: Told, old: Told) -> Iterator[Change]:
    """What the record says of who holds which post, where it says it newly or no more."""
    pair = both("record", new, old)
    if pair is None:
        return
    found, was = (by(document["posts"], "says", "when") for document in pair)
    url = f"/c/{new.manifest.case}/record"
    for key, row in found.items():
        if key not in was:
            what = f"The record newly says: {row['says']} ({row['when']})."
            yield Change("post", what, None, row["says"], url, evidence=_quoted(row["citations"], url))
    for key, row in was.items():
        if key not in found:
            yield Change("post", f"The record no longer says: {row['says']} ({row['when']}).", row["says"], None, url)


def contradictions_changed(new: Told, old: Told) -> Iterator[Change]:
    """Claims that newly exclude each other, and those that no longer do."""
    pair = both("record", new, old)
    if pair is None:
        return
    found, was = (by(document["contradictions"], "about", "left", "right") for document in pair)
    url = f"/c/{new.manifest.case}/record"
    for key, row in found.items():
        if key not in was:
            what = f"Two sides newly exclude each other on {row['about']}: '{row['left']}' and '{row['right']}'."
            evidence = _quoted([*row["left_citations"], *row["right_citations"]], url)
            yield Change("contradiction", what, None, row["about"], url, evidence=evidence)
    for key, row in was.items():
        if key not in found:
            what = f"No contradiction stands any more on {row['about']}: '{row['left']}' and '{row['right']}'."
            yield Change("contradiction", what, row["about"], None, url)


def _quoted(citations: list[Row], url: str) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(f"“{c['quote']}” ({c['document']}, {c['place'] or 'place unknown'})", url)
        if c["quote"]
        else Evidence(f"{c['document']}, {c['place'] or 'place unknown'}", url)
        for c in citations[:QUOTES]
    )
