"""Tables of the view *Trust*: how old figures are, which models there are, what editions were made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tocsin.brief.blocks import Bullets, Callout, Column, Heading, Paragraph, Strong, Table, Text
from tocsin.forecast.contract import models
from tocsin.vocabulary import Level
from tocsin.web.blocks.own import kept_short, named, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.brief.blocks import Block
    from tocsin.editions import Edition
    from tocsin.web.place import Place

STALE = {
    True: "late: newer figures were due",
    False: "current",
    None: "unknown: when newer figures are due is not told",
}
LEVELS = {Level.COUNTRY: "countries", Level.ADMIN1: "provinces", Level.CELL: "half-degree cells"}


def freshness_table(at: Place) -> tuple[Block, ...]:
    """Every source with its newest month, and whether newer figures are due."""
    assert at.edition is not None, "the page is shown for an edition"
    held = at.edition.json("freshness") if at.edition.has("freshness") else []
    if not held:
        return (Callout("caution", "This edition does not say how old its figures are: unknown."),)
    rows = tuple(
        row(one["source"], one["newest_month"], STALE[one["stale"]], one.get("due"), one.get("lag"),
            f"tocsin fetch {_fetched(one['source'])}" if _fetched(one["source"]) else "ships with Tocsin")
        for one in held
    )  # fmt: skip
    columns = (
        Column("Source"), Column("Newest month"), Column("State", unit="when the edition was made"),
        Column("Newer figures due by"), Column("How its publisher goes about it"), Column("Newer figures by"),
    )  # fmt: skip
    late = sum(one["stale"] is True for one in held)
    unknown = sum(one["stale"] is None for one in held)
    said = f"Of {len(held)} sources, {late} {'is' if late == 1 else 'are'} late, and of {unknown} it is unknown."
    return Paragraph(said), Table("How old the figures of this edition are", columns, rows)


def _fetched(source: str) -> str:
    return "ucdp" if source.startswith("UCDP") else ""


def model_blocks(at: Place) -> tuple[Block, ...]:
    """A card for each model: what it was made for, on whose word, whether that was tested, and its known faults."""
    assert at.edition is not None, "the page is shown for an edition"
    used = at.edition.manifest.model
    contracts = sorted((model.contract for model in models().values()), key=lambda c: (c.name != used, c.name))
    blocks: list[Block] = []
    for contract in contracts:
        months = "1 month" if contract.needs == 1 else f"{contract.needs} months"
        tested = ", ".join(f"{LEVELS[level]}: {contract.status_at(level).value}" for level in contract.levels)
        blocks += [
            Heading(contract.title + (" (warns in this edition)" if contract.name == used else ""), level=2,
                    id=f"model-{contract.name.replace('_', '-')}"),
            Bullets((
                (Strong("Name. "), Text(contract.name)),
                (Strong("Its draws. "), Text(contract.predicts)),
                (Strong("Status. "), Text(tested)),
                (Strong("Needs. "), Text(f"{months} of figures before the origin")),
                (Strong("Source. "), Text(contract.paper)),
                (Strong("Known faults. "), Text("; ".join(contract.notes).replace("`", "") or "none known, which is not none")),
            )),
        ]  # fmt: skip
    return tuple(blocks)


def editions_tables(at: Place, editions: Sequence[Edition]) -> tuple[Block, ...]:
    """Every edition that is kept, what it was made from, and the inputs and times of the one that is shown.

    Args:
        at: the case and edition shown.
        editions: newest first.
    """
    assert at.edition is not None, "the page is shown for an edition"
    before = [*editions[1:], None]
    rows = tuple(
        row(one.id, f"{one.manifest.made:%Y-%m-%d %H:%M}", one.manifest.origin, one.manifest.provinces_origin,
            _otherwise(one, older), _changed(one), one.manifest.tocsin, named(one.manifest.commands))
        for one, older in zip(editions, before, strict=True)
    )  # fmt: skip
    columns = (
        Column("Edition"), Column("Made", unit="UTC"), Column("Countries through"), Column("Provinces through"),
        Column("Inputs that differ", unit="from the edition before"), Column("Findings changed", "right"),
        Column("Tocsin"), Column("Make it again"),
    )  # fmt: skip
    return Table("Editions that are kept, newest first", columns, rows), *_inputs(at.edition)


def _otherwise(new: Edition, old: Edition | None) -> str:
    if old is None:
        return "none kept before it"
    now, then = new.manifest.inputs, old.manifest.inputs
    differ = sorted(part for part in {*now, *then} if now.get(part) != then.get(part))
    return ", ".join(differ) or "none"


def _changed(edition: Edition) -> int | None:
    return len(edition.json("changes")) if edition.has("changes") else None


def _inputs(edition: Edition) -> tuple[Block, ...]:
    seconds = edition.manifest.seconds
    rows = tuple(row(part, said, _seconds(seconds.get(part))) for part, said in sorted(edition.manifest.inputs.items()))
    notes = [Bullets(tuple(edition.manifest.notes))] if edition.manifest.notes else []
    columns = Column("Part"), Column("Fingerprint of its inputs"), Column("Made in", "right", "seconds")
    return (
        Heading(f"Edition {edition.id}", id="this-edition"),
        Paragraph(
            f"Made with seed {edition.manifest.seed} and {edition.manifest.draws:,} draws by {edition.manifest.model}; "
            f"{len(edition.manifest.files)} files."
        ),
        *notes,
        Table("What each part was made from; the same fingerprint gives the same part", columns, rows),
    )


def _seconds(value: float | None) -> str | None:
    return None if value is None else "kept from before" if value == 0 else f"{value:.1f}"


def log_table(entries: Sequence[dict[str, Any]]) -> Table:
    """Forecasts in the log, newest first."""
    rows = tuple(
        row(str(one["made"]), str(one["model"]), str(one["level"]), str(one["origin"]), int(one["areas"]), int(one["draws"]),
            str(one["seed"]), str(one["code_version"]), kept_short(str(one["draws_hash"]), most=14))
        for one in entries
    )  # fmt: skip
    columns = (
        Column("Made"), Column("Model"), Column("Level"), Column("Origin"), Column("Areas", "right"),
        Column("Draws", "right"), Column("Seed", "right"), Column("Tocsin"), Column("Hash of the draws"),
    )  # fmt: skip
    return Table("Forecasts made on this machine, newest first", columns, rows)
