"""How commands print: tables of words, lines below them, frozen values as JSON."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from rich.markup import escape
from rich.table import Table

from tocsin.api.shapes.plain import as_plain
from tocsin.cli.app import out, print_json
from tocsin.cli.shown import seen

M = TypeVar("M")
"""What was found of one mission."""
UNKNOWN = "unknown"
DEMO = "Demonstration: judgements in this case are placeholders."


def say(words: str) -> None:
    """A line of plain words below a table; nothing in them acts on the terminal."""
    out.print(seen(words, lines=True), markup=False, soft_wrap=True)


def say_demo(*, demo: bool) -> None:
    """The watermark of a case whose judgements are placeholders."""
    if demo:
        say(DEMO)


def say_missions(
    done: Iterable[M], say_one: Callable[[M], None], *, case: str, demo: bool, json: bool
) -> None:  # fmt: skip
    """What was found of a case's missions: one JSON document, or mission by mission with the watermark below."""
    if json:
        print_json({"case": case, "demo": demo, "missions": [as_plain(one) for one in done]})
        return
    for one in done:
        say_one(one)
    say_demo(demo=demo)


def number(value: float | None) -> str:
    """A number as printed, or `unknown`; never zero for what is not known."""
    if value is None:
        return UNKNOWN
    return f"{value:,.0f}" if value == round(value) else f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"


def between(low: float | None, high: float | None) -> str:
    """A range, or its one number, or `unknown`."""
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def table(title: str, *columns: str) -> Table:
    """A table whose cells wrap, a rule between rows; nothing in its title acts on the terminal."""
    made = Table(title=escape(seen(title, lines=True)), show_lines=True)
    for name in columns:
        made.add_column(name, overflow="fold")
    return made


def row(made: Table, *cells: str) -> None:
    """A row of words as they are: what a source writes in brackets is no markup."""
    made.add_row(*(escape(seen(cell, lines=True)) for cell in cells))


def bounds(low: float | None, high: float | None) -> str:
    """What lies above a value, below one, or both, to three figures: what comes from judged ranges has no more.

    Example:
        >>> bounds(0.21749, None), bounds(1, 2.5)
        ('above 0.217', 'above 1 and below 2.5')
    """
    sides = (("above", low), ("below", high))
    return " and ".join(f"{word} {number(float(f'{value:.3g}'))}" for word, value in sides if value is not None)
