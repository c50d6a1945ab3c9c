"""What counts in a judgement log, what does not, and what is scored: by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.decide.judgements.small_log import BEGUN, came, correct, log, note, p, q

from tocsin.decide.judgements import (
    State,
    breaches,
    entry_after,
    entry_of,
    head_of,
    judgements,
    notes,
    read_entries,
    scored,
    seal,
    tallies,
    unscored,
)
from tocsin.errors import FileProblem, InputError

AFTER = date(2027, 1, 1)


def stands(*contents: dict[str, Any], today: date = AFTER) -> tuple[Any, ...]:
    found = read_entries(log(*contents))
    assert found.faults == ()
    return judgements(found.entries, today=today)


def forced(*contents: dict[str, Any]) -> Any:
    """Entries sealed by hand, without the refusals."""
    lines: list[Any] = []
    for i, content in enumerate(contents):
        time = (BEGUN + timedelta(days=content.get("at", i))).isoformat()
        said = {"time": time, **{k: v for k, v in content.items() if k != "at"}}
        lines.append((i + 1, seal(said, after=head_of(lines))))
    found = read_entries(lines)
    assert found.faults == ()
    return found.entries


def test_brier_by_hand_over_two_forecasters() -> None:
    done = scored(stands(
        p(0.2), p(0.9, who="b"), p(0.5, statement="it grows"), came(1, "no") | {"at": 200}, came(2, "no") | {"at": 201},
        came(3, "yes", "2026-06-30") | {"at": 202},
    ))  # fmt: skip
    assert [(each.number, each.who, round(each.value, 6)) for each in done] == [
        (1, "a", 0.04),
        (2, "b", 0.81),
        (3, "a", 0.25),
    ]
    rows = [(t.who, t.n, round(t.mean, 6), round(t.base_rate or 0, 6)) for t in tallies(done)]
    assert rows == [
        (None, 3, round((0.04 + 0.81 + 0.25) / 3, 6), round(2 / 9, 6)),
        ("a", 2, 0.145, 0.25),
        ("b", 1, 0.81, 0.0),
    ]


def test_crps_of_different_units_is_never_averaged() -> None:
    flat = ((0.0, 0.0), (1.0, 1.0))
    done = scored(stands(
        q(*flat), q(*flat, unit="persons", about={"id": "other"}), came(1, 0.5) | {"at": 200}, came(2, 2) | {"at": 201}
    ))  # fmt: skip
    found = {(t.who, t.unit): round(t.mean, 6) for t in tallies(done)}
    assert found == {(None, "months"): 0.083333, ("a", "months"): 0.083333, (None, "persons"): 1.333333,
                     ("a", "persons"): 1.333333}  # fmt: skip
    assert [t.inside for t in tallies(done)] == [1, 1, 0, 0]


def test_nothing_is_scored_before_it_is_closed() -> None:
    (open_,) = stands(p(0.2), today=date(2026, 6, 29))
    (due,) = stands(p(0.2), today=date(2026, 6, 30))
    assert (open_.state, due.state) == (State.OPEN, State.DUE)
    assert scored((open_, due)) == ()
    (never,) = stands(p(0.2), came(1, None) | {"at": 190})
    assert never.state is State.UNKNOWN
    assert scored((never,)) == ()


def test_the_last_version_in_time_is_scored_beside_the_first() -> None:
    (only,) = stands(p(0.8), correct(1, probability=0.3), correct(1, probability=0.1), came(1, "no") | {"at": 190})
    assert [version.value for version in only.versions] == [0.8, 0.3, 0.1]
    (done,) = scored((only,))
    assert (round(done.value, 6), round(done.first, 6)) == (0.01, 0.64)


def test_what_was_made_after_the_answer_came_is_late() -> None:
    """It came in March; the forecast of February counts, its correction of April does not."""
    (only,) = stands(p(0.6), correct(1, probability=1.0) | {"at": 100}, came(1, "yes", "2026-03-01") | {"at": 120})
    assert [version.late for version in only.versions] == [False, True]
    (done,) = scored((only,))
    assert round(done.value, 6) == 0.16


def test_an_answer_makes_every_forecast_of_the_same_statement_late_after_it() -> None:
    stand = stands(
        p(0.6), p(1.0, who="b", statement="It  ends") | {"at": 100}, came(1, "yes", "2026-03-01") | {"at": 120},
        came(2, "yes", "2026-04-30") | {"at": 121},
    )  # fmt: skip
    assert [each.state for each in stand] == [State.SCORED, State.LATE]
    (late,) = [row for row in unscored(stand) if row.who == "b"]
    assert late.late == 1


def test_a_forecast_made_on_the_day_itself_is_late() -> None:
    entries = forced(p(0.9, closes="2026-01-01"), came(1, "yes", "2026-01-01"))
    (only,) = judgements(entries, today=AFTER)
    assert only.state is State.LATE
    assert scored((only,)) == ()


def test_a_withdrawn_forecast_is_counted_and_not_scored() -> None:
    stand = stands(p(0.9), correct(1, withdrawn=True), came(1, "no") | {"at": 190})
    assert stand[0].state is State.WITHDRAWN
    assert scored(stand) == ()
    assert unscored(stand)[0].withdrawn == 1


def test_a_withdrawal_after_the_answer_does_not_hide_the_score() -> None:
    entries = forced(p(0.9), came(1, "no") | {"at": 190}, correct(1, withdrawn=True) | {"at": 191})
    (only,) = judgements(entries, today=AFTER)
    assert only.state is State.SCORED
    assert round(scored((only,))[0].value, 6) == 0.81


def test_what_came_can_be_corrected_by_anybody() -> None:
    (only,) = stands(p(0.9), came(1, "no") | {"at": 190}, correct(2, who="c", came=True, on="2026-06-30") | {"at": 191})
    assert (only.closing.came, only.closing.number, only.closing.who) == (True, 3, "c")
    assert round(scored((only,))[0].value, 6) == 0.01


def test_a_note_stands_as_corrected() -> None:
    entries = read_entries(log(note("one"), correct(1, note="two"), note("of it", of=1))).entries
    assert [(n.number, n.words, n.of) for n in notes(entries)] == [(1, "two", None), (3, "of it", 1)]


REFUSED = {
    "closed already": (
        [p(0.5), came(1, "yes", "2026-01-02") | {"at": 3}, came(1, "no") | {"at": 200}],
        "closed forecast 1 already"),
    "no such forecast": ([came(7, "yes")], "no entry 7 before it"),
    "of a note": ([note(), came(1, "yes") | {"at": 200}], "entry 1 is no forecast"),
    "day to come": ([p(0.5), came(1, "yes", "2026-02-01")], "was made before"),
    "a number for a probability": ([p(0.5), came(1, 3.0) | {"at": 200}], "needs true or false"),
    "yes for a number": ([q((0.1, 1), (0.9, 2)), came(1, "yes") | {"at": 200}], "needs a number"),
    "not come, too early": ([p(0.5), came(1, "no", "2026-01-02")], "is open until 2026-06-30"),
    "by another": ([p(0.5), correct(1, who="b", probability=0.4)], "by a, who alone may correct it"),
    "of a correction": ([p(0.5), correct(1, probability=0.4), correct(2, probability=0.3)], "correct entry 1"),
    "another kind": ([p(0.5), correct(1, quantiles=[[0.1, 1], [0.9, 2]])], "has no quantiles"),
    "beyond its bounds": ([q((0.1, 1), (0.9, 2), high=3), correct(1, quantiles=[[0.1, 1], [0.9, 4]])], "beyond what forecast 1"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_would_not_count_is_refused_and_where_it_stands_does_not_count(what: str) -> None:
    contents, words = REFUSED[what]
    with pytest.raises(InputError, match=words):
        log(*contents)
    entries = forced(*contents)
    (found,) = breaches(entries)
    assert found.number == len(contents)
    assert words in found.why
    assert all(each.number != len(contents) for each in judgements(entries, today=AFTER))


def test_late_forecasts_and_corrections_are_refused() -> None:
    with pytest.raises(InputError, match=r"too late for this forecast: it closes on 2026-01-01"):
        log(p(0.5, closes="2026-01-01"))
    with pytest.raises(InputError, match=r"too late for this forecast: it closes on 2026-06-30"):
        log(p(0.5), correct(1, probability=0.4) | {"at": 180})
    with pytest.raises(InputError, match="its answer has come"):
        log(p(0.5), came(1, "yes", "2026-01-03") | {"at": 4}, correct(1, probability=1.0) | {"at": 5})
    with pytest.raises(InputError, match="the answer is in the log already: forecast 1"):
        log(p(0.5), came(1, "yes", "2026-01-03") | {"at": 4}, p(1.0, who="b") | {"at": 5})


BAD = {
    "percent": ({**p(0.5), "probability": 30}, "probability"),
    "text": ({**p(0.5), "probability": "0.5"}, "probability"),
    "nobody": ({**p(0.5), "who": " "}, "who"),
    "no day": ({**p(0.5), "closes": "in June"}, "closes"),
    "unknown key": ({**p(0.5), "confidence": 3}, "confidence"),
    "two subjects": ({**p(0.5), "about": {"question": "x", "id": "y"}}, "about"),
    "a criterion of nothing": ({**p(0.5), "about": {"criterion": "x", "id": "y"}}, "about"),
    "quantiles crossed": (q((0.1, 5), (0.9, 2)), "quantiles"),
    "one quantile": (q((0.5, 5)), "quantiles"),
    "no unit": ({k: v for k, v in q((0.1, 1), (0.9, 2)).items() if k != "unit"}, "unit"),
    "correction of nothing": (correct(1), ""),
    "two corrections": (correct(1, probability=0.5, note="x"), ""),
    "kind": ({"kind": "hunch", "who": "a"}, "kind"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_an_entry_of_the_wrong_form_is_refused_with_its_key_and_mend(what: str) -> None:
    content, key = BAD[what]
    with pytest.raises(InputError) as caught:
        entry_after((), content, now=BEGUN)
    assert (caught.value.where.field or "").split(".")[0] == key
    assert caught.value.hint


def test_an_entry_of_the_wrong_form_that_was_sealed_all_the_same_is_a_fault() -> None:
    line = seal({**p(0.5), "probability": 3, "time": "2026-01-01T00:00:00"}, after=None)
    found = read_entries([(1, line)])
    assert [(each.row, each.column) for each in found.faults] == [(1, "time"), (1, "probability")]
    assert found.head is None


def test_nothing_is_sealed_after_a_line_that_was_changed() -> None:
    lines = log(p(0.5), note())
    first = lines[0][1]
    assert isinstance(first, dict)
    first["probability"] = 0.1
    with pytest.raises(FileProblem, match="not as it was written: this line was changed") as caught:
        entry_after(lines, note(), now=datetime(2026, 2, 1, tzinfo=UTC))
    assert caught.value.where.rows == (1,)


def test_a_clock_that_runs_backwards_is_refused() -> None:
    with pytest.raises(InputError, match="the clock says 2025-12-31"):
        entry_after(log(note()), note(), now=datetime(2025, 12, 31, tzinfo=UTC))


def test_time_is_kept_in_utc_whatever_zone_it_came_in() -> None:
    entry, wrong = entry_of(seal({**note(), "time": "2026-01-01T00:30:00+03:00"}, after=None))
    assert wrong == ()
    assert entry is not None
    assert entry.time == datetime(2025, 12, 31, 21, 30, tzinfo=UTC)
