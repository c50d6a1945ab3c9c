"""Commands: data."""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter
from rich.table import Table

from tocsin.cli.app import out, print_json, progress
from tocsin.sources.starter import starter_bytes, starter_cards, starter_table

Row = Mapping[str, str | int | None]

data = App(name="data", help="The starter set: figures that ship with Tocsin, each with its card.")


@data.command
def build(*, from_: Annotated[Path, Parameter(name="--from")], to: Path | None = None, json: bool = False) -> None:
    """Make the starter tables again from the publishers' files.

    Example: tocsin data build --from ../shared/data --to src/tocsin/starter

    Args:
        from_: the folder of the publishers' files, laid out as docs/starter.md says.
        to: the folder of the tables; by default the one Tocsin reads.
        json: print JSON.
    """
    from tocsin.sources.build import build_starter  # noqa: PLC0415  # geometry is loaded only where it is needed

    target = to if to is not None else Path(str(files("tocsin") / "starter"))
    with progress("building") as bar:
        built = build_starter(from_, target, seen=lambda name: bar.update(bar.task_ids[0], description=name))
    rows: list[Row] = [{"name": b.name, "rows": b.rows, "bytes": b.bytes, "licence": b.licence} for b in built]
    _show(rows, as_json=json, title=f"Starter set in {target}")


@data.command(name="list")
def list_(*, json: bool = False) -> None:
    """List the starter tables: rows, bytes, licence, vintage and last month.

    Example: tocsin data list --json

    Args:
        json: print JSON.
    """
    rows: list[Row] = [
        {
            "name": name,
            "rows": starter_table(name).height,
            "bytes": len(starter_bytes(name)),
            "licence": card.licence,
            "vintage": card.vintage,
            "last_month": None if card.last_month is None else str(card.last_month),
            "source": card.source,
        }
        for name, card in starter_cards().items()
    ]
    _show(rows, as_json=json, title="Starter set")


def _show(rows: Sequence[Row], *, as_json: bool, title: str) -> None:
    if as_json:
        print_json({"tables": rows, "bytes": sum(int(row["bytes"] or 0) for row in rows)})
        return
    table = Table(title=title)
    shown = [name for name in rows[0] if name != "source"]
    for name in shown:
        table.add_column(
            name.replace("_", " "), justify="right" if name in {"rows", "bytes"} else "left", no_wrap=name == "name"
        )
    for row in rows:
        table.add_row(*(f"{v:,}" if isinstance(v := row[name], int) else v or "" for name in shown))
    out.print(table)
    out.print(f"{sum(int(row['bytes'] or 0) for row in rows):,} bytes in all")
