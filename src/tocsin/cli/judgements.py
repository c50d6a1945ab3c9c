"""Commands: judgements add, note, close, correct, list, scores, verify."""

from datetime import date
from typing import Any

from cyclopts import App
from rich.table import Table

from tocsin.api import judgements as verbs
from tocsin.api.known import open_case
from tocsin.api.shapes.judgements import list_as_json, scores_as_json
from tocsin.cli.app import out, print_json
from tocsin.cli.printing import UNKNOWN, number, row, say, table
from tocsin.decide.judgements import ALWAYS_HALF, Entry, Head, Judgement, Score, State
from tocsin.errors import InputError, Where
from tocsin.vocabulary import percent

judgements = App(name="judgements", help="The judgement log: sealed entries, closed with what came, and scored.")

NAMES = {Score.BRIER: "Brier", Score.CRPS: "CRPS"}
WAYS = {"yes": True, "true": True, "no": False, "false": False, "unknown": None}


@judgements.command
def add(
    statement: str, /, *, who: str, case: str = ".", probability: float | None = None, quantiles: str | None = None,
    closes: str | None = None, question: str | None = None, choice: str | None = None, option: str | None = None,
    criterion: str | None = None, id: str | None = None, unit: str | None = None, low: float | None = None,  # noqa: A002
    high: float | None = None, note: str | None = None, json: bool = False,
) -> None:  # fmt: skip
    """Add a forecast: the probability of something by a day, or quantiles of a number.

    It is made on a day (UTC) before the one on which it closes, and is sealed: nothing in it can be changed unnoticed.

    Example: tocsin judgements add "the mission has ended" --who desk-a --probability 0.2 --question nmi-end --closes 2027-09-30

    Args:
        statement: what will turn out true or false, or what number it is.
        who: who says so: initials, a role or a number.
        case: a case folder, or the name of one that ships.
        probability: that it turns out true, 0 to 1.
        quantiles: values with the probability of staying below them, as 0.1:20,0.5:35,0.9:60.
        closes: the day on which the answer is known, as 2026-09-30; when the question is decided if not given.
        question: id of the question it is about.
        choice: id of the choice it is about.
        option: id of an option of that choice.
        criterion: id of a criterion of that choice.
        id: an id of your own, where it is about neither.
        unit: of the values; that of the question or criterion if not given.
        low: the lowest value that can come.
        high: the highest value that can come.
        note: the reason.
        json: print JSON.
    """
    opened = open_case(case)
    about = verbs.about_in(opened, question=question, choice=choice, option=option, criterion=criterion, id=id)
    made = verbs.add_judgement(
        opened, statement, who=who, about=about, probability=probability, quantiles=_pairs(quantiles), unit=unit,
        low=low, high=high, closes=_day(closes, "closes"), note=note,
    )  # fmt: skip
    _say_added(made, json=json)


@judgements.command
def note(
    words: str, /, *, who: str, case: str = ".", question: str | None = None, choice: str | None = None,
    id: str | None = None, of: int | None = None, json: bool = False,  # noqa: A002  # the option's own word
) -> None:  # fmt: skip
    """Keep words with their date: a reason, an assumption, a dissent. Notes are never scored.

    Example: tocsin judgements note "rests on one diplomat" --who desk-a --question nmi-end

    Args:
        words: the note.
        who: whose it is: initials, a role or a number.
        case: a case folder, or the name of one that ships.
        question: id of the question it is about.
        choice: id of the choice it is about.
        id: an id of your own.
        of: number of the entry it is about.
        json: print JSON.
    """
    opened = open_case(case)
    named = any(name is not None for name in (question, choice, id))
    about = verbs.about_in(opened, question=question, choice=choice, id=id) if named or of is None else None
    _say_added(verbs.note_judgement(opened, words, who=who, about=about, of=of), json=json)


@judgements.command
def close(
    entry: int, /, *, came: str, who: str, case: str = ".", on: str | None = None, source: str | None = None,
    json: bool = False,
) -> None:  # fmt: skip
    """Close a forecast with what came; it is scored from then on.

    Example: tocsin judgements close 1 --came no --who desk-b --on 2027-09-30

    Args:
        entry: number of the forecast.
        came: yes, no or the number; unknown where it will never be known.
        who: who says so.
        case: a case folder, or the name of one that ships.
        on: the day on which it came; the closing day if not given.
        source: where that can be read.
        json: print JSON.
    """
    made = verbs.close_judgement(
        open_case(case), entry, came=_came(came), who=who, on=_day(on, "on"), source=source
    )  # fmt: skip
    _say_added(made, json=json)


@judgements.command
def correct(
    entry: int, /, *, who: str, why: str, case: str = ".", probability: float | None = None, quantiles: str | None = None,
    came: str | None = None, on: str | None = None, note: str | None = None, withdraw: bool = False, json: bool = False,
) -> None:  # fmt: skip
    """Say what stands instead of an entry; the entry stays in the log, and its score is shown beside.

    Example: tocsin judgements correct 1 --who desk-a --why "the vote was moved" --probability 0.1

    Args:
        entry: number of the entry.
        who: who corrects it: a forecast or note, its maker alone; what came, anybody.
        why: the reason.
        case: a case folder, or the name of one that ships.
        probability: the probability that stands instead.
        quantiles: the quantiles that stand instead.
        came: what came instead.
        on: the day on which it came instead.
        note: the words that stand instead.
        withdraw: nothing stands instead.
        json: print JSON.
    """
    given: dict[str, Any] = {"probability": probability, "quantiles": _pairs(quantiles), "note": note, "on": on}
    given |= {"withdrawn": withdraw or None}
    instead = {key: value for key, value in given.items() if value is not None}
    instead |= {} if came is None else {"came": _came(came)}
    _say_added(verbs.correct_judgement(open_case(case), entry, who=who, why=why, instead=instead), json=json)


@judgements.command(name="list")
def list_(*, case: str = ".", json: bool = False) -> None:
    """Every forecast as it stands, with its versions, what came, and its score.

    Example: tocsin judgements list --case iraq

    Args:
        case: a case folder, or the name of one that ships.
        json: print JSON.
    """
    found = verbs.judgements_case(open_case(case))
    if json:
        print_json(list_as_json(found, case=case))
        return
    if not found.log.lines:
        say(f"There is no judgement yet. The log will be {found.file}.")
        return
    if found.judgements:
        out.print(_forecasts_table(found))
    for each in found.notes:
        if each.words is not None:
            about = f" on {each.about or f'entry {each.of}'}"
            say(f"Note {each.number} by {each.who}, {each.time:%Y-%m-%d}{about}: {each.words}")
    for breach in found.breaches:
        say(f"Entry {breach.number} does not count: {breach.why}.")
    _say_state(found)


@judgements.command
def scores(*, case: str = ".", json: bool = False) -> None:
    """Scores of the forecasts that were closed: Brier for probabilities, CRPS for numbers, by who and over all.

    Example: tocsin judgements scores --case iraq

    Args:
        case: a case folder, or the name of one that ships.
        json: print JSON.
    """
    found = verbs.judgements_case(open_case(case))
    if json:
        print_json(scores_as_json(found, case=case))
        return
    if found.tallies:
        out.print(_scores_table(found))
        say("Lower is better. First: the score of each forecast as it was first made, before any correction.")
        if any(tally.by is Score.BRIER for tally in found.tallies):
            say(f"Saying one half every time scores {ALWAYS_HALF} by Brier.")
        if any(tally.unit for tally in found.tallies):
            say("CRPS is in the unit of the number, and is averaged only within one unit.")
    elif not found.log.faults:
        say("No forecast is scored yet.")
    for each in found.unscored:
        counts = {"open": each.open, "due, and not closed": each.due, "closed without an answer": each.unknown,
                  "late": each.late, "withdrawn": each.withdrawn}  # fmt: skip
        told = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
        if told:
            say(f"{each.who}: not scored: {told}.")
    _say_state(found)


@judgements.command
def verify(*, case: str = ".", head: str | None = None, json: bool = False) -> int:
    """Check that the log is as it was written: every changed, removed, inserted or moved line is named.

    Entries cut off at the end, and a log sealed anew from some line on, are found with a head that was kept elsewhere.

    Example: tocsin judgements verify --case iraq

    Args:
        case: a case folder, or the name of one that ships.
        head: as this command printed it earlier, NUMBER:HASH; kept where the log is not.
        json: print JSON.
    """
    log = verbs.verify_judgements(open_case(case), head=head)
    if json:
        print_json({
            "case": case, "ok": not log.faults, "lines": log.lines, "head": None if log.head is None else str(log.head),
            "findings": [found.as_dict() for found in log.faults],
        })  # fmt: skip
        return 2 if log.faults else 0
    for found in log.faults:
        say(f"{found.place}: {found.problem}.")
    if log.faults:
        count = "1 fault" if len(log.faults) == 1 else f"{len(log.faults)} faults"
        say(f"The log is not as it was written: {count} in {log.lines} lines. Bring it back from a copy.")
        return 2
    entries = "1 entry, sealed" if log.lines == 1 else f"{log.lines} entries, each sealed after the one before"
    say(f"{entries}." if log.lines else "The log has no entry yet.")
    if log.head is not None:
        say(f"Head, to be kept elsewhere: {log.head}")
        if head is None:
            say("Without a head kept earlier, entries cut off at the end cannot be noticed.")
        else:
            added = log.head.number - _number_of(head)
            say(f"The head that was kept is in the log; entries added since: {added}.")
    return 0


def _number_of(head: str) -> int:
    kept = Head.parse(head)
    assert kept is not None, "it was checked"
    return kept.number


def _pairs(text: str | None) -> list[tuple[float, float]] | None:
    if text is None:
        return None
    try:
        return [(float(level), float(value)) for level, value in (part.split(":") for part in text.split(","))]
    except ValueError as error:
        raise InputError(
            f"'{text}' gives no quantiles", where=Where(field="quantiles"), hint="write them as 0.1:20,0.5:35,0.9:60"
        ) from error


def _day(text: str | None, field: str) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        hint = "write year, month and day, as 2026-09-30"
        raise InputError(f"'{text}' is no day", where=Where(field=field), hint=hint) from error


def _came(text: str) -> bool | float | None:
    if text.lower() in WAYS:
        return WAYS[text.lower()]
    try:
        return float(text)
    except ValueError as error:
        hint = "write yes, no, unknown, or a number"
        raise InputError(f"'{text}' does not say what came", where=Where(field="came"), hint=hint) from error


def _say_added(entry: Entry, *, json: bool) -> None:
    if json:
        stands = {"time": entry.time.isoformat()} | ({"came": None} if _never(entry) else {})
        print_json(entry.model_dump(mode="json", exclude_none=True) | stands)
        return
    say(f"Entry {entry.number} is added, by {entry.who}.")
    say(f"Head, to be kept elsewhere: {Head(entry.number, entry.hash)}")


def _never(entry: Entry) -> bool:
    return "came" in entry.model_fields_set and getattr(entry, "came", 0) is None


def _forecasts_table(found: verbs.JudgementsFound) -> Table:
    made = table(
        "Forecasts", "entry", "who", "about", "statement", "says", "made", "closes", "state", "came", "score",
    )  # fmt: skip
    scores = {each.number: each for each in found.scored}
    for each in found.judgements:
        score = scores.get(each.number)
        row(
            made, str(each.number), each.who, str(each.about), each.statement, _says(each),
            f"{each.shown.time:%Y-%m-%d}", f"{each.closes}", each.state, _what_came(each),
            "" if score is None else f"{NAMES[score.by]} {number(round(score.value, 4))}{f' {score.unit}' if score.unit else ''}",
        )  # fmt: skip
    return made


def _says(each: Judgement) -> str:
    said = [_value(version.value, each.unit) + (" (late)" if version.late else "") for version in each.versions]
    return said[0] if len(said) == 1 else f"{said[-1]}; before: {', '.join(said[:-1])}"


def _value(value: object, unit: str | None) -> str:
    if value is None:
        return "withdrawn"
    if isinstance(value, tuple):
        return ", ".join(f"{percent(level)} below {number(at)}" for level, at in value) + f" {unit}"
    return f"probability {value}"


def _what_came(each: Judgement) -> str:
    if each.closing is None:
        return UNKNOWN if each.state is State.DUE else ""
    came = each.closing.came
    words = UNKNOWN if came is None else {True: "yes", False: "no"}[came] if isinstance(came, bool) else number(came)
    return f"{words} ({each.closing.on}, says {each.closing.who})"


def _scores_table(found: verbs.JudgementsFound) -> Table:
    made = table("Scores", "who", "score", "n", "mean", "first", "beside")
    for each in found.tallies:
        beside = ""
        if each.base_rate is not None:
            beside = f"saying each time the share that came true: {number(round(each.base_rate, 4))}"
        if each.inside is not None:
            beside = f"{round(each.inside * each.n)} of {each.n} came between the levels 10 % and 90 %"
        score = f"{NAMES[each.by]}, {each.unit}" if each.unit else NAMES[each.by]
        row(
            made,
            each.who or "all",
            score,
            str(each.n),
            number(round(each.mean, 4)),
            number(round(each.first, 4)),
            beside,
        )
    return made


def _say_state(found: verbs.JudgementsFound) -> None:
    if found.log.faults:
        lines = sorted({fault.row for fault in found.log.faults if fault.row is not None})
        some = f"line {lines[0]}" if len(lines) == 1 else f"lines {', '.join(str(line) for line in lines[:5])}"
        say(
            f"The log is not as it was written ({some}{' and more' if len(lines) > 5 else ''}), and nothing of it is scored. "
            "tocsin judgements verify names every line."
        )
