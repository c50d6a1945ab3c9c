"""A question on the page: its sliders, and what was moved beside the edition's own figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from tocsin.assess.decision import nearest_break_evens
from tocsin.brief.sections.decision_words import points, sentence, span, would_need
from tocsin.brief.sections.wording import likelihood
from tocsin.vocabulary import percent
from tocsin.web.decide.what_if import ROLES, ends_of, range_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.case.questions import Question
    from tocsin.decide.settle import Role, Settled
    from tocsin.web.decide.what_if import WhatIf

Data = dict[str, Any]
STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
"""Steps of a slider, in the scale's unit."""

FINENESS = 120
"""A slider has about so many steps at most, more where the case's number needs them."""


class Slider(NamedTuple):
    """One input that can be moved.

    Attributes:
        name: in the address.
        says: what it is.
        low, high: its ends.
        step: the least move.
        value: where it stands.
        case: the case's middle.
        around: the case's whole range, in words.
        moved: whether it stands elsewhere than the case has it.
    """

    name: str
    says: str
    low: str
    high: str
    step: str
    value: str
    case: str
    around: str
    moved: bool


class PartySliders(NamedTuple):
    """A party with its sliders and its share of the weight."""

    name: str
    share: str
    sliders: tuple[Slider, ...]


class Row(NamedTuple):
    """One figure: with what was moved, and by the edition; None where the edition has none."""

    says: str
    now: str
    edition: str | None


@dataclass(frozen=True, slots=True)
class Settlement:
    """What comes out.

    Attributes:
        moves: what was moved, a sentence a move; empty where nothing was.
        said: the answer in a sentence.
        rows: figure by figure.
        changes: what would change it.
        confidence: said apart.
        draws: of the inputs, and the edition's; None where the edition does not hold the question.
        other_inputs: whether the case's inputs differ from those the edition was made from.
    """

    moves: tuple[str, ...]
    said: str
    rows: tuple[Row, ...]
    changes: tuple[str, ...]
    confidence: str
    draws: tuple[int, int | None]
    other_inputs: bool


def sliders(asked: WhatIf, settled: Settled) -> tuple[PartySliders, ...]:
    """A slider for every input of every party the question names."""
    at = {(move.actor, move.role): move.to for move in asked.moves}
    shares = {lever.actor: lever.share for lever in settled.levers}

    def slider(actor: str, role: Role) -> Slider:
        party = next(p for p in asked.question.positions if p.actor == actor)
        given, (low, high) = range_of(party, role), ends_of(asked.question, role)
        unit = f" {asked.question.scale.unit}" if role is ROLES[0] else ""
        around = f"{given.low:g} to {given.high:g}{unit}, middle {given.mid:g}"
        return Slider(
            f"{role}.{actor}", role.value.capitalize(), f"{low:g}", f"{high:g}", step_of(low, high, given.mid),
            f"{at.get((actor, role), given.mid):g}", f"{given.mid:g}", around, (actor, role) in at,
        )  # fmt: skip

    return tuple(
        PartySliders(name, percent(shares[actor]), tuple(slider(actor, role) for role in ROLES))
        for actor, name in settled.parties.items()
    )


def step_of(low: float, high: float, mid: float) -> str:
    """The step of a slider on which the case's own number lies, so that a slider nobody touched stands where it is.

    Example:
        >>> step_of(0, 60, 7), step_of(0, 1, 0.8), step_of(0, 1, 0.333), step_of(0, 1, 1 / 3)
        ('0.5', '0.01', '0.001', 'any')
    """
    wished = (high - low) / FINENESS
    fine = [step for step in STEPS if abs((mid - low) / step - round((mid - low) / step)) < 1e-6]
    return f"{next((s for s in fine if s >= wished), fine[-1]):g}" if fine else "any"


def settlement(asked: WhatIf, settled: Settled, edition: Data | None) -> Settlement:
    """The answer with what was moved, beside the edition's.

    Args:
        asked: the question, and what was moved.
        settled: what comes out.
        edition: the question's part of the edition, in the shape of `settle --json`; None where it holds none.
    """
    parties = {party.actor: party for party in asked.question.positions}
    unit = asked.question.scale.unit
    moves = tuple(
        f"{move.role.value.capitalize()} of {settled.parties[move.actor]}: {move.to:g}"
        + (f" {unit}" if move.role is ROLES[0] else "")
        + f", in the case {range_of(parties[move.actor], move.role).mid:g}"
        for move in asked.moves
    )
    changes = tuple(f"'{e.band}' if {would_need(settled, e)}" for e in nearest_break_evens(settled))
    return Settlement(
        moves, _said(settled), tuple(_rows(settled, edition)), changes,
        f"Confidence is {settled.confidence.value}: {settled.confidence_why}."
        + (" What was moved is nobody's statement." if moves else ""),
        (settled.draws, edition["draws"] if edition else None),
        edition is not None and _inputs(asked.question) != _inputs_of(edition),
    )  # fmt: skip


def _said(settled: Settled) -> str:
    ranges, best = settled.ranges, max(settled.bands, key=lambda b: b.probability, default=None)
    return (
        f"If it is settled: centre {points(settled.centre)} {settled.unit}; 80 % range {span(*ranges.input_noise)} from noise in "
        f"the inputs, {span(*ranges.model_error)} from past errors of the model."
        + (f" '{sentence(best.name)[:-1]}' is {likelihood(best.probability)}." if best else "")
    )


def _rows(settled: Settled, edition: Data | None) -> Iterator[Row]:
    unit, ranges = settled.unit, edition["ranges"] if edition else {}
    yield Row(f"Centre, {unit}", points(settled.centre), points(edition["centre"]) if edition else None)
    for says, key, here in (
        ("80 % range, noise in the inputs", "input_noise", settled.ranges.input_noise),
        ("80 % range, past errors of the model", "model_error", settled.ranges.model_error),
        ("80 % range, both together", "both", settled.ranges.both),
    ):
        yield Row(f"{says}, {unit}", span(*here), span(*ranges[key]) if ranges else None)
    then = {band["name"]: band["probability"] for band in edition["bands"]} if edition else {}
    for band in settled.bands:
        before = likelihood(then[band.name]) if band.name in then else None
        yield Row(f"{band.name}, {span(band.low, band.high)} {unit}", likelihood(band.probability), before)
    held = {lever["actor"]: lever["share"] for lever in edition["levers"]} if edition else {}
    for lever in settled.levers:
        before = percent(held[lever.actor]) if lever.actor in held else None
        yield Row(f"Weight of {settled.parties[lever.actor]}, share of all", percent(lever.share), before)


def _inputs(question: Question) -> set[tuple[str, str, float, float, float]]:
    return {(p.actor, role.value, *range_of(p, role)) for p in question.positions for role in ROLES}


def _inputs_of(edition: Data) -> set[tuple[str, str, float, float, float]]:
    return {(i["actor"], i["role"], i["low"], i["mid"], i["high"]) for i in edition["inputs"] if i["actor"] is not None}


def part_of(page: Data, question: str) -> Data:
    """The blocks of one question out of the laid-out page of all, without its heading; empty where it is not there."""
    mine, kept = False, []
    for block in (*page["blocks"], *page["annex"]):
        if block["kind"] == "heading" and block["level"] == 2:
            mine = block["id"] == f"question-{question}"
        elif mine and block["kind"] != "page_break":
            kept.append(block)
    return {**page, "blocks": [], "annex": kept}
