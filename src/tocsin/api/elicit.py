"""What experts gave on a case's questions and choices: the form they fill in, and their answers side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.case.elicited_sheet import write_form
from tocsin.case.questions import Question
from tocsin.decide.elicitation import (
    inputs_seen,
    orderings,
    pooled,
    pooled_places,
    preferred_by,
    settled_by,
)
from tocsin.decide.options import FUTURES
from tocsin.decide.settle import DRAWS
from tocsin.errors import CaseProblem, FileProblem, UnknownName, Where

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.case import Case
    from tocsin.case.elicited import Elicited
    from tocsin.case.options import Choice
    from tocsin.decide.elicitation import FirstPlace, InputSeen, Orderings, Pooled, PreferredBy, SettledBy


@dataclass(frozen=True, slots=True)
class ElicitedFound:
    """What experts gave on one question or choice, and how the answer differs by expert.

    Attributes:
        about: the question or choice.
        experts: what each gave, in the order of their names; those who filled in nothing are in `empty`.
        empty: experts whose form is empty: all of it is unknown.
        inputs: every input as everybody sees it, where ranges do not touch first.
        orderings: for a choice, the orderings of criteria and how far they agree.
        settled: for a question, the answer by the case's own inputs and by each expert's.
        pooled: the equal-weight mixture of the experts' answers; None for fewer than two, or for a choice.
        preferred: for a choice, what comes first by the case's own inputs and by each expert's.
        pooled_places: the equal-weight mixture of first places, for viewpoints that all experts have.
    """

    about: Question | Choice
    experts: tuple[Elicited, ...]
    empty: tuple[str, ...]
    inputs: tuple[InputSeen, ...]
    orderings: tuple[Orderings, ...]
    settled: tuple[SettledBy, ...]
    pooled: Pooled | None
    preferred: tuple[PreferredBy, ...]
    pooled_places: tuple[FirstPlace, ...]


def elicit_form(case: Case, about: str, form: str | Path) -> Path:
    """Write a form for one expert, with nobody's values in it.

    Args:
        case: a checked case.
        about: id of the question or choice.
        form: a .csv file that is not there yet, named as the expert is called: initials, a role or a number.

    Returns:
        The file; filled in, it belongs in the case's folder `elicited/ABOUT/`.

    Raises:
        UnknownName: the case has no such question or choice.
        CaseProblem: the case has no questions and no choices.
        FileProblem: the file is there already, is no .csv, or cannot be written.
    """
    return write_form(_about(case, about), form, names={actor.actor_id: actor.name for actor in case.actors})


def elicit_case(case: Case, about: str, *, draws: int = DRAWS, futures: int = FUTURES, seed: int = 1) -> ElicitedFound:
    """What experts gave on a question or choice, and how the answer differs by expert.

    Args:
        case: a checked case.
        about: id of the question or choice.
        draws: of a question's inputs, 100 to 20,000.
        futures: tested for a choice, 50 to 200,000.
        seed: the same seed gives the same numbers.

    Raises:
        UnknownName: the case has no such question or choice.
        CaseProblem: the case has no questions and no choices.
        FileProblem: nobody has given anything on it yet.
        OutOfRange: too few or too many draws or futures.
    """
    asked = _about(case, about)
    given = tuple(sorted((each for each in case.elicited if each.about == about), key=lambda each: each.expert))
    experts = tuple(each for each in given if not each.is_empty)
    if not experts:
        raise FileProblem(
            f"no expert has given anything on {about} yet", where=Where(case.folder / "elicited" / about),
            hint=f"tocsin elicit {about} --form NAME.csv writes a form; put it there when it is filled in",
        )  # fmt: skip
    empty = tuple(each.expert for each in given if each.is_empty)
    names = {actor.actor_id: actor.name for actor in case.actors}
    inputs = inputs_seen(asked, experts, names=names)
    if isinstance(asked, Question):
        answers = settled_by(asked, experts, draws=draws, seed=seed)
        mixture = pooled(asked, experts, draws=draws, seed=seed)
        return ElicitedFound(asked, experts, empty, inputs, (), answers, mixture, (), ())
    preferred = preferred_by(asked, experts, futures=futures, seed=seed)
    return ElicitedFound(
        asked, experts, empty, inputs, orderings(experts), (), None, preferred, pooled_places(preferred)
    )


def _about(case: Case, about: str) -> Question | Choice:
    known: dict[str, Question | Choice] = {each.id: each for each in case.questions}
    known |= {each.id: each for each in case.choices}
    if not known:
        raise CaseProblem(
            "the case has no questions and no choices, so there is nothing to ask experts about",
            where=Where(case.folder / "questions"),
            hint="write one, as questions/name.yaml: docs/case.md lists its keys",
        )  # fmt: skip
    if about not in known:
        raise UnknownName.of("question or choice", about, known)
    return known[about]
