"""What an address asks for: a question, an alert budget, an order. Each parameter is checked against what there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from tocsin.errors import InputError
from tocsin.warn.question import Question

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tocsin.web.figures.outlook import Outlook

T = TypeVar("T")

ESCALATION = "escalation"
LISTED = 12
"""Values that a hint lists; of more it says the first and the last."""


def one_of(
    query: Mapping[str, str], name: str, allowed: Sequence[T], default: T, *, says: Callable[[T], str] = str
) -> T:
    """The value that a parameter of the address names; the default where it is not given.

    Args:
        query: the parameters.
        name: of the parameter.
        allowed: what it may be.
        default: what it is where it is left out or empty.
        says: a value as the address writes it.

    Raises:
        InputError: it names nothing of what is allowed.

    Example:
        >>> one_of({"within": "3"}, "within", (1, 3, 6), 6)
        3
    """
    given = query.get(name, "")
    if not given:
        return default
    found = [value for value in allowed if says(value) == given]
    if not found:
        told = [says(value) for value in allowed]
        listed = ", ".join(told) if len(told) <= LISTED else f"one of {len(told)} from {told[0]} to {told[-1]}"
        raise InputError(f"'{name}' cannot be '{given[:40]}'", hint=f"it can be: {listed}")
    return found[0]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and how many alerts are given at each origin.

    Attributes:
        question: what is warned of.
        budget: alerts at each origin; None where no record of alerts is known.
    """

    question: Question
    budget: int | None


def asked_of(outlook: Outlook, query: Mapping[str, str]) -> Asked:
    """The question and budget that an address asks for, among those the edition holds answers to.

    Raises:
        InputError: the edition holds no answer to it.
    """
    known = outlook.questions
    within = one_of(query, "within", sorted({q.months for q in known}), outlook.ranked_by.months)
    there = [q.threshold for q in known if q.months == within]
    threshold = one_of(query, "threshold", there, outlook.ranked_by.threshold, says=_threshold)
    budgets = outlook.budgets
    budget = one_of(query, "budget", budgets, budgets[0]) if budgets else None
    return Asked(Question(within, threshold), budget)


def _threshold(threshold: int | None) -> str:
    return ESCALATION if threshold is None else str(threshold)


def short(question: Question) -> str:
    """A question as a part of a sentence, without its definition.

    Example:
        >>> short(Question(6)), short(Question(1, 100))
        ('escalation within 6 months', 'a month of 100 or more deaths within the next month')
    """
    if question.threshold is None:
        return question.words.split(" (")[0]
    span = "the next month" if question.months == 1 else f"{question.months} months"
    return f"a month of {question.threshold:,} or more deaths within {span}"


def titled(words: str) -> str:
    """Words that begin a sentence.

    Example:
        >>> titled("escalation within 6 months")
        'Escalation within 6 months'
    """
    return words[:1].upper() + words[1:]
