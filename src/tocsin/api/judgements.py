"""The judgement log of a case: added to, closed, corrected, checked and scored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from tocsin.case.folder import BUNDLED
from tocsin.case.judgements import LOG_FILE, append_after, read_log
from tocsin.decide.judgements import (
    About,
    Head,
    breaches,
    entry_after,
    entry_of,
    judgements,
    notes,
    read_entries,
    scored,
    tallies,
    unscored,
)
from tocsin.errors import InputError, UnknownName, Where
from tocsin.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tocsin.case import Case
    from tocsin.decide.judgements import Breach, Entry, Judgement, Log, Noted, ScoredJudgement, Tally, Unscored


@dataclass(frozen=True, slots=True)
class JudgementsFound:
    """What a judgement log holds today.

    Attributes:
        file: the log.
        log: its entries, faults and head.
        judgements: every forecast as it stands.
        notes: every note.
        breaches: entries that do not count, with the reason.
        scored: the score of each forecast that was closed.
        tallies: mean scores by who and over all.
        unscored: how many forecasts have no score, by who.
    """

    file: Path
    log: Log
    judgements: tuple[Judgement, ...]
    notes: tuple[Noted, ...]
    breaches: tuple[Breach, ...]
    scored: tuple[ScoredJudgement, ...]
    tallies: tuple[Tally, ...]
    unscored: tuple[Unscored, ...]


def judgement_log_file(case: Case, *, settings: Settings | None = None) -> Path:
    """Where a case's judgement log is: `judgements.jsonl` in its folder.

    The folder of a case that ships with Tocsin is not the user's to write: its log is `judgements/NAME.jsonl` in the data
    folder.
    """
    if case.folder.resolve().parent == BUNDLED.resolve():
        settings = settings or Settings.load()
        return settings.data_dir / "judgements" / f"{case.folder.name}.jsonl"
    return case.folder / LOG_FILE


def about_in(
    case: Case, *, question: str | None = None, choice: str | None = None, option: str | None = None,
    criterion: str | None = None, id: str | None = None,  # noqa: A002  # the word of the log
) -> About:  # fmt: skip
    """What an entry is about, held against the case.

    Raises:
        UnknownName: the case has no such question, choice, option or criterion.
        InputError: nothing is named, or more than one thing.
    """
    if sum(name is not None for name in (question, choice, id)) != 1:
        raise InputError("a judgement is about one thing", hint="name a question, a choice (and criterion), or an id")
    if choice is None and (option is not None or criterion is not None):
        raise InputError("an option or criterion is named without its choice", hint="name the choice too")
    if question is not None and question not in {each.id for each in case.questions}:
        raise UnknownName.of("question", question, [each.id for each in case.questions])
    if choice is not None:
        _in_choice(case, choice, option=option, criterion=criterion)
    return About(question=question, choice=choice, option=option, criterion=criterion, id=id)


def add_judgement(
    case: Case, statement: str, *, who: str, about: About, probability: float | None = None,
    quantiles: Sequence[tuple[float, float]] | None = None, unit: str | None = None, low: float | None = None,
    high: float | None = None, closes: date | None = None, note: str | None = None, now: datetime | None = None,
) -> Entry:  # fmt: skip
    """Add a forecast to a case's judgement log.

    Args:
        case: a checked case.
        statement: what will turn out true or false, or what number it is.
        who: who says so: initials, a role or a number.
        about: what it is about (`about_in`).
        probability: that the statement turns out true, 0..1.
        quantiles: pairs of level (0..1) and value; of the two, one is given.
        unit: of the values; that of the question's scale or of the criterion where not given.
        low: the lowest value that can come; the lower end of the question's scale where not given.
        high: the highest value that can come; the upper end of the scale where not given.
        closes: the day on which the answer is known; when the question is decided where not given.
        note: the reason.
        now: the time of the entry; that of the clock where not given.

    Raises:
        InputError: something is missing, or the forecast would be late.
        FileProblem: the log has faults, or cannot be written.
    """
    if (probability is None) == (quantiles is None):
        raise InputError("a forecast is a probability or quantiles", hint="give one of the two")
    content: dict[str, Any] = {
        "who": who, "about": about.model_dump(exclude_none=True), "statement": statement,
        "closes": (closes or _closes(case, about)).isoformat(), **({} if note is None else {"note": note}),
    }  # fmt: skip
    if probability is not None:
        return _append(
            case, {"kind": "probability", **content, "probability": _float(probability, "probability")}, now=now
        )
    content |= _on_scale(case, about, unit=unit, low=low, high=high)
    pairs = [[_float(part, "quantiles") for part in (level, value)] for level, value in quantiles or ()]
    return _append(case, {"kind": "quantiles", **content, "quantiles": pairs}, now=now)


def _float(value: float, key: str) -> float:
    """A number as the log writes it; a whole number may be too long for that."""
    try:
        return float(value)
    except OverflowError as error:
        hint = "give a smaller number, if need be in a larger unit"
        raise InputError(
            f"a whole number of so many digits cannot be kept as {key}", where=Where(field=key), hint=hint
        ) from error


def close_judgement(
    case: Case, number: int, *, came: bool | float | None, who: str, on: date | None = None,
    source: str | None = None, note: str | None = None, now: datetime | None = None,
) -> Entry:  # fmt: skip
    """Close a forecast with what came; it is scored from then on.

    Args:
        case: a checked case.
        number: of the forecast.
        came: true, false or the number; None where it will never be known.
        who: who says so.
        on: the day on which it came; the closing day where not given, once that has been reached.
        source: where that can be read.
        note: anything a reader should know.
        now: as in `add_judgement`.

    Raises:
        InputError: there is no such forecast, it is closed, the answer is of the wrong kind, or it is given before the
            closing day without the day on which it came.
        FileProblem: the log has faults, or cannot be written.
    """
    time = now or datetime.now(UTC)
    day = on or _closing_day(case, number, today=time.astimezone(UTC).date())
    content = {
        "kind": "came",
        "who": who,
        "of": number,
        "came": came,
        "on": day.isoformat(),
        "source": source,
        "note": note,
    }
    return _append(case, {k: v for k, v in content.items() if v is not None or k == "came"}, now=time)


def correct_judgement(
    case: Case, number: int, *, who: str, why: str, instead: Mapping[str, Any], now: datetime | None = None
) -> Entry:
    """Say what stands instead of an entry from now on; the entry stays in the log.

    Args:
        case: a checked case.
        number: of the entry.
        who: who corrects it: a forecast or note, its maker alone; what came, anybody.
        why: the reason.
        instead: one of `probability`, `quantiles`, `came` (with `on`), `note`, or `withdrawn` as true.
        now: as in `add_judgement`.

    Raises:
        InputError: the correction would not count: the reason is given.
        FileProblem: the log has faults, or cannot be written.
    """
    return _append(case, {"kind": "correction", "who": who, "of": number, "why": why, **instead}, now=now)


def note_judgement(
    case: Case, words: str, *, who: str, about: About | None = None, of: int | None = None, now: datetime | None = None
) -> Entry:
    """Keep words with their date: a reason, an assumption, a dissent.

    Args:
        case: a checked case.
        words: the note.
        who: whose it is.
        about: what it is about.
        of: number of the entry it is about.
        now: as in `add_judgement`.

    Raises:
        InputError: there is no such entry.
        FileProblem: the log has faults, or cannot be written.
    """
    content = {"kind": "note", "who": who, "about": None if about is None else about.model_dump(exclude_none=True),
               "of": of, "note": words}  # fmt: skip
    return _append(case, {k: v for k, v in content.items() if v is not None}, now=now)


def judgements_case(case: Case, *, today: date | None = None, settings: Settings | None = None) -> JudgementsFound:
    """Every judgement of a case as it stands, with the scores of those that were closed.

    A log with faults is read as far as it can be; `log.faults` says what is wrong, and nothing of it is scored.

    Args:
        case: a checked case.
        today: the day (UTC) as of which it is read; that of the clock where not given.
        settings: where the log of a case that ships is.
    """
    file = judgement_log_file(case, settings=settings)
    log = read_entries(read_log(file))
    stand = judgements(log.entries, today=today or datetime.now(UTC).date())
    done = scored(stand) if not log.faults else ()
    return JudgementsFound(
        file, log, stand, notes(log.entries), breaches(log.entries), done, tallies(done), unscored(stand)
    )


def verify_judgements(case: Case, *, head: str | None = None) -> Log:
    """Check that a case's judgement log is as it was written.

    Args:
        case: a checked case.
        head: `NUMBER:HASH` as it was printed earlier and kept elsewhere: entries cut off since are found too.

    Raises:
        InputError: that is no head.
        FileProblem: the log cannot be read.
    """
    kept = None if head is None else Head.parse(head)
    if head is not None and kept is None:
        raise InputError("this is no head of a log", where=Where(field="head"), hint="give it as printed: NUMBER:HASH")
    return read_entries(read_log(judgement_log_file(case)), head=kept)


def _append(case: Case, content: Mapping[str, Any], *, now: datetime | None) -> Entry:
    file = judgement_log_file(case)
    if file.name != LOG_FILE:
        file.parent.mkdir(parents=True, exist_ok=True)
    time = now or datetime.now(UTC)
    line = append_after(file, lambda lines: entry_after(lines, content, now=time))
    entry, _ = entry_of(line)
    assert entry is not None, "an entry that was added can be read"
    return entry


def _in_choice(case: Case, choice: str, *, option: str | None, criterion: str | None) -> None:
    known = {each.id: each for each in case.choices}
    if choice not in known:
        raise UnknownName.of("choice", choice, known)
    for kind, name, names in (
        ("option", option, [each.id for each in known[choice].options]),
        ("criterion", criterion, [each.id for each in known[choice].criteria]),
    ):
        if name is not None and name not in names:
            raise UnknownName.of(kind, name, names)


def _closes(case: Case, about: About) -> date:
    decides = next((each.decides for each in case.questions if each.id == about.question), None)
    if decides is None or decides.latest is None:
        raise InputError(
            "it is not said when the answer will be known", where=Where(field="closes"),
            hint="give the day on which the forecast closes, as 2026-09-30",
        )  # fmt: skip
    return decides.latest


def _on_scale(
    case: Case, about: About, *, unit: str | None, low: float | None, high: float | None
) -> dict[str, object]:  # fmt: skip
    scale = next((each.scale for each in case.questions if each.id == about.question), None)
    if scale is not None and unit in {None, scale.unit}:
        unit, low, high = scale.unit, scale.low if low is None else low, scale.high if high is None else high
    criteria = [c for each in case.choices if each.id == about.choice for c in each.criteria]
    unit = unit or next((c.unit for c in criteria if c.id == about.criterion), None)
    if unit is None:
        raise InputError("the values have no unit", where=Where(field="unit"), hint="say their unit, as deaths a year")
    return {k: v for k, v in (("unit", unit), ("low", low), ("high", high)) if v is not None}


def _closing_day(case: Case, number: int, *, today: date) -> date:
    """The day on which a forecast closes, where it has been reached."""
    closes = next((each.closes for each in judgements_case(case).judgements if each.number == number), today)
    if closes > today:
        raise InputError(
            f"forecast {number} closes on {closes}, and it is not said on which day its answer came",
            where=Where(field="on"), hint="give the day on which it came, as 2026-09-30",
        )  # fmt: skip
    return closes
