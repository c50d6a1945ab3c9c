"""What can be wrong within a choice, beyond the form of its values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.case.allowed import allowed, beyond
from tocsin.case.cells import Basis, Better
from tocsin.case.elicited import order_faults
from tocsin.case.finding import did_you_mean, quoted
from tocsin.case.option_checks import option_faults, option_notes
from tocsin.case.options import Together
from tocsin.case.tripwire_checks import tripwire_faults, tripwire_notes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tocsin.case.options import Choice, Criterion, Effect
    from tocsin.case.validate import Location

Said = tuple["Location", str, str]
"""Where, what, and what mends it."""


def choice_faults(choice: Choice) -> Iterator[Said]:
    """What is wrong within a choice: where, what, mend."""
    for key in ("options", "criteria", "uncertainties", "viewpoints", "tripwires"):
        yield from _twice(key, [part.id for part in getattr(choice, key)])
    yield from option_faults(choice)
    for number, criterion in enumerate(choice.criteria):
        yield from _criterion(criterion, at=("criteria", number))
    for number, uncertainty in enumerate(choice.uncertainties):
        if uncertainty.low >= uncertainty.high:
            yield ("uncertainties", number, "high"), "the uncertainty has no width", "let high be above low"
    yield from _effects(choice)
    yield from _options_without_effects(choice)
    yield from _viewpoints(choice)
    options, uncertainties = [o.id for o in choice.options], [u.id for u in choice.uncertainties]
    for number, tripwire in enumerate(choice.tripwires):
        at = ("tripwires", number)
        yield from tripwire_faults(tripwire, at=at, options=options, uncertainties=uncertainties)


def choice_notes(choice: Choice) -> Iterator[Said]:
    """What should be known of a choice, and stops nothing: where, what, mend."""
    yield from option_notes(choice)
    for number, criterion in enumerate(choice.criteria):
        yield from _odd_criterion(choice, criterion, at=("criteria", number))
    yield from _left_unknown(choice)
    for number, viewpoint in enumerate(choice.viewpoints):
        left = [c.id for c in choice.criteria if c.id not in {name for alike in viewpoint.order for name in alike}]
        if left:
            problem = f"the ordering of {quoted(viewpoint.id)} leaves out {', '.join(left)}"
            yield ("viewpoints", number, "order"), problem, "rank them too, those that count alike in one list"
    for number, tripwire in enumerate(choice.tripwires):
        yield from tripwire_notes(tripwire, at=("tripwires", number))
    if choice.stated and choice.source_id is None:
        yield ("stated",), "what a source states names no source", "write source_id"


def _criterion(criterion: Criterion, *, at: Location) -> Iterator[Said]:
    """Thresholds that nothing can meet or that the unit does not allow, and changes counted from nothing."""
    most, least = criterion.must_not_exceed, criterion.must_reach
    if most is not None and least is not None and least > most:
        problem = f"nothing can reach {least:g} and not exceed {most:g}"
        yield (*at, "must_reach"), problem, "let must_reach lie below must_not_exceed, or keep one of the two"
    for key in ("must_not_exceed", "must_reach", "base"):
        value = getattr(criterion, key)
        if value is not None and not _possible(value, criterion):
            yield (*at, key), f"{value:g} is not possible in {_span(criterion)}", "mend the number, or the unit"
    low, high = allowed(criterion)
    if low >= high:
        key = "at_least" if criterion.at_least is not None else "at_most"
        problem = f"no value is possible in {quoted(criterion.unit)} of at least {low:g} and at most {high:g}"
        yield (*at, key), problem, "let at_least lie below at_most, both within what the unit allows"
    if criterion.together is Together.SUM and criterion.base is None:
        problem = "changes are added up, and there is no base from which they are counted"
        yield (*at, "base"), problem, "write base: the value with no option; or choose envelope, highest or lowest"


def _odd_criterion(choice: Choice, criterion: Criterion, *, at: Location) -> Iterator[Said]:
    if criterion.must_not_exceed is not None and criterion.better is Better.UP:
        problem = "must_not_exceed stands beside better: up, so that an option fails by being too good"
        yield (*at, "must_not_exceed"), problem, "write must_reach, or better: down, unless it is meant so"
    if criterion.must_reach is not None and criterion.better is Better.DOWN:
        problem = "must_reach stands beside better: down, so that an option fails by being too good"
        yield (*at, "must_reach"), problem, "write must_not_exceed, or better: up, unless it is meant so"
    if criterion.base is not None and criterion.together is not Together.SUM:
        problem = "base is not used: changes are not added up"
        yield (*at, "base"), problem, "write together: sum of changes, or leave base out"
    past = beyond(choice, criterion)
    if past is not None:
        problem = (
            f"the changes of {', '.join(past[1])} add up to {past[0]:g}, which is not possible in {_span(criterion)}"
        )
        mend = "sums are held at the bound, and it is counted; narrow the ranges, or write together: envelope"
        yield (*at, "together"), problem, mend
    if not any(e.criterion == criterion.id for e in choice.effects):
        problem = f"no option has an effect on {quoted(criterion.id)}: nothing is compared by it"
        yield at, problem, "add effects on it, or remove it"


def _possible(value: float, criterion: Criterion) -> bool:
    low, high = allowed(criterion)
    return low <= value <= high


def _span(criterion: Criterion) -> str:
    """What a criterion is counted in, and the bounds that it was given."""
    given = (("at least", criterion.at_least), ("at most", criterion.at_most))
    return ", ".join([quoted(criterion.unit), *(f"{words} {value:g}" for words, value in given if value is not None)])


def _effects(choice: Choice) -> Iterator[Said]:
    options, criteria = {o.id for o in choice.options}, {c.id: c for c in choice.criteria}
    uncertainties = {u.id for u in choice.uncertainties}
    seen: set[tuple[str, str]] = set()
    for number, effect in enumerate(choice.effects):
        at = ("effects", number)
        yield from _unknown((*at, "option"), "option", effect.option, options)
        yield from _unknown((*at, "criterion"), "criterion", effect.criterion, criteria)
        yield from _unknown((*at, "rises_with"), "uncertainty", effect.rises_with, uncertainties)
        yield from _unknown((*at, "falls_with"), "uncertainty", effect.falls_with, uncertainties)
        pair = (effect.option, effect.criterion)
        if pair in seen:
            yield at, f"the effect of {pair[0]} on {pair[1]} stands twice", "keep one of the two"
        seen.add(pair)
        yield from _effect(effect, criterion=criteria.get(effect.criterion), at=at)


def _effect(effect: Effect, *, criterion: Criterion | None, at: Location) -> Iterator[Said]:
    if criterion is not None and not (
        _possible(effect.range.low, criterion) and _possible(effect.range.high, criterion)
    ):
        shown = ", ".join(f"{v:g}" for v in effect.range)
        problem = f"the range [{shown}] is not possible in {_span(criterion)}"
        yield (*at, "range"), problem, "mend the range, or the criterion's unit"
    if effect.rises_with is not None and effect.rises_with == effect.falls_with:
        problem = f"the value rises and falls with {quoted(effect.rises_with)}"
        yield (*at, "falls_with"), problem, "keep rises_with or falls_with"
    if effect.basis is not Basis.JUDGEMENT and not effect.source_ids:
        problem = f"the range is {effect.basis.value} but names no source"
        yield (*at, "basis"), problem, "add source_ids, or write judgement"


def _options_without_effects(choice: Choice) -> Iterator[Said]:
    """Options that could be compared if they had effects as the others have."""
    with_effects = {e.option for e in choice.effects}
    if not choice.criteria or not with_effects & {o.id for o in choice.options}:
        return
    for number, option in enumerate(choice.options):
        if option.id not in with_effects:
            problem = f"the option {quoted(option.id)} has no effect on any criterion, and cannot be compared"
            mend = f"add effects with option: {option.id}, if only wide ranges with basis: judgement"
            yield ("options", number), problem, mend


def _left_unknown(choice: Choice) -> Iterator[Said]:
    """Effects that are not known, and uncertainties that change nothing."""
    known = {(e.option, e.criterion) for e in choice.effects}
    compared = {criterion for _, criterion in known}
    if choice.criteria and not known:
        yield ("effects",), "no option has an effect: options are named, and not compared", "add effects"
    for number, option in enumerate(choice.options):
        missing = [c.id for c in choice.criteria if c.id in compared and (option.id, c.id) not in known]
        if missing and len(missing) < len(compared):
            problem = f"what {quoted(option.id)} does to {', '.join(missing)} is unknown"
            yield ("options", number), problem, "add effects, if only wide ranges with basis: judgement"
    used = {name for e in choice.effects for name in (e.rises_with, e.falls_with)}
    for number, uncertainty in enumerate(choice.uncertainties):
        if uncertainty.id not in used:
            problem = f"no effect rises or falls with {quoted(uncertainty.id)}: it changes nothing"
            yield ("uncertainties", number), problem, "name it in an effect, or remove it"


def _viewpoints(choice: Choice) -> Iterator[Said]:
    for number, viewpoint in enumerate(choice.viewpoints):
        at = ("viewpoints", number)
        yield from order_faults((*at, "order"), viewpoint.order, [c.id for c in choice.criteria])
        if viewpoint.source_id is None and viewpoint.basis is not Basis.JUDGEMENT:
            problem = f"the ordering is {viewpoint.basis.value} but names no source"
            yield (*at, "basis"), problem, "add source_id, or write judgement"


def _unknown(where: Location, kind: str, name: str | None, known: Collection[str]) -> Iterator[Said]:
    if name is not None and name not in known:
        yield where, f"no {kind} is called {quoted(name)}", did_you_mean(name, known)


def _twice(key: str, ids: list[str]) -> Iterator[Said]:
    for number, name in enumerate(ids):
        if name in ids[:number]:
            yield (key, number, "id"), f"the id {quoted(name)} stands twice", "give each its own id"
