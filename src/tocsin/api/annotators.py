"""How far two annotators who read apart agree: the most that a machine judged by one of them can be asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tocsin.api import benchmark_treasury as treasury
from tocsin.api.treasury_scores import pair_designations, pair_posts
from tocsin.record.reading import read_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SECOND = "second"
"""Folder of the second readings; each is named as the half and the first reading: `dev-NAME.json`."""


def between_annotators(data: Path, annotations: Path) -> treasury.TreasuryScores | None:
    """Score the second annotator against the first, by the rules that the extractor is scored by.

    Only releases are counted whose first reading is there. None where no second reading is.
    """
    verdicts = []
    for path in sorted((annotations / SECOND).glob("*.json")):
        half, name = path.name.split("-", 1)
        first = annotations / half / name
        if first.is_file():
            verdicts.append(_verdict(data, *(json.loads(p.read_text("utf-8")) for p in (path, first))))
    return treasury.scored(verdicts, split=SECOND) if verdicts else None


def _verdict(data: Path, second: Mapping[str, object], first: Mapping[str, object]) -> treasury.Verdict:
    release = str(first["release"])
    source, _ = treasury.releases(data, [release])[release]
    _, text = read_bytes(source.encode("utf-8"), name="release.md")
    assert text is not None
    theirs, ours = (treasury.gold_designations(told, source, text) for told in (second, first))
    their_posts, our_posts = (treasury.gold_posts(told, source, text) for told in (second, first))
    return treasury.Verdict(
        release, theirs, ours, tuple(pair_designations(theirs, ours)),
        their_posts, our_posts, tuple(pair_posts(their_posts, our_posts)),
    )  # fmt: skip
