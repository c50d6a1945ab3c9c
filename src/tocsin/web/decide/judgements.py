"""The judgement log of a case as tables: what was foretold, what came, and the scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.api.judgements import judgements_case
from tocsin.brief.blocks import Callout, Column, Heading, Table
from tocsin.vocabulary import percent
from tocsin.web.blocks.own import row, rows_or_none

if TYPE_CHECKING:
    from tocsin.api.judgements import JudgementsFound
    from tocsin.brief.blocks import Block, Cell
    from tocsin.decide.judgements import Judgement, Tally
    from tocsin.settings import Settings
    from tocsin.web.place import Place


def judgement_tables(at: Place, *, settings: Settings) -> tuple[Block, ...]:
    """The log as it stands today; a log with faults is shown as far as it can be read, and says so."""
    found = judgements_case(at.case, settings=settings)
    if not found.judgements and not found.log.faults:
        return (
            Callout("note", "Nobody has put a judgement into the log yet. tocsin judgements add writes one; it is scored "
                            "when it is closed."),
        )  # fmt: skip
    faults = (
        Callout("caution", "The log has faults, and nothing of it is scored: tocsin judgements verify names them."),
    )
    return (*(faults if found.log.faults else ()), _log(found), *_scores(found))


def _log(found: JudgementsFound) -> Table:
    scores = {each.number: each for each in found.scored}
    rows = tuple(
        row(each.number, each.statement, _value(each), each.who, str(each.closes), each.state.value, _came(each),
            scores[each.number].value if each.number in scores else "not scored")
        for each in found.judgements
    )  # fmt: skip
    columns = (
        Column("No.", "right"), Column("Statement"), Column("Judged", unit="the version that stands"), Column("By"),
        Column("Closes"), Column("State"), Column("Came"), Column("Score", "right", "lower is better"),
    )  # fmt: skip
    return Table("The judgement log, entry by entry; nothing is ever removed from it", columns, rows, row_head=1)


def _value(each: Judgement) -> str:
    value = each.shown.value
    if value is None:
        return "withdrawn"
    if isinstance(value, float):
        return percent(value)
    return "; ".join(f"{percent(level)} below {at:g}" for level, at in value) + f" {each.unit or ''}".rstrip()


def _came(each: Judgement) -> str:
    if each.closing is None:
        return "not yet said"
    came = each.closing.came
    return (
        "will never be known" if came is None else ("yes" if came is True else "no" if came is False else f"{came:g}")
    )


def _scores(found: JudgementsFound) -> tuple[Block, ...]:
    table = Table(
        "Mean scores; lower is better",
        (
            Column("By"), Column("Score"), Column("Forecasts", "right"), Column("Mean", "right"),
            Column("First versions", "right"), Column("Beside", unit="saying the share that came, each time"),
            Column("Inside 0.1 to 0.9", "right", "four in five are expected"),
        ),
        tuple(_tally(each) for each in found.tallies),
        note="The score is the Brier score of probabilities, and the CRPS, in the unit given, of quantiles.",
    )  # fmt: skip
    if not table.rows:
        return (Callout("note", "No judgement has been closed yet, so that none has a score."),)
    return Heading("Scores", id="judgement-scores"), *rows_or_none(table)


def _tally(each: Tally) -> tuple[Cell, ...]:
    kind = each.by.value if each.unit is None else f"{each.by.value}, {each.unit}"
    inside = "not asked" if each.inside is None else percent(each.inside)
    beside = "not asked" if each.base_rate is None else f"{each.base_rate:.3f}"
    return row(each.who or "all", kind, each.n, each.mean, each.first, beside, inside)
