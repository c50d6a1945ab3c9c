"""What can be wrong among options: which can be done together, and in which order an option's steps are done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.case.finding import did_you_mean, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tocsin.case.options import Choice, Option
    from tocsin.case.validate import Location

Said = tuple["Location", str, str]
"""Where, what, and what mends it."""


def option_faults(choice: Choice) -> Iterator[Said]:
    """What is wrong among the options of a choice: where, what, mend."""
    for number, option in enumerate(choice.options):
        at = ("options", number)
        if option.needs_months is not None and option.needs_months < 0:
            problem = f"an option cannot need {option.needs_months:g} months"
            yield (*at, "needs_months"), problem, "write 0 or more; leave it out where it is unknown"
        yield from _named(choice, option, at=at)
        yield from _steps(option, at=at)
    yield from _together(choice)


def _named(choice: Choice, option: Option, *, at: Location) -> Iterator[Said]:
    """Options that an option requires or excludes, and that are unknown, itself, or both."""
    known = [o.id for o in choice.options]
    for key, names in (("requires", option.requires), ("excludes", option.excludes)):
        for name in names:
            if name == option.id:
                yield (*at, key), f"the option {quoted(name)} {key} itself", f"take it out of {key}"
            elif name not in known:
                yield (*at, key), f"no option is called {quoted(name)}", did_you_mean(name, known)
    if option.requires and not choice.combinations_allowed:
        problem = f"{quoted(option.id)} can only be done with others, and options cannot be done together here"
        yield (*at, "requires"), problem, "write combinations_allowed: true, or take requires out"


def _together(choice: Choice) -> Iterator[Said]:
    """Options that require one another in a circle, or that can never be done."""
    requires = {o.id: o.requires for o in choice.options}
    told: set[frozenset[str]] = set()
    for number, option in enumerate(choice.options):
        circle = _circle(option.id, requires)
        if circle is not None and frozenset(circle) not in told:
            told.add(frozenset(circle))
            problem = f"the options require one another in a circle: {' requires '.join(circle)}"
            yield ("options", number, "requires"), problem, "make one option of them, or take one of the requires out"
        needed = {option.id, *_needed(option.id, requires)}
        for other in choice.options:
            clash = [name for name in other.excludes if name in needed and name != other.id]
            if other.id in needed and clash:
                problem = f"{quoted(option.id)} can never be done: {_why(option.id, other.id, clash[0])}"
                yield ("options", number, "requires"), problem, "take out one of the requires, or the excludes"
                break


def _why(option: str, other: str, excluded: str) -> str:
    if option in {other, excluded}:
        needed = excluded if option == other else other
        return f"it requires {quoted(needed)}, and one of the two excludes the other"
    return f"it requires {quoted(other)} and {quoted(excluded)}, of which one excludes the other"


def _needed(start: str, requires: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Everything an option requires, at once or through others."""
    needed: set[str] = set()
    left = [name for name in requires[start] if name in requires]
    while left:
        name = left.pop()
        if name not in needed:
            needed.add(name)
            left += [n for n in requires[name] if n in requires]
    return needed


def _circle(start: str, requires: Mapping[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    """The shortest way from an option back to itself, through others."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    while ways:
        way = ways.pop(0)
        for name in requires[way[-1]]:
            if name == start and len(way) > 1:
                return (*way, start)
            if name in requires and name not in seen:
                seen.add(name)
                ways.append((*way, name))
    return None


def _steps(option: Option, *, at: Location) -> Iterator[Said]:
    """Steps that go back in time, and sites that are used after they closed."""
    closed: dict[str, str] = {}
    last = None
    for number, step in enumerate(option.steps):
        here = (*at, "steps", number)
        if last is not None and step.when is not None and step.when.is_before(last):
            problem = f"the step of {step.when} stands after that of {last}"
            yield (*here, "when"), problem, "write the steps in the order in which they are done"
        last = step.when or last
        keys = {"opens": step.opens, "reduces": step.reduces, "closes": step.closes}
        for key, sites in keys.items():
            for site in sites:
                if key != "opens" and site in closed:
                    problem = f"the step {key} {quoted(site)}, which {closed[site]} closed"
                    yield (*here, key), problem, "take it out here or there, or open the site between the two"
                named = [k for k, others in keys.items() if site in others]
                if len(named) > 1 and key == named[-1]:
                    problem = f"one step {' and '.join(named)} {quoted(site)}"
                    yield (*here, key), problem, "keep one of the two, or make two steps of it"
        for site in step.opens:
            closed.pop(site, None)
        closed |= dict.fromkeys(step.closes, f"the step of {step.when}" if step.when else f"step {number + 1}")


def option_notes(choice: Choice) -> Iterator[Said]:
    """What should be known of the options, and stops nothing: where, what, mend."""
    if len(choice.options) == 1:
        yield ("options",), "one option is no choice: it is compared with nothing", "add what else could be done"
    for number, option in enumerate(choice.options):
        if option.excludes and not choice.combinations_allowed:
            problem = "excludes changes nothing: options cannot be done together here"
            yield ("options", number, "excludes"), problem, "write combinations_allowed: true, or take it out"
