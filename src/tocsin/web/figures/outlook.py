"""The warnings of an edition, by level: what was asked, the answer for every area, and how such warnings fared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tocsin.vocabulary import Level, Likelihood, Month, deaths
from tocsin.warn.question import Question
from tocsin.web.figures.per_edition import per_edition

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tocsin.editions import Edition

    Row = Mapping[str, Any]

EXPERIMENTAL = "experimental"


@dataclass(frozen=True)
class Outlook:
    """The newest warnings of one level, as an edition holds them.

    Attributes:
        level: countries, or provinces of the case.
        origin: last month whose figures were seen.
        target: what is counted.
        vintage: of the figures.
        model: that warned.
        experimental: whether the model's contract says so at this level.
        ranked_by: the question that the rows are ranked by.
        rows: one an area, in the shape of `warn --json`.
        records: how such warnings fared in backtests, one a question and budget.
        called: how many the probabilities expected in the backtest, and how many came; None where not counted.
    """

    level: Level
    origin: Month
    target: str
    vintage: str
    model: str
    experimental: bool
    ranked_by: Question
    rows: Sequence[Row]
    records: Sequence[Row]
    called: tuple[float, int] | None

    @property
    def questions(self) -> tuple[Question, ...]:
        """What was asked of every area: by window, escalation first, then rising thresholds."""
        return tuple(sorted(map(_question, self.rows[0]["probabilities"]), key=lambda q: (q.months, q.threshold or 0)))

    @property
    def budgets(self) -> tuple[int, ...]:
        """Alerts at each origin whose record is known, rising."""
        return tuple(sorted({r["budget"] for r in self.records}))

    def record(self, question: Question, budget: int) -> Row | None:
        """How alerts on a question at a budget fared; None where that was not counted."""
        found = (r for r in self.records if r["question"] == question.words and r["budget"] == budget)
        return next(found, None)

    def row(self, area_id: str) -> Row | None:
        """An area's warning; None where it was not forecast."""
        return next((r for r in self.rows if r["area_id"] == area_id), None)


@dataclass(frozen=True, slots=True)
class Warned:
    """One area as a question ranks it.

    Attributes:
        area_id: the area.
        name: as a reader knows it.
        rank: by the probability of the question asked, 1 first.
        p: probability that the answer is yes.
        row: the area's whole warning.
    """

    area_id: str
    name: str
    rank: int
    p: float
    row: Row

    @property
    def word(self) -> str:
        """The probability in the words of ICD 203."""
        return Likelihood.of(self.p).value

    @property
    def last_month(self) -> float | None:
        """Deaths in the last month seen."""
        return self.row["last_month"]  # type: ignore[no-any-return]

    @property
    def last_year(self) -> float | None:
        """Deaths a month over the last twelve months seen."""
        return self.row["last_year"]  # type: ignore[no-any-return]

    @property
    def why(self) -> str:
        """The sign that moved the forecast most, in words; unknown where it was not explained."""
        return moved(self.row["drivers"][0]) if self.row["drivers"] else "unknown"

    def own(self, budget: int) -> str:
        """How the area's own alerts at a budget fared in the backtest."""
        found = next((o for o in self.row["own_record"] if o["budget"] == budget), None)
        if found is None:
            return "unknown"
        return f"{found['hits']} of {found['alerts']}" if found["alerts"] else "no alert"


def moved(driver: Row) -> str:
    """A driver as a sentence's part: direction, group, and the strongest sign with its value.

    Example:
        >>> moved({"group": "its recent months", "move": 1.2, "strongest": "deaths last month", "value": 31.0})
        'raised by its recent months (deaths last month: 31)'
    """
    direction = "raised" if driver["move"] > 0 else "lowered"
    return f"{direction} by {driver['group']} ({driver['strongest']}: {measured(driver['value'])})"


def measured(value: float) -> str:
    """The value of a sign: whole where it is large, two digits where it is small.

    Example:
        >>> measured(31.00002), measured(-1.4713), measured(12643.59), measured(0.0)
        ('31', '-1.5', '12,644', '0')
    """
    if value == round(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}".removesuffix(".0") if abs(value) >= 1 else f"{value:.2f}"


def figure(value: float | None) -> str:
    """Deaths as they are printed; unknown where they are not known.

    Example:
        >>> figure(1234.4), figure(None)
        ('1,234', 'unknown')
    """
    return "unknown" if value is None else deaths(value)


def ranked(outlook: Outlook, question: Question) -> tuple[Warned, ...]:
    """Every area by its probability of a question, the highest first; ties stand as the edition ranks them."""
    key = question.key
    rows = sorted(outlook.rows, key=lambda r: (-r["probabilities"][key], r["rank"]))
    return tuple(Warned(r["area_id"], r["area"], i + 1, r["probabilities"][key], r) for i, r in enumerate(rows))


@per_edition(8)
def outlook_of(edition: Edition, level: Level) -> Outlook | None:
    """The warnings of a level; None where the edition holds none."""
    name = "outlook" if level is Level.COUNTRY else "provinces"
    if not edition.has(f"{name}.json"):
        return None
    read = edition.json(name)
    if not read or not read.get("rows"):
        return None
    called = read.get("called")
    rows = sorted(read["rows"], key=lambda r: r["rank"])
    return Outlook(
        level=level, origin=Month.parse(read["origin"]), target=read["target"], vintage=read["vintage"], model=read["model"],
        experimental=read.get("status", EXPERIMENTAL if level is Level.ADMIN1 else None) == EXPERIMENTAL,
        ranked_by=_ranked_by(rows[0], read["ranked_by"]), rows=tuple(rows), records=tuple(_records(edition, level, read)),
        called=(called["expected"], called["came"]) if called else None,
    )  # fmt: skip


def _records(edition: Edition, level: Level, read: Row) -> Sequence[Row]:
    """The record of a level's warnings: provinces take theirs from the replay of the same model."""
    if read.get("track_record"):
        return read["track_record"]  # type: ignore[no-any-return]
    if level is Level.ADMIN1 and edition.has("replay.json"):
        return edition.json("replay")["track_record"].get(read["model"], ())  # type: ignore[no-any-return]
    return ()


def _ranked_by(row: Row, words: str) -> Question:
    return next(q for q in map(_question, row["probabilities"]) if q.words == words)


def _question(key: str) -> Question:
    """A question from its key, as `escalation_within_6` or `p100_within_3`."""
    what, _, months = key.partition("_within_")
    return Question(int(months), None if what == "escalation" else int(what.removeprefix("p")))
