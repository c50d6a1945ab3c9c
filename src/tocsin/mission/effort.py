"""What is put into a mission by line of effort, beside what is published of its results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.case.assessed_rows import EffortKind
from tocsin.case.rows import ResultLevel
from tocsin.mission.inputs import Input, Produced, UnitCost, in_order, input_of, produced, unit_costs
from tocsin.mission.progress import lines_of_effort, same_line
from tocsin.mission.strength import Rate, reference, strength
from tocsin.mission.worth import worth

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tocsin.case.assessed_rows import Effort, Reference
    from tocsin.case.dates import PartialDate
    from tocsin.case.rows import Mission
    from tocsin.mission.progress import MissionProgress
    from tocsin.mission.strength import Populations


@dataclass(frozen=True, slots=True)
class LineEffort:
    """A line of effort: what goes in, what comes out, and what of its worth can be said.

    Attributes:
        inputs: rows as published; a kind with no row, or an empty one, is among `unknown`.
        unknown: kinds of which no number is published.
    """

    line_of_effort: str
    inputs: tuple[Input, ...]
    unknown: tuple[EffortKind, ...]
    produced: tuple[Produced, ...]
    unit_costs: tuple[UnitCost, ...]


@dataclass(frozen=True, slots=True)
class MissionEffort:
    """A mission's effort by line, its strength beside reference missions, and what is known of its worth.

    Attributes:
        strength: the mission's own rates; one of unknowns where no strength is published.
        references: rates of the reference missions, in the same unit.
        worth: what is and is not known of cost-effectiveness, sentence by sentence.
    """

    mission_id: str
    name: str
    start: PartialDate | None
    end: PartialDate | None
    lines: tuple[LineEffort, ...]
    strength: tuple[Rate, ...]
    references: tuple[Rate, ...]
    worth: tuple[str, ...]


def effort(
    mission: Mission, efforts: Iterable[Effort], *, progress: MissionProgress, references: Iterable[Reference],
    populations: Populations,
) -> MissionEffort:  # fmt: skip
    """What is put into a mission by line of effort, beside what is published of its results.

    Args:
        mission: the mission.
        efforts: rows of any missions, in any order.
        progress: the mission's own progress.
        references: the reference missions.
        populations: persons by country (ISO3) and year.
    """
    mine = [e for e in efforts if e.mission_id == mission.mission_id]
    names = lines_of_effort([line.line_of_effort for line in progress.lines] + [e.line_of_effort for e in mine])
    lines = tuple(_line(name, [e for e in mine if same_line(e.line_of_effort, name)], progress) for name in names)
    people = tuple(strength(mission, mine, populations))
    beside = tuple(
        sorted((reference(r, populations) for r in references), key=lambda r: (r.name, r.date or "", str(r)))
    )
    return MissionEffort(
        mission.mission_id,
        mission.name,
        mission.start,
        mission.end,
        lines,
        people,
        beside,
        worth(
            [i for line in lines for i in line.inputs],
            [p for line in lines for p in line.produced],
            [c for line in lines for c in line.unit_costs],
            strength=people,
        ),
    )


def _line(name: str, rows: Sequence[Effort], progress: MissionProgress) -> LineEffort:
    inputs = tuple(sorted((input_of(r) for r in rows), key=in_order))
    indicators = [i for line in progress.lines if same_line(line.line_of_effort, name) for i in line.indicators]
    unknown = tuple(kind for kind in EffortKind if not any(i.kind is kind and i.known for i in inputs))
    made = tuple(produced(level, [i for i in indicators if i.level is level]) for level in ResultLevel)
    return LineEffort(name, inputs, unknown, made, tuple(unit_costs(inputs, indicators)))
