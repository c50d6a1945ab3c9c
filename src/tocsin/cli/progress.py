"""Commands: progress, fit."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass

from rich.markup import escape
from rich.table import Table

from tocsin.api.known import open_case
from tocsin.api.progress import fit_case, progress_case
from tocsin.case import PartialDate
from tocsin.cli.app import out, print_json
from tocsin.mission.fit import FrameworkFit, HeadingFit
from tocsin.mission.progress import IndicatorProgress, MissionProgress, Series, Span

UNKNOWN = "unknown"
NO_LINES = "no line of effort is on file"
DEMO = "Demonstration: judgements in this case are placeholders."


def progress(*, case: str = ".", mission: str | None = None, json: bool = False) -> None:
    """Published figures of a mission beside baseline and target, by line of effort and level of result.

    Ranges are compared, not points: ranges that touch show no movement, and a value printed without a range
    reaches nothing for sure. Nothing is added up over indicators.

    Example: tocsin progress --case iraq --mission nmi --json

    Args:
        case: a case folder, or the name of one that ships.
        mission: one mission by its id; those that case.toml assesses if not given.
        json: print JSON.
    """
    opened = open_case(case)
    done = progress_case(opened, mission=mission)
    if json:
        print_json({"case": case, "demo": opened.settings.demo, "missions": as_plain(done)})
        return
    for one in done:
        if not one.lines:
            say(f"{one.name}: {NO_LINES}")
            continue
        out.print(_progress_table(one))
        for line in one.lines:
            say(f"{line.line_of_effort}: {'; '.join(line.evidence)}")
        say(one.attribution)
    say_demo(demo=opened.settings.demo)


def fit(
    *, case: str = ".", mission: str | None = None, framework: str | None = None, json: bool = False,
) -> None:  # fmt: skip
    """Is a mission fit for purpose: verdicts as filed, their evidence, and what would change them.

    A heading under which nobody filed a verdict is not assessed; what of the case's tables bears on it is listed.
    Verdicts that differ stand side by side. Nothing is counted or averaged over headings.

    Example: tocsin fit --case iraq --mission nmi --framework oecd --json

    Args:
        case: a case folder, or the name of one that ships.
        mission: one mission by its id; those that case.toml assesses if not given.
        framework: oecd (DAC criteria), dod (DoDI 5132.14) or nato (operations assessment); all if not given.
        json: print JSON.
    """
    opened = open_case(case)
    done = fit_case(opened, mission=mission, framework=framework)
    if json:
        print_json({"case": case, "demo": opened.settings.demo, "missions": as_plain(done)})
        return
    for one in done:
        for shown in one.frameworks:
            out.print(_fit_table(one.name, shown))
            if shown.source is not None:
                say(f"Headings in our own words, after: {shown.source}")
    say_demo(demo=opened.settings.demo)


def as_plain(value: object) -> object:
    """A frozen value as JSON has it: fields by name, dates as text."""
    if isinstance(value, PartialDate):
        return str(value)
    if is_dataclass(value):
        return {f.name: as_plain(getattr(value, f.name)) for f in fields(value)}
    return [as_plain(v) for v in value] if isinstance(value, (tuple, list)) else value


def say(words: str) -> None:
    """A line of plain words below a table."""
    out.print(words, markup=False, soft_wrap=True)


def say_demo(*, demo: bool) -> None:
    """The watermark of a case whose judgements are placeholders."""
    if demo:
        say(DEMO)


def number(value: float | None) -> str:
    """A number as printed, or `unknown`; never zero for what is not known."""
    if value is None:
        return UNKNOWN
    return f"{value:,.0f}" if value == round(value) else f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"


def between(low: float | None, high: float | None) -> str:
    """A range, or its one number, or `unknown`."""
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def table(title: str, *columns: str) -> Table:
    """A table whose cells wrap, a rule between rows."""
    made = Table(title=escape(title), show_lines=True)
    for name in columns:
        made.add_column(name, overflow="fold")
    return made


def row(made: Table, *cells: str) -> None:
    """A row of words as they are: what a source writes in brackets is no markup."""
    made.add_row(*(escape(cell) for cell in cells))


def _progress_table(done: MissionProgress) -> Table:
    made = table(
        f"{done.name}: what is published of its results", "line of effort", "result", "indicator", "baseline", "target",
        "earliest", "latest", "target reached", "from the baseline", "from the earliest", "may mislead",
    )  # fmt: skip
    for line in done.lines:
        if not line.indicators:
            row(made, line.line_of_effort, "", line.evidence[0], *[UNKNOWN] * 4, *[""] * 4)
        for indicator in line.indicators:
            for series in indicator.series:
                row(made, line.line_of_effort, *_indicator_cells(indicator, series))
    return made


def _indicator_cells(indicator: IndicatorProgress, series: Series) -> Iterable[str]:
    where = f", {series.area}" if series.area is not None else ""
    yield indicator.level.value
    yield f"{indicator.definition}{where} ({indicator.unit}; better {indicator.better.value})"
    yield number(indicator.baseline)
    yield number(indicator.target)
    yield _span(series.first)
    yield _span(series.last)
    yield series.target.value
    yield series.baseline.value
    yield series.trend.value
    yield "; ".join(words for words in (indicator.validity_threats, *series.remarks) if words)


def _span(span: Span | None) -> str:
    if span is None:
        return UNKNOWN
    return f"{between(span.low, span.high)} ({', '.join(str(d) for d in span.dates)})"


def _fit_table(mission: str, shown: FrameworkFit) -> Table:
    made = table(
        f"{mission}: {shown.title}", "heading", "verdict", "evidence", "why", "would change it", "sources",
        "what the tables hold",
    )  # fmt: skip
    for heading in shown.headings:
        for cells in _heading_rows(heading):
            row(made, *cells)
    return made


def _heading_rows(heading: HeadingFit) -> Iterable[tuple[str, ...]]:
    bears = "\n".join((*heading.remarks, *heading.bears))
    asks = f"{heading.heading}\n{heading.asks}" if heading.asks else heading.heading
    if not heading.verdicts:
        yield asks, heading.said[0], "", "nobody filed a verdict", "", "", bears
    for i, v in enumerate(heading.verdicts):
        yield (
            heading.heading if i else asks, v.verdict.value, v.evidence.value, v.why, v.would_change,
            f"{', '.join(v.sources)} ({v.basis.value})", "" if i else bears,
        )  # fmt: skip
