"""Figures that are newer, or late, and a method that is another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.editions.change import Change, Evidence, both, by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.editions.change import Told

METHOD = {"tocsin": "Tocsin", "model": "the model that warns", "seed": "the seed", "draws": "the number of draws"}


def sources_changed(new: Told, old: Told) -> Iterator[Change]:
    """Sources whose figures reach further, are of another issue, or came to be late."""
    url = f"/c/{new.manifest.case}/trust"
    pair = both("freshness", new, old)
    if pair is not None:
        before = by(pair[1], "source")
        for row in pair[0]:
            then = before.get((row["source"],))
            if then is None:
                continue
            if then["newest_month"] != row["newest_month"]:
                what = f"{row['source']} reaches to {row['newest_month']}, and reached to {then['newest_month']}."
                yield Change("source", what, then["newest_month"], row["newest_month"], url)
            if row["stale"] and not then["stale"]:
                yield Change("stale", f"{row['source']} is late: {row['words']}.", then["stale"], row["stale"], url)
    pair = both("sources", new, old)
    if pair is None:
        return
    before = by(pair[1], "source")
    for row in pair[0]:
        then = before.get((row["source"],))
        if then is not None and then["vintage"] != row["vintage"]:
            what = f"{row['source']} is now of the issue {row['vintage']}, and was of {then['vintage']}."
            yield Change("source", what, then["vintage"], row["vintage"], url)


def method_changed(new: Told, old: Told) -> Iterator[Change]:
    """Another version, model, seed or number of draws, by which numbers may differ though the world has not."""
    url = f"/c/{new.manifest.case}/trust"
    for key, words in METHOD.items():
        now, then = getattr(new.manifest, key), getattr(old.manifest, key)
        if now != then:
            what = f"{words[0].upper()}{words[1:]} is {now}, and was {then}: numbers may differ for that alone."
            told = (Evidence("; ".join(new.manifest.commands) or "tocsin run", url),)
            yield Change("method", what, then, now, url, evidence=told)
