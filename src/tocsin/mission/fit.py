"""Is a mission fit for purpose: criteria, verdicts as filed, their evidence, and what of the case's tables bears on each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tocsin.case.assessed_rows import EvidenceGrade, VerdictWord
from tocsin.case.rows import ResultLevel, SiteState
from tocsin.errors import CaseProblem, Where
from tocsin.mission.frameworks import FRAMEWORKS, Bears, Framework, Heading
from tocsin.mission.progress import OUTCOMES, lines_of_effort, same_line

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from tocsin.case.assessed_rows import Effort, Need, Precondition, Verdict
    from tocsin.case.cells import Basis
    from tocsin.case.rows import Indicator, Mission, Observation, SiteStatus, Task

NOT_ASSESSED = VerdictWord.NOT_ASSESSED.value
NOTHING_BEARS = "nothing in the tables of a case bears on it: it needs a document"


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a case that bear on headings; rows of every mission may be in them.

    Attributes:
        missions: all missions, for what else is done in the same country.
    """

    missions: tuple[Mission, ...] = ()
    tasks: tuple[Task, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    observations: tuple[Observation, ...] = ()
    site_status: tuple[SiteStatus, ...] = ()
    needs: tuple[Need, ...] = ()
    efforts: tuple[Effort, ...] = ()
    preconditions: tuple[Precondition, ...] = ()


@dataclass(frozen=True, slots=True)
class FiledVerdict:
    """A verdict as somebody filed it.

    Attributes:
        verdict: met, partly met, not met, unknown or not assessed.
        evidence: strong, moderate, weak or none.
        sources: what it rests on; never empty.
    """

    verdict: VerdictWord
    why: str
    evidence: EvidenceGrade
    would_change: str
    sources: tuple[str, ...]
    basis: Basis
    note: str | None


@dataclass(frozen=True, slots=True)
class HeadingFit:
    """A heading with every verdict filed under it.

    Attributes:
        heading: its name.
        asks: what is asked under it; None for a heading the framework does not have.
        said: the words of its verdicts, each once; `not assessed` where nobody filed one.
        verdicts: as filed, side by side.
        bears: what of the case's tables bears on it.
        remarks: verdicts that differ, or that rest on no evidence.
    """

    heading: str
    asks: str | None
    said: tuple[str, ...]
    verdicts: tuple[FiledVerdict, ...]
    bears: tuple[str, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FrameworkFit:
    """All headings of a framework; nothing is counted or weighed over them."""

    framework: str
    title: str
    source: str | None
    headings: tuple[HeadingFit, ...]


@dataclass(frozen=True, slots=True)
class MissionFit:
    """A mission under one or more frameworks."""

    mission_id: str
    name: str
    frameworks: tuple[FrameworkFit, ...] = field(default=())


def fit(
    mission: Mission, verdicts: Iterable[Verdict], *, tables: Tables, frameworks: Collection[Framework] | None = None
) -> MissionFit:
    """The headings of each framework, with the verdicts filed for a mission and what bears on each.

    Args:
        mission: the mission.
        verdicts: verdicts on any missions, in any order.
        tables: the tables of the case.
        frameworks: the frameworks shown; all that ship, and any other a verdict names, where not given.

    Raises:
        CaseProblem: a verdict names no source.
    """
    mine = [_with_source(v) for v in verdicts if v.mission_id == mission.mission_id]
    shown = [_framework(f, mission, mine, tables) for f in frameworks or FRAMEWORKS.values()]
    if frameworks is None:
        others = [v for v in mine if not any(f.owns(v.framework) for f in FRAMEWORKS.values())]
        shown += [
            FrameworkFit(name, name, None, _foreign([v for v in others if v.framework.casefold() == name.casefold()]))
            for name in lines_of_effort(v.framework for v in others)
        ]
    return MissionFit(mission.mission_id, mission.name, tuple(shown))


def _with_source(verdict: Verdict) -> Verdict:
    """A verdict made in Python without the checks of its row is refused like one in a file."""
    if not verdict.source_id:
        raise CaseProblem(
            f"the verdict on {verdict.criterion} of '{verdict.mission_id}' names no source",
            where=Where("verdicts.csv", field="source_id"),
            hint="fill source_id with what it rests on, or remove the verdict",
        )
    return verdict


def _framework(framework: Framework, mission: Mission, verdicts: Sequence[Verdict], tables: Tables) -> FrameworkFit:
    mine = [v for v in verdicts if framework.owns(v.framework)]
    known = {h.name.casefold() for h in framework.headings}
    headings = [
        _heading(h, [v for v in mine if v.criterion.casefold() == h.name.casefold()], bearing(h, mission, tables))
        for h in framework.headings
    ]
    others = _foreign([v for v in mine if v.criterion.casefold() not in known])
    return FrameworkFit(framework.name.value, framework.title, framework.source, (*headings, *others))


def _foreign(verdicts: Sequence[Verdict]) -> tuple[HeadingFit, ...]:
    """Verdicts under headings that no framework here has: shown as filed, never dropped."""
    names = lines_of_effort(v.criterion for v in verdicts)
    return tuple(_heading(Heading(n, ""), [v for v in verdicts if same_line(v.criterion, n)], ()) for n in names)


def _heading(heading: Heading, verdicts: Sequence[Verdict], bears: tuple[str, ...]) -> HeadingFit:
    filed = tuple(sorted((_filed(v) for v in verdicts), key=_by_verdict))
    words = tuple(dict.fromkeys(v.verdict.value for v in filed)) or (NOT_ASSESSED,)
    return HeadingFit(heading.name, heading.asks or None, words, filed, bears, tuple(_remarks(filed, words)))


def _filed(row: Verdict) -> FiledVerdict:
    sources = tuple(dict.fromkeys(name for name in (row.source_id, *row.also) if name))
    return FiledVerdict(row.verdict, row.why, row.evidence, row.would_change, sources, row.basis, row.note)


def _remarks(verdicts: Sequence[FiledVerdict], words: tuple[str, ...]) -> Iterable[str]:
    if len(words) > 1:
        yield f"verdicts differ and stand side by side: {', '.join(words)}"
    settled = {VerdictWord.MET, VerdictWord.PARTLY, VerdictWord.NOT_MET}
    for word in dict.fromkeys(v.verdict.value for v in verdicts if v.verdict in settled and _is_bare(v)):
        yield f"the verdict '{word}' rests on no evidence"


def _is_bare(verdict: FiledVerdict) -> bool:
    return verdict.evidence is EvidenceGrade.NONE


def _by_verdict(verdict: FiledVerdict) -> tuple[object, ...]:
    return list(VerdictWord).index(verdict.verdict), verdict.sources, verdict.why, verdict.would_change


def bearing(heading: Heading, mission: Mission, tables: Tables) -> tuple[str, ...]:
    """What the case's tables hold that bears on a heading; counts of rows, not a judgement."""
    return tuple(_BEARINGS[part](mission, tables) for part in heading.bears) or (NOTHING_BEARS,)


def _needs(mission: Mission, tables: Tables) -> str:
    lines = _lines(mission, tables)
    measured = [n for n in lines if any(same_line(row.line_of_effort, n) and row.measure for row in tables.needs)]
    return f"need: {_of(len(measured), lines, 'line of effort', 'lines of effort')} a published measure of need"


def _others(mission: Mission, tables: Tables) -> str:
    mine = _lines(mission, tables)
    neighbours = {m.mission_id for m in tables.missions if m.host == mission.host} - {mission.mission_id}
    if mission.host is None:
        return "other missions: unknown, as the host country is"
    shared = {t.mission_id for t in tables.tasks if t.mission_id in neighbours and _among(t.line_of_effort, mine)}
    same = f"on the same lines of effort: {', '.join(sorted(shared))}" if shared else "no task on the same lines"
    return f"other missions in {mission.host}: {', '.join(sorted(neighbours)) or 'none in missions.csv'}; {same}"


def _tasks(mission: Mission, tables: Tables) -> str:
    mine = [t for t in tables.tasks if t.mission_id == mission.mission_id]
    lines = lines_of_effort(t.line_of_effort for t in mine)
    return f"mandate: {_count(len(mine), 'task')} in {_count(len(lines), 'line', 'lines')} of effort"


def _theory(mission: Mission, tables: Tables) -> str:
    mine = [p for p in tables.preconditions if p.mission_id == mission.mission_id]
    return f"theory of change: {_count(len(mine), 'precondition')} written down"


def _measured(mission: Mission, tables: Tables) -> str:
    mine = _indicators(mission, tables)
    lines = [n for n in _lines(mission, tables) if n.casefold() != "all"]
    with_one = [n for n in lines if any(same_line(i.line_of_effort, n) for i in mine)]
    return f"indicators: {_of(len(with_one), lines, 'line of effort', 'lines of effort')} an indicator"


def _baselines(mission: Mission, tables: Tables) -> str:
    mine = _indicators(mission, tables)
    return f"baseline: {_of(sum(i.baseline is not None for i in mine), mine, 'indicator')} one"


def _targets(mission: Mission, tables: Tables) -> str:
    mine = _indicators(mission, tables)
    return f"target: {_of(sum(i.target is not None for i in mine), mine, 'indicator')} one"


def _outputs(mission: Mission, tables: Tables) -> str:
    return _published(mission, tables, (ResultLevel.INPUT, ResultLevel.OUTPUT), "inputs and outputs")


def _outcomes(mission: Mission, tables: Tables) -> str:
    return _published(mission, tables, OUTCOMES, "outcomes and impact")


def _published(mission: Mission, tables: Tables, levels: Collection[ResultLevel], words: str) -> str:
    mine = [i for i in _indicators(mission, tables) if i.level in levels]
    seen = {o.indicator_id for o in tables.observations}
    return f"{words}: {_of(sum(i.indicator_id in seen for i in mine), mine, 'indicator')} a published figure"


def _threats(mission: Mission, tables: Tables) -> str:
    mine = _indicators(mission, tables)
    return f"validity: {_of(sum(i.validity_threats is not None for i in mine), mine, 'indicator')} a written threat"


def _effort(mission: Mission, tables: Tables) -> str:
    mine = [e for e in tables.efforts if e.mission_id == mission.mission_id]
    known = sorted({e.kind.value for e in mine if (e.low, e.best, e.high) != (None, None, None)})
    return f"effort: {', '.join(known)} published" if known else "effort: no people, money or time published"


def _interruptions(mission: Mission, tables: Tables) -> str:
    stops = [
        s for s in tables.site_status if s.mission_id == mission.mission_id and s.status is not SiteState.OPEN
    ]  # fmt: skip
    named = ", ".join(sorted(f"{s.status.value} {s.start or 'at an unknown date'}" for s in stops))
    return f"sites: {named}" if named else "sites: no pause, reduction or closure on record"


_BEARINGS: dict[Bears, Callable[[Mission, Tables], str]] = {
    Bears.NEEDS: _needs,
    Bears.OTHERS: _others,
    Bears.TASKS: _tasks,
    Bears.THEORY: _theory,
    Bears.MEASURED: _measured,
    Bears.BASELINES: _baselines,
    Bears.TARGETS: _targets,
    Bears.OUTPUTS: _outputs,
    Bears.OUTCOMES: _outcomes,
    Bears.THREATS: _threats,
    Bears.EFFORT: _effort,
    Bears.INTERRUPTIONS: _interruptions,
}


def _indicators(mission: Mission, tables: Tables) -> list[Indicator]:
    return [i for i in tables.indicators if i.mission_id == mission.mission_id]


def _lines(mission: Mission, tables: Tables) -> tuple[str, ...]:
    return lines_of_effort(t.line_of_effort for t in tables.tasks if t.mission_id == mission.mission_id)


def _among(line: str, lines: Iterable[str]) -> bool:
    return any(same_line(line, other) for other in lines)


def _of(some: int, every: Sequence[object], one: str, many: str | None = None) -> str:
    """`1 of 5 indicators has`, `no indicator is on file, so none has`."""
    if not every:
        return f"no {one} is on file, so none has"
    noun = one if len(every) == 1 else many or one + "s"
    return f"{some} of {len(every)} {noun} {'has' if 1 in (some, len(every)) else 'have'}"


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"
