"""Commands: progress, fit."""

from collections.abc import Iterable

from rich.table import Table

from tocsin.api.known import open_case
from tocsin.api.progress import fit_case, progress_case
from tocsin.cli.app import out
from tocsin.cli.printing import UNKNOWN, between, number, row, say, say_missions, table
from tocsin.mission.fit import FrameworkFit, HeadingFit, MissionFit
from tocsin.mission.progress import IndicatorProgress, MissionProgress, Series, Span

NO_LINES = "no line of effort is on file"


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
    say_missions(done, _say_progress, case=case, demo=opened.settings.demo, json=json)


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
    say_missions(done, _say_fit, case=case, demo=opened.settings.demo, json=json)


def _say_progress(done: MissionProgress) -> None:
    if not done.lines:
        say(f"{done.name}: {NO_LINES}")
        return
    out.print(_progress_table(done))
    for line in done.lines:
        say(f"{line.line_of_effort}: {'; '.join(line.evidence)}")
    say(done.attribution)


def _say_fit(done: MissionFit) -> None:
    for shown in done.frameworks:
        out.print(_fit_table(done.name, shown))
        if shown.source is not None:
            say(f"Headings in our own words, after: {shown.source}")


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
