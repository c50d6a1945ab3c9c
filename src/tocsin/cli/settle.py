"""Commands: settle."""

from rich.table import Table

from tocsin.api.known import open_case
from tocsin.api.settle import settle_case
from tocsin.api.shapes.settle import as_json
from tocsin.cli.app import out, print_json
from tocsin.cli.printing import UNKNOWN, number, row, say, say_demo, table
from tocsin.cli.settle_decision import reversion_words, say_decision, stances_table
from tocsin.cli.settle_record import show_record
from tocsin.cli.settle_words import NAMED, SHOWN, at, beside_words, counted, heaviest, needs, points, signed, span
from tocsin.decide.settle import DRAWS, Input, Settled
from tocsin.vocabulary import Likelihood, percent


def settle(
    question: str | None = None, /, *, case: str = ".", from_record: bool = False, draws: int = DRAWS, seed: int = 1,
    json: bool = False,
) -> None:  # fmt: skip
    """Where the parties to a question will settle, what would change it, and who gains by it.

    One distribution with a probability for each named band, and two ranges side by side: noise in the inputs, and error
    of the model. The errors are those of past forecasts for laws of the European Union. Nothing is said of how likely
    deadlock is.

    Example: tocsin settle nmi-end --case iraq

    Args:
        question: id of the question; every question of the case if not given.
        case: a case folder, or the name of one that ships.
        from_record: instead, what the case's record says of the positions, with its quotes.
        draws: how many draws of the inputs.
        seed: of the draws.
        json: print JSON.
    """
    opened = open_case(case)
    if from_record:
        show_record(opened, question, case_name=case, json=json)
        return
    done = settle_case(opened, question=question, draws=draws, seed=seed)
    if json:
        print_json(as_json(done, case=case, demo=opened.settings.demo))
        return
    for settled in done:
        show(settled)
    say_demo(demo=opened.settings.demo)


def show(done: Settled) -> None:
    """Print one question settled."""
    say(f"{done.id}: {done.question}")
    say(
        f"Centre: {at(done, done.centre)}, on a scale of {number(done.low)} to {number(done.high)}. It is the mean of "
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
    if len(done.parties) > SHOWN:
        say(f"The {SHOWN} heaviest of {len(done.parties)} parties are shown; --json has them all.")
    say(_importance(done))
    _say_break_evens(done)
    say(reversion_words(done))
    out.print(stances_table(done))
    say_decision(done)
    if done.alone:
        out.print(_alone_table(done))
    say(_beside(done))
    for note in done.notes:
        say(f"Note: {note}.")


def _ranges_table(done: Settled) -> Table:
    made = table(f"{done.id}: 80 % range, {done.unit}", "input noise alone", "model error alone", "both together")
    ranges = done.ranges
    row(made, *(span(*each) for each in (ranges.input_noise, ranges.model_error, ranges.both)))
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
        f"weighted mean was off by {worth.mae:.1f} points of 100 on average, here {at(done, worth.mae_here)}. NATO and other "
        "bodies are not the European Union: take it as a floor for the error."
    )


def _parties_table(done: Settled) -> Table:
    made = table(
        f"{done.id}: who stands where", "party", f"position, {done.unit}", "salience", "influence", "share of the weight",
        "rests on",
    )  # fmt: skip
    share = {lever.actor: lever.share for lever in done.levers}
    for actor in heaviest(done):
        given = {i.role: i for i in done.inputs if i.actor == actor}
        ranges = [f"{number(i.low)}, {number(i.mid)}, {number(i.high)}" for i in given.values()]
        row(made, done.parties[actor], *ranges, counted(share[actor]), _rests_on(list(given.values())))
    return made


def _rests_on(given: list[Input]) -> str:
    source = given[0].source_id
    said, judged = ([i.role.value for i in given if i.judgement is judgement] for judgement in (False, True))
    parts = [f"{', '.join(said)}: source {source}"] if said else [f"direction: source {source}"] if source else []
    return "\n".join([*parts, *([f"{', '.join(judged)}: judgement"] if judged else [])])


def _levers_table(done: Settled) -> Table:
    made = table(
        f"{done.id}: what moving one party does to the centre, {done.unit}", "party", "per 1 it moves (80 % of draws)",
        "at the ends of its range", "salience +0.1, -0.1", "influence +0.1, -0.1",
    )  # fmt: skip
    found = {lever.actor: lever for lever in done.levers}
    for actor in heaviest(done):
        lever = found[actor]
        row(
            made, done.parties[actor], f"{lever.share:.2f} ({lever.share_low:.2f} to {lever.share_high:.2f})",
            f"centre {points(lever.at_low)} to {points(lever.at_high)}",
            f"{signed(lever.salience_up)}, {signed(lever.salience_down)}",
            f"{signed(lever.influence_up)}, {signed(lever.influence_down)}",
        )  # fmt: skip
    return made


def _importance(done: Settled) -> str:
    found = done.importances
    loud = [i for i in found.inputs if i.above_noise][:NAMED]
    if not loud:
        return "What matters most: no input moves the centre more than noise would."
    named = ", ".join(f"{i.role} of {done.parties[i.actor]} {percent(i.share)}" for i in loud)
    noise, error = (high - low for low, high in (done.ranges.input_noise, done.ranges.model_error))
    return (
        f"What matters most, as a share of the centre's variance over {done.draws:,} draws: {named} (noise alone: up to "
        f"{percent(found.noise)}). All inputs together spread it over {at(done, noise)}, past errors over {at(done, error)}."
    )


def _say_break_evens(done: Settled) -> None:
    for band in dict.fromkeys((found.band, found.edge) for found in done.break_evens):
        needed = [found for found in done.break_evens if (found.band, found.edge) == band]
        able = [needs(done, found) for found in needed if found.possible]
        way = f"below {at(done, band[1])}" if band[1] <= done.centre else f"{at(done, band[1])} or above"
        more = f"; and {len(able) - NAMED} more in --json" if len(able) > NAMED else ""
        alone = f"it would be enough if {'; or if '.join(able[:NAMED])}{more}" if able else "no party alone is enough"
        say(f"For the centre to enter '{band[0]}' ({way}), all else as it is, {alone}.")


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
    return f"Beside the centre, {done.unit} (80 % of draws): {'; '.join(beside_words(other) for other in done.beside)}."
