"""Commands: effort."""

from rich.table import Table

from tocsin.api.known import open_case
from tocsin.api.progress import effort_case
from tocsin.case.assessed_rows import EffortKind
from tocsin.case.rows import ResultLevel
from tocsin.cli.app import out
from tocsin.cli.printing import UNKNOWN, between, row, say, say_missions, table
from tocsin.cli.progress import NO_LINES
from tocsin.mission.effort import LineEffort, MissionEffort
from tocsin.mission.inputs import Input
from tocsin.mission.strength import Rate


def effort(*, case: str = ".", mission: str | None = None, json: bool = False) -> None:
    """People, money and time by line of effort, beside what is published of each level of result.

    People per million of the host's population stand beside reference missions. What is and is not known of
    cost-effectiveness is said in words; what is unknown is unknown, and never none.

    Example: tocsin effort --case iraq --mission nmi --json

    Args:
        case: a case folder, or the name of one that ships.
        mission: one mission by its id; those that case.toml assesses if not given.
        json: print JSON.
    """
    opened = open_case(case)
    done = effort_case(opened, mission=mission)
    say_missions(done, _say_effort, case=case, demo=opened.settings.demo, json=json)


def _say_effort(done: MissionEffort) -> None:
    if done.lines:
        out.print(_lines(done))
    else:
        say(f"{done.name}: {NO_LINES}")
    out.print(_rates(done))
    say(" ".join(done.worth))


def _lines(done: MissionEffort) -> Table:
    since = f"since {done.start}" if done.start is not None else "start unknown"
    until = f", until {done.end}" if done.end is not None else ""
    levels = [level.value for level in ResultLevel]
    made = table(
        f"{done.name} ({since}{until}): what goes in, and what is published of what comes of it",
        "line of effort", *(kind.value for kind in EffortKind), *levels,
    )  # fmt: skip
    for line in done.lines:
        row(made, line.line_of_effort, *(_inputs(line, kind) for kind in EffortKind), *(p.said for p in line.produced))
    return made


def _inputs(line: LineEffort, kind: EffortKind) -> str:
    if kind in line.unknown:
        return UNKNOWN
    return "\n".join(_input(given) for given in line.inputs if given.kind is kind)


def _input(given: Input) -> str:
    when = "" if given.start is None and given.end is None else f", {given.start or '?'} to {given.end or '?'}"
    ranged = "" if given.ranged or not given.known else ", no published range"
    return f"{between(given.low, given.high)} {given.unit}{when}{ranged} ({given.source_id or given.basis.value})"


def _rates(done: MissionEffort) -> Table:
    made = table(
        "Persons per million of the host's population", "mission", "host", "date", "persons", "population",
        "population of", "persons per million", "source", "note",
    )  # fmt: skip
    for rate in (*done.strength, *done.references):
        row(made, *_rate(rate))
    return made


def _rate(rate: Rate) -> tuple[str, ...]:
    return (
        rate.name, rate.country or UNKNOWN, rate.date or UNKNOWN, between(rate.people_low, rate.people_high),
        between(rate.population, rate.population), rate.population_from,
        between(rate.per_million_low, rate.per_million_high), rate.source_id or UNKNOWN, rate.note or "",
    )  # fmt: skip
