"""Commands: settle."""

from rich.table import Table

from tocsin.api.known import open_case
from tocsin.api.settle import settle_case
from tocsin.cli.app import out, print_json
from tocsin.cli.printing import UNKNOWN, between, number, row, say, say_demo, table
from tocsin.cli.settle_json import as_json
from tocsin.case.questions import Rule
from tocsin.decide.settle import DRAWS, BreakEven, Role, Settled, Side, Stance
from tocsin.vocabulary import Likelihood, percent

NAMED = 5
"""Inputs, and parties of a break-even, named at most; all are in the JSON."""

SHOWN = 20
"""Parties shown in a table at most, the heaviest first; all are in the JSON."""


def settle(
    question: str | None = None, /, *, case: str = ".", draws: int = DRAWS, seed: int = 1, json: bool = False
) -> None:
    """Where the parties to a question will settle, what would change it, and who gains by it.

    One distribution with a probability for each named band, and two ranges side by side: noise in the inputs, and error
    of the model. The errors are those of past forecasts for laws of the European Union. Nothing is said of how likely
    deadlock is.

    Example: tocsin settle nmi-end --case iraq

    Args:
        question: id of the question; every question of the case if not given.
        case: a case folder, or the name of one that ships.
        draws: how many draws of the inputs.
        seed: of the draws.
        json: print JSON.
    """
    opened = open_case(case)
    done = settle_case(opened, question=question, draws=draws, seed=seed)
    if json:
        print_json(as_json(done, case=case, demo=opened.settings.demo))
        return
    for settled in done:
        _show(settled)
    say_demo(demo=opened.settings.demo)


def _show(done: Settled) -> None:
    say(f"{done.id}: {done.question}")
    say(
        f"Centre: {_at(done, done.centre)}, on a scale of {number(done.low)} to {number(done.high)}. It is the mean of "
        "positions weighted by influence x salience, every input at the middle of its range."
    )
    out.print(_ranges_table(done))
    out.print(_bands_table(done))
    if done.unnamed is not None:
        say(f"What no band names: {percent(done.unnamed)}.")
    say("These hold if the question is settled; how likely that is, they do not say.")
    say(f"Confidence is {done.confidence}: {done.confidence_why}.")
    say(_worth(done))
    out.print(_parties_table(done))
    out.print(_levers_table(done))
    say(_importance(done))
    _say_break_evens(done)
    out.print(_stances_table(done))
    _say_decision(done)
    if done.alone:
        out.print(_alone_table(done))
    say(_beside(done))
    for note in done.notes:
        say(f"Note: {note}.")


def three(value: float | None) -> str:
    """A number to three figures: what comes from judged ranges has no more."""
    return number(None if value is None else float(f"{value:.3g}"))


def _at(done: Settled, value: float | None) -> str:
    return f"{three(value)} {done.unit}"


def _span(low: float | None, high: float | None) -> str:
    return UNKNOWN if low is None or high is None else between(float(f"{low:.3g}"), float(f"{high:.3g}"))


def _signed(value: float | None) -> str:
    return "none" if value is None else f"{'+' if value > 0 else ''}{three(value)}"


def _ranges_table(done: Settled) -> Table:
    made = table(f"{done.id}: 80 % range, {done.unit}", "input noise alone", "model error alone", "both together")
    ranges = done.ranges
    row(made, *(_span(*each) for each in (ranges.input_noise, ranges.model_error, ranges.both)))
    return made


def _bands_table(done: Settled) -> Table:
    made = table(
        f"{done.id}: probability of each band, both uncertainties in it", "band", done.unit, "probability", "in words"
    )
    for band in done.bands:
        words = Likelihood.of(band.probability)
        row(made, band.name, f"{number(band.low)} to {number(band.high)}", percent(band.probability), words)
    return made


def _worth(done: Settled) -> str:
    worth = done.worth
    return (
        f"What such forecasts were worth: on {worth.n} settled issues of European Union law (DEU III, doi:10.34810/data53) the "
        f"weighted mean was off by {worth.mae:.1f} points of 100 on average, here {_at(done, worth.mae_here)}. NATO and other "
        "bodies are not the European Union: take it as a floor for the error."
    )


def _heaviest(done: Settled) -> list[str]:
    """Parties, the heaviest first where they are many."""
    if len(done.parties) <= SHOWN:
        return list(done.parties)
    return [lever.actor for lever in sorted(done.levers, key=lambda x: (-x.share, x.actor))[:SHOWN]]


def _parties_table(done: Settled) -> Table:
    made = table(
        f"{done.id}: who stands where", "party", f"position, {done.unit}", "salience", "influence", "share of the weight",
        "rests on",
    )  # fmt: skip
    share = {lever.actor: lever.share for lever in done.levers}
    for actor in _heaviest(done):
        given = {i.role: i for i in done.inputs if i.actor == actor}
        ranges = [f"{number(i.low)}, {number(i.mid)}, {number(i.high)}" for i in given.values()]
        row(made, done.parties[actor], *ranges, percent(share[actor]), _rests_on(list(given.values())))
    return made


def _rests_on(given: list) -> str:
    source = given[0].source_id
    said, judged = ([i.role.value for i in given if i.judgement is judgement] for judgement in (False, True))
    parts = [f"{', '.join(said)}: source {source}"] if said else [f"direction: source {source}"] if source else []
    return "\n".join([*parts, *([f"{', '.join(judged)}: judgement"] if judged else [])])


def _levers_table(done: Settled) -> Table:
    made = table(
        f"{done.id}: what moving one party does to the centre, {done.unit}", "party", "by 1 of the scale (80 % of draws)",
        "at the ends of its range", "salience +0.1, -0.1", "influence +0.1, -0.1",
    )  # fmt: skip
    found = {lever.actor: lever for lever in done.levers}
    for actor in _heaviest(done):
        lever = found[actor]
        row(
            made, done.parties[actor], f"{lever.share:.2f} ({lever.share_low:.2f} to {lever.share_high:.2f})",
            f"centre {three(lever.at_low)} to {three(lever.at_high)}",
            f"{_signed(lever.salience_up)}, {_signed(lever.salience_down)}",
            f"{_signed(lever.influence_up)}, {_signed(lever.influence_down)}",
        )  # fmt: skip
    return made


def _importance(done: Settled) -> str:
    found = done.importances
    loud = [i for i in found.inputs if i.above_noise][:NAMED]
    if not loud:
        return "What matters most: no input moves the centre more than chance would."
    named = ", ".join(f"{i.role} of {done.parties[i.actor]} {percent(i.share)}" for i in loud)
    noise, error = (high - low for low, high in (done.ranges.input_noise, done.ranges.model_error))
    return (
        f"What matters most, as a share of the centre's variance over {done.draws:,} draws: {named} (chance alone: up to "
        f"{percent(found.noise)}). All inputs together spread it over {_at(done, noise)}, past errors over {_at(done, error)}."
    )


def _say_break_evens(done: Settled) -> None:
    for band in dict.fromkeys((found.band, found.edge) for found in done.break_evens):
        needed = [found for found in done.break_evens if (found.band, found.edge) == band]
        able = [_needs(done, found) for found in needed if found.possible]
        way = f"below {three(band[1])}" if band[1] < done.centre else f"to {three(band[1])}"
        head = f"For the centre to enter '{band[0]}' ({way} {done.unit}), one party alone would need: "
        none = "no party alone can bring it there, whatever its weight or position"
        more = f"; and {len(able) - NAMED} more in --json" if len(able) > NAMED else ""
        say(head + ("; ".join(able[:NAMED]) + more if able else none) + ".")


def _needs(done: Settled, found: BreakEven) -> str:
    parties = {i.role: i for i in done.inputs if i.actor == found.actor}
    ways = []
    if found.influence_needed is not None:
        ways.append(f"influence {found.influence_needed:.2g} (has {number(parties[Role.INFLUENCE].mid)})")
    if found.salience_needed is not None:
        ways.append(f"salience {found.salience_needed:.2g} (has {number(parties[Role.SALIENCE].mid)})")
    if found.position_needed is not None:
        ways.append(f"to stand at {three(found.position_needed)} (stands at {number(parties[Role.POSITION].mid)})")
    return f"{done.parties[found.actor]}: {' or '.join(ways)}"


def _stances_table(done: Settled) -> Table:
    made = table(
        f"{done.id}: who is for the centre, and who for no decision ({done.unit})", "party", "from the centre",
        "from no decision", "by the centre it", "80 % of draws", "gains in, of the draws",
    )  # fmt: skip
    found = {stance.actor: stance for stance in done.stances}
    for actor in _heaviest(done):
        stance = found[actor]
        row(
            made, done.parties[actor], three(stance.to_centre), three(stance.to_reversion), _side(stance),
            f"{_signed(stance.gain_low)} to {_signed(stance.gain_high)}" if stance.gain_low is not None else UNKNOWN,
            _counted(stance.gains_in),
        )  # fmt: skip
    return made


def _counted(share: float | None) -> str:
    if share is None:
        return UNKNOWN
    return {0.0: "none", 1.0: "all"}.get(share, percent(share))


def _side(stance: Stance) -> str:
    if stance.side is None or stance.gain is None:
        return UNKNOWN
    return "neither gains nor loses" if stance.side is Side.EVEN else f"{stance.side} {three(abs(stance.gain))}"


def _say_decision(done: Settled) -> None:
    found, named = done.decision, done.parties
    say(_formal(done))
    if found.losers is None:
        say("Who would rather have no decision: unknown, since what holds without one is not said.")
        return
    if found.gain_for_all:
        say(
            f"Nobody is worse off than without a decision if it is settled from {_span(found.agreement_from, found.agreement_to)} "
            f"{done.unit}."
        )
    else:
        say("No settlement is better than no decision for all: wherever it is settled, somebody loses.")
    bears = [f"{named[b.actor]} {three(b.loss)}" for b in found.bears if b.actor in found.losers][:NAMED]
    if bears:
        say(
            f"Break-even of deadlock, no estimate: at the centre no agreement holds once one who can stop it will not bear "
            f"being so much worse off ({done.unit}): {', '.join(bears)}."
        )
    room = [b for b in found.bears if b.actor not in found.losers]
    limits = [f"{named[b.actor]} outside {_span(b.accepts_from, b.accepts_to)}" for b in room][:NAMED]
    if limits:
        say(f"The others would rather have no decision if it is settled: {', '.join(limits)} {done.unit}.")


def _formal(done: Settled) -> str:
    found, named = done.decision, done.parties
    losers = None if found.losers is None else ", ".join(named[a] for a in found.losers) or "nobody"
    head = f"Formal decision, by {found.rule}: "
    loses = "" if losers is None else f" By the centre {losers} would lose against no decision."
    if found.rule is Rule.CONSENSUS:
        return f"{head}any party can block, if it has a vote; the case does not say who has none.{loses}"
    if found.rule is Rule.SINGLE:
        return f"{head}{named[found.decider or '']} decides, as the party with the most influence.{loses}"
    share = "" if found.weight_for is None or found.weight_against is None else (
        f" Gains: {percent(found.weight_for)} of the weight; loses: {percent(found.weight_against)} (influence x salience, "
        "which are not votes)."
    )  # fmt: skip
    return f"{head}no party can block alone.{loses}{share}"


def _alone_table(done: Settled) -> Table:
    made = table(
        f"{done.id}: what each can do alone, whatever is decided; no part of the figures above", "who", "can",
        "capacity left: lowest, middle, highest", "rests on",
    )  # fmt: skip
    for act in done.alone:
        left = (
            UNKNOWN
            if act.left_mid is None
            else ", ".join(percent_of(v) for v in (act.left_low, act.left_mid, act.left_high))
        )
        basis = UNKNOWN if act.judgement is None else "judgement" if act.judgement else f"source {act.source_id}"
        who = "anyone" if act.actor is None else done.parties.get(act.actor, act.actor)
        row(made, who, act.can, left, basis)
    return made


def percent_of(value: float | None) -> str:
    """A share of the capacity in percent, whole."""
    return UNKNOWN if value is None else f"{value:.0f} %"


def _beside(done: Settled) -> str:
    said = []
    for other in done.beside:
        span = "" if other.low is None else f" ({_span(other.low, other.high)})"
        said.append(f"{other.model} {three(other.point)}{span}")
    return f"Beside the centre, {done.unit} (80 % of draws): {'; '.join(said)}."
