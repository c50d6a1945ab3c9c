"""Tripwires that rest on themselves, and conditions with who watches them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.decide.options.made_up_choice import option, small

from tocsin.case.options import Choice, Option
from tocsin.case.tripwires import Tripwire
from tocsin.decide.options import compare
from tocsin.decide.tripwires.circular import circular
from tocsin.decide.tripwires.conditions import conditions
from tocsin.decide.tripwires.findings import Now, Past, State, Timing, Verdict, Watched
from tocsin.decide.tripwires.stated import stated_triggers

SITES, NAMES = {"camp": "mm", "far": "other"}, {"mm": "The Mission", "other": "Another"}


def tripwire(name: str, **more: Any) -> Tripwire:
    return Tripwire.model_validate(
        {"id": name, "watches": "w", "basis": "judgement", "indicator": "record", "kind": "incident", **more}
    )


def go(**step: Any) -> Option:
    return Option.model_validate({"id": "go", "name": "Go", "steps": [{"do": "close the camp", **step}]})


def found(*tripwires: Tripwire, options: tuple[Option, ...] = ()) -> dict[str, str]:
    choice = Choice(id="c", question="?", options=options or (option("go"), option("stay")), tripwires=tripwires)
    return circular(choice, site_missions=SITES, mission_names=NAMES)


def test_rings_of_tripwires_are_refused_each_with_its_way() -> None:
    ring = (
        tripwire("a", watches="what tripwire b says"), tripwire("b", note="after tripwire c"),
        tripwire("c", watches="tripwire a again"), tripwire("d", watches="tripwire a"),
    )  # fmt: skip
    assert found(*ring) == {
        "a": "it watches itself by way of b, c", "b": "it watches itself by way of c, a",
        "c": "it watches itself by way of a, b",
    }  # fmt: skip
    assert found(tripwire("a", watches="tripwire a")) == {"a": "it watches itself"}


@pytest.mark.parametrize(
    ("told", "own"),
    [
        ({"kind": None, "organisation": "The Mission"}, True),
        ({"kind": None, "organisation": "mm"}, True),
        ({"kind": None, "organisation": "Another"}, False),
        ({"kind": "mission-has-site"}, True),
        ({"kind": "mission-has-site", "organisation": "Another"}, False),
        ({"kind": "incident"}, False),
        ({"indicator": "calendar", "when": "2026-09"}, True),
        ({"indicator": "calendar", "when": "2026-09", "source_id": "s"}, False),
        ({"indicator": "calendar", "when": "2026-10"}, False),
    ],
)
def test_what_the_option_itself_brings_about_is_refused(told: dict[str, Any], own: bool) -> None:  # noqa: FBT001
    watched = tripwire("t", options=["go"], **told)
    assert ("t" in found(watched, options=(go(when="2026-09", closes=["camp"]), option("stay")))) is own


def test_a_tripwire_that_one_of_its_options_does_not_bring_about_stands() -> None:
    watched = tripwire("t", kind="mission-has-site")
    assert found(watched, options=(go(when="2026-09", closes=["camp"]), option("stay"))) == {}


def watched(
    name: str, *verdicts: tuple[str, Verdict], uncertainty: str | None = "storm", ring: str | None = None
) -> Watched:
    timings = tuple(Timing(o, o, verdict, None, None, "") for o, verdict in verdicts)
    now = Now(State.NOT, "", seen=date(2020, 1, 1))
    return Watched(
        name, "w", "panel", "c", uncertainty, None, "judgement", now, Past(""), None, "", timings, circular=ring
    )


@pytest.mark.parametrize(
    ("tripwires", "by", "says"),
    [
        ([], (), "unwatched: no tripwire stands for storm"),
        ([watched("t", ("go", Verdict.ACCEPTED))], ("t",), "watched by t (in time)"),
        ([watched("t", ("go", Verdict.UNKNOWN))], ("t",), "watched by t (whether in time is unknown)"),
        ([watched("t", ("go", Verdict.REFUSED), ("stay", Verdict.ACCEPTED))], (), "unwatched: t (refused: too late)"),
        ([watched("t", ("stay", Verdict.ACCEPTED))], ("t",), "watched by t (set for other options)"),
        ([watched("t", ("go", Verdict.ACCEPTED), ring="itself")], (), "unwatched: t (refused: it rests on itself)"),
        ([watched("t", ("go", Verdict.ACCEPTED), uncertainty="rain")], (), "unwatched: no tripwire stands for storm"),
    ],
)
def test_a_condition_says_who_watches_it(tripwires: list[Watched], by: tuple[str, ...], says: str) -> None:
    """Going meets the threshold of 50 in half of the futures: those in which it storms less than 5 of 10."""
    (condition,) = conditions(compare(small(), futures=400), tripwires)
    assert (condition.uncertainty, condition.watched_by, condition.says) == ("storm", by, says)
    assert condition.low is None
    assert condition.high == pytest.approx(5, abs=0.4)


def test_a_range_of_an_option_cannot_be_watched() -> None:
    choice = small()
    loose = [e.model_copy(update={"rises_with": None}) for e in choice.effects]
    (condition,) = conditions(compare(choice.model_copy(update={"effects": tuple(loose)}), futures=400), [watched("t")])
    assert condition.uncertainty is None
    assert condition.says.startswith("unwatched: it bounds what the option itself does")


def test_stated_triggers_are_watched_by_tripwires_in_the_same_words() -> None:
    stated = {"go_triggers": ("A law to leave.", "an attack", "a siege"), "go_costs": ("money",)}
    choice = small().model_copy(update={"stated": stated, "source_id": "s"})
    said = [
        replace(watched("law", ("go", Verdict.ACCEPTED)), watches="a law to leave"),
        replace(watched("late", ("go", Verdict.REFUSED)), watches="An attack"),
    ]
    found = [(t.words, t.watched_by, t.refused, t.source_id) for t in stated_triggers(choice, said)]
    assert found == [
        ("A law to leave.", ("law",), (), "s"), ("an attack", (), ("late",), "s"), ("a siege", (), (), "s"),
    ]  # fmt: skip
