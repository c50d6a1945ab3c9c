"""Commands: instruments."""

from rich.table import Table

from tocsin.api.gap import instruments_case
from tocsin.api.known import open_case
from tocsin.api.shapes.instruments import instruments_json
from tocsin.case.assessed_rows import InstrumentKind
from tocsin.case.dates import PartialDate
from tocsin.cli.app import out, print_json
from tocsin.mission.instruments import InstrumentTable


def instruments(*, case: str = ".", at: str | None = None, json: bool = False) -> None:
    """Drivers and armed actors against the instruments in place, and who holds them.

    Example: tocsin instruments --case iraq --at 2021-06 --json

    Args:
        case: a case folder, or the name of one that ships.
        at: a year, month or day at which instruments must be in force; whatever their dates if not given.
        json: print JSON.
    """
    done = instruments_case(open_case(case), at=None if at is None else PartialDate.parse(at))
    if json:
        print_json(instruments_json(done, case=case, at=at))
        return
    if not done.rows:
        out.print("No row names a driver of violence: what is in place against any is unknown.", markup=False)
        return
    out.print(_table(done, at))
    for line in _lines(done):
        out.print(line, soft_wrap=True, markup=False)


def _table(done: InstrumentTable, at: str | None) -> Table:
    table = Table(
        title="Drivers and the instruments " + ("named" if at is None else f"in force at {at}"), show_lines=True
    )
    table.add_column("driver")
    for kind in InstrumentKind:
        table.add_column(kind.value)
    for i, row in enumerate(done.rows):
        if i == 0 or done.rows[i - 1].kind is not row.kind:
            table.add_row(f"[bold]{row.kind.value}[/]", *("" for _ in InstrumentKind))
        table.add_row(row.name, *(cell.words for cell in row.cells))
    return table


def _lines(done: InstrumentTable) -> list[str]:
    by_driver: dict[str, list[str]] = {}
    for driver, kind in done.empty:
        by_driver.setdefault(driver, []).append(kind)
    lines = ["No row names anything here, which is unknown and not none:"] if by_driver else []
    return [*lines, *(f"- {driver}: {', '.join(kinds)}" for driver, kinds in by_driver.items())]
