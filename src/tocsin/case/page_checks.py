"""Checks of questions and choices against the tables of the case, and against what is known beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from tocsin.case.cells import references
from tocsin.case.finding import Finding, did_you_mean, nearest, quoted
from tocsin.case.tables import SINGULAR
from tocsin.case.tripwires import Indicator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.case.draft import Draft, Known
    from tocsin.case.options import Choice
    from tocsin.case.read_yaml import Page
    from tocsin.case.tripwires import Tripwire
    from tocsin.case.validate import Location

Name = tuple["Page", "Location", str, str]
"""An id that a page names: page, place, table, id."""

COUNTRY_LETTERS = 3


def page_findings(draft: Draft, *, known: Known) -> Iterator[Finding]:
    """Everything in questions and choices that does not fit the rest of the case."""
    yield from _unknown_ids(draft)
    yield from _same_id(draft)
    for page, choice in draft.choices:
        yield from _cards(draft, page, choice, known=known)
        yield from _steps(draft, page, choice)
        for number, tripwire in enumerate(choice.tripwires):
            yield from _watched(draft, page, tripwire, at=("tripwires", number), known=known)


def names_in_pages(draft: Draft) -> Iterator[Name]:
    """Every id of a table that questions and choices name."""
    for page, value in (*draft.questions, *draft.choices):
        yield from ((page, *name) for name in _names(value, ()))


def _names(value: Any, where: Location) -> Iterator[tuple[Location, str, str]]:  # noqa: ANN401  # any value of a page
    """The ids a value names, as its model declares them, and those of the values within it."""
    if isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from _names(part, (*where, number))
    if not isinstance(value, BaseModel):
        return
    refs = references(type(value))
    for key, inner in value:
        if key not in refs:
            yield from _names(inner, (*where, key))
        else:
            named = (inner,) if isinstance(inner, str) else inner or ()
            yield from (((*where, key), refs[key], name) for name in named)


def _unknown_ids(draft: Draft) -> Iterator[Finding]:
    """Ids that no table gives."""
    for page, where, target, name in names_in_pages(draft):
        known = draft.ids(target)
        if name not in known:
            mend = f"{did_you_mean(name, known)}; or add it to {draft.file(target)}"
            yield page.fault(where, f"no {SINGULAR[target]} is called {quoted(name)}", mend)


def _same_id(draft: Draft) -> Iterator[Finding]:
    """A choice called as a question is: what is elicited or logged could be about either."""
    asked = {question.id: page.file for page, question in draft.questions}
    for page, choice in draft.choices:
        if choice.id in asked:
            problem = f"the id {quoted(choice.id)} is that of {asked[choice.id]} too"
            yield page.fault(("id",), problem, "give one of the two another id, and its file another name")


def _cards(draft: Draft, page: Page, choice: Choice, *, known: Known) -> Iterator[Finding]:
    if known.cards is None:
        return
    cards = {*known.cards, *draft.ids("evidence")}
    for number, effect in enumerate(choice.effects):
        for name in effect.cards:
            if name not in cards:
                mend = f"{did_you_mean(name, cards)}; or add it to {draft.file('evidence')}"
                at = ("effects", number, "cards")
                yield page.fault(at, f"no evidence card is called {quoted(name)}", mend)


def _steps(draft: Draft, page: Page, choice: Choice) -> Iterator[Finding]:
    """Steps at sites that do not stand yet, or stand no longer."""
    sites = {site.site_id: site for _, site in draft.numbered("sites")}
    for n, option in enumerate(choice.options):
        opened: set[str] = set()
        for m, step in enumerate(option.steps):
            for key in ("reduces", "closes"):
                for name in getattr(step, key):
                    site, at = sites.get(name), ("options", n, "steps", m, key)
                    if site is None or step.when is None or name in opened:
                        continue
                    if site.start is not None and step.when.is_before(site.start):
                        problem = f"the step of {step.when} {key} {quoted(name)}, which opens in {site.start}"
                        yield page.fault(at, problem, f"mend when, or start in {draft.file('sites')}")
                    if site.end is not None and site.end.is_before(step.when):
                        problem = f"the step of {step.when} {key} {quoted(name)}, which ended in {site.end}"
                        yield page.fault(at, problem, f"take it out, or mend end in {draft.file('sites')}")
            opened |= set(step.opens)


def _watched(draft: Draft, page: Page, tripwire: Tripwire, *, at: Location, known: Known) -> Iterator[Finding]:
    """Areas, kinds of claim, institutions and dates that a tripwire watches and nothing else knows."""
    if tripwire.area is not None and draft.settings is not None:
        provinces, countries = draft.settings.areas.provinces, draft.settings.areas.countries
        of_country = len(tripwire.area) == COUNTRY_LETTERS and tripwire.area.isupper()
        if tripwire.area not in (*provinces, *countries) and (provinces or of_country):
            problem = f"no province or country of the case is called {quoted(tripwire.area)}"
            mend = f"{did_you_mean(tripwire.area, (*provinces, *countries))}; or add it to areas"
            yield page.fault((*at, "area"), problem, mend)
    if tripwire.kind is not None and known.claims is not None and tripwire.kind not in known.claims:
        problem = f"no kind of claim is called {quoted(tripwire.kind)}"
        yield page.fault((*at, "kind"), problem, did_you_mean(tripwire.kind, known.claims))
    if tripwire.organisation is not None:
        names = _institutions(draft)
        if tripwire.organisation not in names:
            near = nearest(tripwire.organisation, names)
            problem = f"no row of the case names the institution {quoted(tripwire.organisation)}"
            mend = f"did you mean {quoted(near)}?" if near else "add a row of posts or mandates that names it"
            yield page.note((*at, "organisation"), problem, mend)
    if tripwire.indicator is Indicator.CALENDAR and tripwire.when is not None:
        dates = {str(date.date) for _, date in draft.numbered("calendar")}
        if str(tripwire.when) not in dates:
            problem = f"nothing is due on {tripwire.when} in {draft.file('calendar')}"
            mend = f"add a row, or write one of its dates: {', '.join(sorted(dates)) or 'it has none'}"
            yield page.note((*at, "when"), problem, mend)


def _institutions(draft: Draft) -> set[str]:
    """What the tables call the bodies whose posts are held, or with which missions work."""
    names = {name for _, actor in draft.numbered("actors") for name in (actor.name, *actor.aliases)}
    for table, columns in (
        ("posts", ("organisation",)),
        ("engagements", ("counterpart",)),
        ("mandates", ("institution",)),
    ):
        names |= {getattr(row, c) for _, row in draft.numbered(table) for c in columns if getattr(row, c) is not None}
    return names
