"""Tripwires, settlements and comparisons that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tocsin.editions.change import Change, Evidence, Row, both, by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.editions.change import Told

SHARE_OF_SCALE = 0.01
"""Share of a question's scale by which its centre must move to be told."""


def tripwires_changed(new: Told, old: Told) -> Iterator[Change]:
    """Tripwires whose state is another."""
    pair = both("decision", new, old)
    if pair is None:
        return
    found, was = (_tripwires(document) for document in pair)
    url = f"/c/{new.manifest.case}/decide"
    for key, row in found.items():
        then = was.get(key)
        if then is None or then["now"]["state"] == row["now"]["state"]:
            continue
        choice, tripwire = key
        yield Change(
            "tripwire",
            f"The tripwire '{row['watches']}' of {choice} is {row['now']['state']}, and was {then['now']['state']}.",
            then["now"]["state"], row["now"]["state"], f"{url}#{choice}-{tripwire}",
            evidence=(Evidence(row["now"]["why"], url), *_quotes(row, url)),
        )  # fmt: skip


def _tripwires(document: dict[str, Any]) -> dict[tuple[str, str], Row]:
    return {
        (choice["choice"], row["id"]): row
        for choice in document["tripwires"]
        for row in (*choice["tripwires"], *choice["refused"])
    }


def _quotes(row: Row, url: str) -> tuple[Evidence, ...]:
    return tuple(Evidence(quote["quote"], url) for quote in row.get("quotes", ())[:2] if quote.get("quote"))


def decisions_changed(new: Told, old: Told) -> Iterator[Change]:
    """Questions whose centre moved, and viewpoints that now put another option first."""
    pair = both("decision", new, old)
    if pair is None:
        return
    found, was = pair
    url = f"/c/{new.manifest.case}/decide"
    before = by(was["settle"], "question")
    for row in found["settle"]:
        then = before.get((row["question"],))
        if then is not None and abs(row["centre"] - then["centre"]) >= SHARE_OF_SCALE * (row["high"] - row["low"]):
            what = f"{row['asked']} The centre is {row['centre']:.3g} {row['unit']}, and was {then['centre']:.3g}."
            yield Change("settlement", what, then["centre"], row["centre"], f"{url}#{row['question']}")
    firsts = _firsts(was)
    for key, option in _firsts(found).items():
        if key in firsts and firsts[key] != option:
            what = f"{key[0]}: by {key[1]}, {option} is first most often, and {firsts[key]} was."
            yield Change("option", what, firsts[key], option, f"{url}#{key[0]}")


def _firsts(document: dict[str, Any]) -> dict[tuple[str, str], str]:
    """The alternative that each viewpoint of each choice puts first."""
    return {
        (choice["choice"], preference["name"]): preference["rows"][0]["alternative"]
        for choice in document["options"]
        for preference in choice["preferences"]
        if preference["rows"]
    }
