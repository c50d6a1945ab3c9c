"""Commands: elicit."""

from pathlib import Path

from rich.table import Table

from tocsin.api.elicit import ElicitedFound, elicit_case, elicit_form
from tocsin.api.known import open_case
from tocsin.api.shapes.elicit import as_json
from tocsin.case.options import Choice
from tocsin.case.questions import Question
from tocsin.cli.app import out, print_json
from tocsin.cli.printing import UNKNOWN, between, number, row, say, say_demo, table
from tocsin.decide.elicitation import FirstPlace, InputSeen, Orderings, Pooled, SettledBy
from tocsin.decide.options import FUTURES
from tocsin.decide.settle import DRAWS
from tocsin.vocabulary import percent

CASE = "the case's own"


def elicit(
    about: str, /, *, case: str = ".", form: Path | None = None, draws: int = DRAWS, futures: int = FUTURES, seed: int = 1,
    json: bool = False,
) -> None:  # fmt: skip
    """What experts gave on a question or choice, side by side: where they differ comes first, and nothing is averaged unsaid.

    With --form it writes an empty form for one expert instead. Filled in, it belongs in the case's elicited/ABOUT/.

    Example: tocsin elicit nmi-end --case iraq

    Args:
        about: id of the question or choice.
        case: a case folder, or the name of one that ships.
        form: a .csv file to write, named as the expert is called: initials, a role or a number.
        draws: how many draws of a question's inputs.
        futures: how many futures to test for a choice.
        seed: of the draws, futures and weightings.
        json: print JSON.
    """
    opened = open_case(case)
    if form is not None:
        written = elicit_form(opened, about, form)
        if json:
            print_json({"case": case, "about": about, "form": str(written)})
            return
        say(f"Wrote {written}, with nobody's values in it. Filled in, it belongs in the case's elicited/{about}/.")
        return
    found = elicit_case(opened, about, draws=draws, futures=futures, seed=seed)
    if json:
        print_json(as_json(found, case=case, demo=opened.settings.demo))
        return
    _show(found)
    say_demo(demo=opened.settings.demo)


def _show(found: ElicitedFound) -> None:
    say(f"{found.about.id}: {found.about.question}")
    for each in found.experts:
        say(f"{each.expert}: {each.who or 'role unknown'}, {each.when}" + (f". Note: {each.note}" if each.note else ""))
    for name in found.empty:
        say(f"{name}: nothing is filled in, so all of it is unknown.")
    _say_disagreement(found)
    out.print(_inputs_table(found))
    for ordered in found.orderings:
        out.print(_orderings_table(found, ordered))
        _say_agreement(found, ordered)
    if isinstance(found.about, Question):
        _show_settled(found, found.about)
    else:
        _show_preferred(found)


def _say_disagreement(found: ElicitedFound) -> None:
    apart = [seen for seen in found.inputs if seen.apart]
    answered = [seen for seen in found.inputs if len(seen.given) > 1]
    if not answered:
        say("No input was answered by two experts, so whether they agree is unknown.")
        return
    say(f"Ranges that do not even touch: {len(apart)} of the {len(answered)} inputs that two or more answered.")
    for seen in apart:
        pairs = "; ".join(f"{p.lower} below {p.higher} by {number(_round3(p.gap))} {seen.unit}" for p in seen.apart)
        alone = f" {', '.join(seen.alone)} stands alone: all others touch." if seen.alone else ""
        say(f"  {seen.name}: {pairs}.{alone}")


def _inputs_table(found: ElicitedFound) -> Table:
    names = [each.expert for each in found.experts]
    made = table("Every range: lowest, middle, highest", "input", CASE, *names, "envelope of the experts", "they")
    for seen in found.inputs:
        given = {each.expert: f"{_three(each.low, each.mid, each.high)}" for each in seen.given}
        own = UNKNOWN if seen.case is None else _three(*seen.case)
        row(
            made, f"{seen.name}, {seen.unit}", own, *(given.get(name, UNKNOWN) for name in names),
            between(seen.low, seen.high), _how(seen),
        )  # fmt: skip
    return made


def _three(low: float, mid: float, high: float) -> str:
    return f"{number(low)}, {number(mid)}, {number(high)}"


def _how(seen: InputSeen) -> str:
    two = "do not touch" if seen.apart else "touch"
    says = two if len(seen.given) > 1 else "one answer" if seen.given else "no answer"
    off = ", ".join(seen.apart_from_case)
    return f"{says}; the case's own is not touched by {off}" if off else says


def _criteria(found: ElicitedFound) -> dict[str, str]:
    return {each.id: each.name for each in found.about.criteria} if isinstance(found.about, Choice) else {}


def _orderings_table(found: ElicitedFound, ordered: Orderings) -> Table:
    names = _criteria(found)
    whose = "the experts' own" if ordered.viewpoint is None else f"as {ordered.viewpoint}"
    made = table(f"Orderings of the criteria, {whose}", "expert", "the most important first")
    for expert, order in ordered.given:
        row(made, expert, ", then ".join(" and ".join(names.get(c, c) for c in group) for group in order))
    return made


def _say_agreement(found: ElicitedFound, ordered: Orderings) -> None:
    names = _criteria(found)
    for each in ordered.agreements:
        tau = UNKNOWN if each.tau is None else f"{each.tau:.2f}"
        pairs = "; ".join(
            f"{names.get(r.first, r.first)} before {names.get(r.second, r.second)}" for r in each.reversed
        )
        against = f" {each.one} puts {pairs}; {each.other} the other way round." if pairs else ""
        say(
            f"{each.one} and {each.other}: Kendall's tau {tau} over {each.criteria} criteria (1 the same, -1 opposite).{against}"
        )
    if ordered.concordance is not None:
        say(
            f"All: Kendall's W {ordered.concordance:.2f} over {ordered.shared} criteria (0 no agreement, 1 the same ordering)."
        )


def _show_settled(found: ElicitedFound, question: Question) -> None:
    out.print(_settled_table(found, question))
    out.print(_bands_table(found))
    names = {(seen.of, seen.asked.value): seen.name for seen in found.inputs}
    for each in found.settled:
        if each.from_case:
            lacking = "; ".join(names[pair] for pair in each.from_case)
            say(
                f"{each.expert} left {len(each.from_case)} of {each.asked} inputs unknown; the case's own stand for {lacking}."
            )
    experts = found.settled[1:]
    low, high = (pick(experts, key=lambda each: each.centre) for pick in (min, max))
    if low is not high:
        say(
            f"The centre differs by {number(_round3(high.centre - low.centre))} {question.scale.unit}: lowest by {low.expert}, "
            f"highest by {high.expert}."
        )
    if found.pooled is not None:
        say(
            f"The {found.pooled.name} gives each expert the same weight. It has no centre: where experts contradict each "
            "other, the middle between them may be what nobody expects."
        )
    say("Bands hold if the question is settled; how likely that is, they do not say.")


def _settled_table(found: ElicitedFound, question: Question) -> Table:
    made = table(
        f"Where it settles by each expert, {question.scale.unit}", "inputs of", "answered", "centre",
        "80 %: input noise", "80 %: model error", "80 %: both",
    )  # fmt: skip
    for each in found.settled:
        answered = "" if each.expert is None else f"{each.answered} of {each.asked}"
        row(made, each.expert or CASE, answered, number(_round3(each.centre)), *_ranges(each))
    if found.pooled is not None:
        centres = f"centres {_span((found.pooled.lowest_centre, found.pooled.highest_centre))}"
        row(made, found.pooled.name, f"{found.pooled.experts} experts", centres, *_ranges(found.pooled))
    return made


def _ranges(each: SettledBy | Pooled) -> tuple[str, str, str]:
    return _span(each.input_noise), _span(each.model_error), _span(each.both)


def _bands_table(found: ElicitedFound) -> Table:
    bands = found.settled[0].bands
    made = table("Probability of each band, by each expert", "inputs of", *(band.name for band in bands))
    for each in found.settled:
        row(made, each.expert or CASE, *(percent(band.probability) for band in each.bands))
    if found.pooled is not None:
        row(made, found.pooled.name, *(percent(band.probability) for band in found.pooled.bands))
    return made


def _show_preferred(found: ElicitedFound) -> None:
    made = table(
        "What comes first, by each expert",
        "ranges of",
        "effects answered",
        "in the view of",
        "first",
        "shares that put each first",
    )
    for each in found.preferred:
        answered = "" if each.expert is None else f"{each.answered} of {each.asked}"
        for place in each.places:
            row(made, each.expert or CASE, answered, place.name, place.first, _shares(place))
        if not each.places:
            row(made, each.expert or CASE, answered, "", UNKNOWN, " ".join(each.missing))
    for place in found.pooled_places:
        row(made, "equal-weight mixture", "", place.name, place.first, _shares(place))
    out.print(made)
    _say_first_places(found)
    if found.pooled_places:
        say("The equal-weight mixture is the mean of the experts' shares: a summary beside them, and nobody's view.")
    say("Shares are of the weightings and futures tested, and say nothing of how likely a future is.")
    say("Effects that an expert did not answer are the case's own; ties to uncertainties stay as the case has them.")


def _say_first_places(found: ElicitedFound) -> None:
    views = {place.viewpoint: place.name for each in found.preferred[1:] for place in each.places}
    for view, name in views.items():
        firsts: dict[str, list[str]] = {}
        for each in found.preferred[1:]:
            for place in each.places:
                if place.viewpoint == view:
                    firsts.setdefault(place.first, []).append(each.expert or CASE)
        if len(firsts) > 1:
            words = "; ".join(f"{first} by {', '.join(experts)}" for first, experts in firsts.items())
            whose = "each one's own ordering" if view == "own-ordering" else name
            say(f"First place differs in the view of {whose}: {words}.")


def _shares(place: FirstPlace) -> str:
    return ", ".join(f"{each.name} {percent(each.share)}" for each in place.shares)


def _span(ends: tuple[float, float]) -> str:
    return between(_round3(ends[0]), _round3(ends[1]))


def _round3(value: float) -> float:
    return float(f"{value:.3g}")
