"""What a mission reaches, and which of its sites work, where that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.editions.change import Change, Evidence, both, by
from tocsin.vocabulary import percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.editions.change import Told

SHARE_MOVED = 0.01


def reach_changed(new: Told, old: Told) -> Iterator[Change]:
    """Shares of need within reach that moved by a hundredth or more."""
    pair = both("mission", new, old)
    if pair is None or pair[0].get("reach") is None or pair[1].get("reach") is None:
        return
    found, was = pair[0]["reach"], pair[1]["reach"]
    url = f"/c/{new.manifest.case}/mission"
    before = by(was["shares"], "measure", "km")
    for row in found["shares"]:
        then = before.get((row["measure"], row["km"]))
        if then is None or then["share"] == row["share"]:
            continue
        if None not in (row["share"], then["share"]) and round(abs(row["share"] - then["share"]), 6) < SHARE_MOVED:
            continue
        words = [f"{'unknown' if s is None else percent(s)}" for s in (row["share"], then["share"])]
        measure = row["measure"].replace("_", " ")
        yield Change(
            "reach", f"Within {row['km']:g} km of its sites the mission has {words[0]} of {measure}, and had {words[1]}.",
            then["share"], row["share"], url,
            evidence=(Evidence(f"Counted over {found['from']} to {found['to']}, {found['source']}.", url),),
        )  # fmt: skip


def sites_changed(new: Told, old: Told) -> Iterator[Change]:
    """Sites that are new, gone, or in another state; those that a user entered are named by no change."""
    pair = both("sites", new, old)
    if pair is None:
        return
    found, was = ({r["site"]: r for r in rows if not r["entered_by_user"]} for rows in pair)
    url = f"/c/{new.manifest.case}/mission"
    for site in sorted({*found, *was}):
        now, then = found.get(site), was.get(site)
        states = [None if r is None else r["state"] for r in (now, then)]
        if states[0] == states[1]:
            continue
        name = (now or then or {})["name"]
        said = ["not in the case" if s is None else s for s in states]
        yield Change("site", f"The site {name} is {said[0]}, and was {said[1]}.", states[1], states[0], url)
