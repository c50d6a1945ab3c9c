"""Commands: options."""

from rich.table import Table

from tocsin.api.known import open_case
from tocsin.api.options import options_case
from tocsin.api.options_beside import BesideOptions, beside_options
from tocsin.api.shapes.options import as_json
from tocsin.cli.app import out, print_json, progress
from tocsin.cli.printing import between, bounds, number, row, say, say_demo, table
from tocsin.cli.schedule import show_evidence, show_schedule
from tocsin.decide.options import FUTURES, AlternativeFound, Comparison, Condition, MustBeTrue, Preference
from tocsin.decide.options.findings import OnCriterion
from tocsin.decide.options.prim import CHANCE
from tocsin.vocabulary import percent

SHOWN = 12
"""Alternatives shown at most; all are in the JSON."""

NAMED = 3
"""Inputs and dominated pairs named at most."""


def options(
    choice: str | None = None, /, *, case: str = ".", futures: int = FUTURES, seed: int = 1, json: bool = False
) -> None:
    """Options compared over futures that span everything called uncertain: no score, no likelihoods.

    What is counted is futures tested, spread evenly over the ranges of the case; nothing says how likely they are. Beside
    them stand reach along steps that change sites, studies that effects name, and past exits.

    Example: tocsin options us-posture-2020 --case iraq

    Args:
        choice: id of the choice; every choice of the case if not given.
        case: a case folder, or the name of one that ships.
        futures: how many futures to test.
        seed: of the futures and weightings.
        json: print JSON.
    """
    opened = open_case(case)
    with progress("testing options over futures, and reach along their steps"):
        done = options_case(opened, choice=choice, futures=futures, seed=seed)
        given = {each.id: each for each in opened.choices}
        beside = [beside_options(opened, given[comparison.choice], seed=seed) for comparison in done]
    if json:
        print_json(as_json(done, beside, case=case, demo=opened.settings.demo))
        return
    for comparison, other in zip(done, beside, strict=True):
        _show(comparison, other)
    say_demo(demo=opened.settings.demo)


def share(value: float | None) -> str:
    """A share of futures or weightings: counted, so that none and all are said where it is none and all."""
    if value is None:
        return "unknown"
    return {0.0: "none", 1.0: "all"}.get(value, percent(value))


def _show(done: Comparison, beside: BesideOptions | None = None) -> None:
    say(f"{done.choice}: {done.question}")
    shown = _shown(done)
    for words in done.missing:
        say(words)
    if any(on.known for found in shown for on in found.on):
        _show_values(done, shown)
    if len(done.alternatives) > len(shown):
        say(f"{len(done.alternatives) - len(shown)} more combinations are compared: --json has them all.")
    for preference in done.preferences:
        out.print(_preference_table(done, preference))
        say(_what_changes(done, preference))
    _say_dominance(done)
    for found in shown:
        for must in found.must_be_true:
            if must.conditions or must.viewpoint is not None or must.share not in {None, 0.0, 1.0}:
                say(_must(found, must))
    _say_stated(done)
    if beside is not None:
        _show_beside(beside)
    for note in done.notes:
        say(f"Note: {note}.")


def _show_values(done: Comparison, shown: tuple[AlternativeFound, ...]) -> None:
    say(
        f"{done.futures:,} futures tested (seed {done.seed}); {done.weightings:,} weightings for each view. Shares are of "
        "these, and say nothing of how likely a future is."
    )
    out.print(_values_table(done, shown))
    for found in shown:
        say(_thresholds(done, found))


def _show_beside(beside: BesideOptions) -> None:
    if beside.schedule is not None:
        show_schedule(beside.schedule)
    if beside.evidence is not None:
        show_evidence(beside.evidence)


def _shown(done: Comparison) -> tuple[AlternativeFound, ...]:
    """All alternatives; where they are many, those of one option and then those first most often."""
    if len(done.alternatives) <= SHOWN:
        return done.alternatives
    first = {r.alternative: r.acceptability[0] for p in done.preferences[:1] for r in p.rows}
    order = sorted(done.alternatives, key=lambda a: (len(a.options) > 1, -first.get(a.id, 0.0)))
    singles = sum(len(a.options) == 1 for a in done.alternatives)
    kept = {a.id for a in order[: max(SHOWN, singles)]}
    return tuple(a for a in done.alternatives if a.id in kept)


def _values_table(done: Comparison, shown: tuple[AlternativeFound, ...]) -> Table:
    made = table(
        f"{done.choice}: what each option does, over the futures tested", "option", "criterion", "middle", "9 in 10 futures",
        "threshold: met in", "regret: half, 9 in 10, worst",
    )  # fmt: skip
    for found in shown:
        for on, criterion in zip(found.on, done.criteria, strict=True):
            way = "higher" if criterion.better == "up" else "lower"
            words = f"{criterion.name}, {criterion.unit} ({way} is better)"
            middle = None if on.quantiles is None else round3(on.quantiles[2])
            limits = [
                f"{sign} {number(value)}"
                for sign, value in (("at most", criterion.must_not_exceed), ("at least", criterion.must_reach))
                if value is not None
            ]
            threshold = f"{' and '.join(limits)}: {share(on.meets)}" if limits else "none"
            row(made, found.name, words, number(middle), _range(on), threshold, _regret(on))
    return made


def _range(on: OnCriterion) -> str:
    return "unknown" if on.quantiles is None else between(round3(on.quantiles[0]), round3(on.quantiles[-1]))


def _regret(on: OnCriterion) -> str:
    if on.regret is None:
        return "unknown"
    return ", ".join(number(round3(value)) for value in (on.regret.median, on.regret.nine_in_ten, on.regret.worst))


def round3(value: float) -> float:
    """A number to three figures: what comes from judged ranges has no more."""
    return float(f"{value:.3g}")


def _thresholds(done: Comparison, found: AlternativeFound) -> str:
    if found.meets_all is not None:
        words = f"{found.name}: every threshold is met in {share(found.meets_all)} of the futures tested"
        met, name = min(
            (on.meets, c.name) for on, c in zip(found.on, done.criteria, strict=True) if on.meets is not None
        )
        return f"{words}." if met == 1 else f"{words}; most often missed: {name}, met in {share(met)}."
    if found.meets_at_most is not None:
        return (
            f"{found.name}: whether every threshold is met is unknown; those whose value is known are met in "
            f"{share(found.meets_at_most)} of the futures tested."
        )
    if any(on.known for on in found.on):
        return f"{found.name}: no threshold is set on what is known of it."
    return f"{found.name}: unknown."


def _preference_table(done: Comparison, preference: Preference) -> Table:
    names = _names(done)
    order = ", then ".join(" and ".join(_named(done, group)) for group in preference.order)
    title = f"{preference.name}: {order} ({preference.basis})" if preference.basis else f"By {preference.name}"
    made = table(title, "option", "first under", "last under", "confidence", "weights that prefer it, middle of")
    for ranked in preference.rows[:SHOWN]:
        few = f"unknown (first {ranked.times:,} times)" if ranked.times else "none"
        weights = few if ranked.central is None else ", ".join(
            word if weight == 1 else f"{word} {percent(weight)}"
            for word, (_, weight) in zip(_named(done, [c for c, _ in ranked.central]), ranked.central, strict=True)
        )  # fmt: skip
        none = "unknown" if ranked.times else "none"
        confidence = none if ranked.confidence is None else share(ranked.confidence)
        row(made, names[ranked.alternative], share(ranked.acceptability[0]), share(ranked.acceptability[-1]),
            confidence, weights)  # fmt: skip
    return made


def _names(done: Comparison) -> dict[str, str]:
    return {a.id: a.name for a in done.alternatives}


def _named(done: Comparison, ids: tuple[str, ...] | list[str]) -> list[str]:
    names = {c.id: c.name for c in done.criteria}
    return [names[name] for name in ids]


def _what_changes(done: Comparison, preference: Preference) -> str:
    best, name = preference.rows[0], _names(done)[preference.rows[0].alternative]
    consistent = "consistent with this ordering" if preference.order else "of the criteria"
    words = (
        f"{name} is preferred under {share(best.acceptability[0])} of the weightings {consistent} and the "
        f"futures tested. What changes the first place: the weighting, in a known future, {share(preference.by_weighting)}"
    )
    loud = [f"{i.name} {share(i.share)}" for i in preference.influences if i.above_noise][:NAMED]
    alone = f"; by itself {', '.join(loud)}" if loud else "; no input by itself more than noise"
    rest = ", ".join(_named(done, preference.unordered))
    unordered = f" Not in the ordering, and so counting no more than its last: {rest}."
    return f"{words}{alone} (noise alone: up to {percent(preference.noise)})." + unordered * bool(preference.unordered)


def _say_dominance(done: Comparison) -> None:
    names = _names(done)
    always = [pair for pair in done.dominance if pair.always]
    for pair in always[:SHOWN]:
        say(f"{names[pair.by]} is nowhere worse than {names[pair.over]}, and somewhere better, in every future tested.")
    often = [pair for pair in done.dominance if not pair.always][:NAMED]
    for pair in often:
        say(
            f"{names[pair.by]} is at least as good as {names[pair.over]} on every criterion, and better on one, in "
            f"{share(pair.share)} of the futures tested."
        )


def _must(found: AlternativeFound, must: MustBeTrue) -> str:
    head = f"What must be true, so that {found.name} {must.target}"
    if not must.conditions and must.share in {0.0, 1.0}:
        return f"{found.name} {must.target} {must.says}."
    if not must.conditions:
        return f"{head} ({share(must.share)} of the futures tested): unknown, since {must.says}."
    conditions = "; ".join(_condition(c) for c in must.conditions)
    return (
        f"{head} ({share(must.share)} of the futures tested): {conditions}. This holds in {share(must.coverage)} of such futures "
        f"(coverage), and {share(must.density)} of the futures in which it holds are such (density); in futures it was not "
        f"made from {share(must.fresh_coverage)} and {share(must.fresh_density)}."
    )


def _condition(condition: Condition) -> str:
    unit = f" {condition.unit}" if condition.unit else ""
    chance = ", which may be the luck of the draw" if condition.quasi_p > CHANCE else ""
    return f"{condition.name} {bounds(condition.low, condition.high)}{unit} (tested {between(*condition.span)}){chance}"


def _say_stated(done: Comparison) -> None:
    seen: set[str] = set()
    by = f" (source {done.source_id})" if done.source_id else ""
    for found in done.alternatives:
        for given in found.proposed if len(found.options) == 1 else ():
            if given.why or given.source_ids:
                sources = f"source {', '.join(given.source_ids)}" if given.source_ids else "no source"
                say(f"{given.name}, proposed by {sources}" + (f": {given.why}." if given.why else "."))
        for heading, words in found.stated:
            if heading not in seen:
                seen.add(heading)
                say(f"Stated of {heading.replace('_', ', ')}{by}: {'; '.join(words)}.")
    for heading, words in done.stated:
        say(f"Stated, {heading.replace('_', ', ')}{by}: {'; '.join(words)}.")
    if done.source_conclusion:
        say(f"Source {done.source_id or 'unknown'} concludes: {done.source_conclusion}.")
    if done.not_modelled:
        say(f"Not computed: {done.not_modelled}.")
