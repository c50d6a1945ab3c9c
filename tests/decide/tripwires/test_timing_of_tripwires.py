"""Lead against need, worked by hand: a month is 30.4375 days."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.case.options import Option
from tocsin.case.tripwires import Tripwire
from tocsin.decide.tripwires.findings import Verdict
from tocsin.decide.tripwires.timing import lead_days, timing


def option(months: float | None) -> Option:
    return Option(id="leave", name="Leave", needs_months=months)


def tripwire(indicator: str, **more: object) -> Tripwire:
    return Tripwire.model_validate({"id": "t", "watches": "w", "basis": "judgement", "indicator": indicator, **more})


@pytest.mark.parametrize(
    ("watched", "lag", "need", "verdict", "lead"),
    [
        (("calendar", {"when": "2026-09", "days_before": 150}), 0, 4, "accepted", 150.0),
        (("calendar", {"when": "2026-09", "days_before": 121}), 0, 4, "refused", 121.0),
        (("calendar", {"when": "2026-09"}), 0, 0, "accepted", 0.0),
        (("forecast", {"months": 6}), 20, 4, "accepted", 162.625),
        (("forecast", {"months": 6}), 20, 6, "refused", 162.625),
        (("forecast", {"months": 6}), None, 4, "unknown", None),
        (("panel", {"months": 3}), 20, 3, "refused", -20.0),
        (("panel", {"months": 3}), 20, 0, "accepted", -20.0),
        (("panel", {"months": 3}), 32, 0, "refused", -32.0),
        (("panel", {"months": 3}), None, 0, "unknown", None),
        (("record", {"kind": "incident"}), 5, None, "unknown", -5.0),
        (("record", {"kind": "incident"}), 400, 3, "refused", -400.0),
    ],
)
def test_verdicts_by_hand(
    watched: tuple[str, dict[str, object]], lag: float | None, need: float | None, verdict: str, lead: float | None
) -> None:
    found = timing(option(need), tripwire(watched[0], **watched[1]), lag_days=lag)
    assert (found.verdict.value, found.lead_days) == (verdict, lead)


def test_the_reason_is_in_numbers() -> None:
    late = timing(option(12), tripwire("calendar", when="2026-07", days_before=30), lag_days=0)
    assert late.why == "shown 30 days before; the option needs 365 days: 335 days too late"
    assert late.spare_days == pytest.approx(30 - 365.25)
    after = timing(option(1), tripwire("panel", months=3), lag_days=20)
    assert after.why == "shown 20 days after; the option needs 30 days: 50 days too late"
    ahead = timing(option(4), tripwire("forecast", months=6), lag_days=20)
    assert ahead.why == "shown at most 163 days before; the option needs 122 days"


def test_both_unknowns_are_named() -> None:
    found = timing(option(None), tripwire("panel", months=3), lag_days=None)
    assert "lag_days" in found.why
    assert "needs_months" in found.why


@given(st.sampled_from(["forecast", "panel", "record"]), st.floats(0, 800), st.floats(0, 24), st.floats(0, 24))
def test_an_option_that_needs_longer_is_never_served_where_a_quicker_one_is_not(
    indicator: str, lag: float, need: float, more: float
) -> None:
    watched = tripwire(indicator, months=6)
    quick, slow = (timing(option(n), watched, lag_days=lag).verdict for n in (need, need + more))
    assert (quick, slow) != (Verdict.REFUSED, Verdict.ACCEPTED)


@given(st.floats(0, 400), st.floats(0, 400))
def test_a_longer_lag_never_shows_earlier(lag: float, more: float) -> None:
    watched = tripwire("forecast", months=6)
    early, late = lead_days(watched, lag_days=lag), lead_days(watched, lag_days=lag + more)
    assert early is not None
    assert late is not None
    assert late <= early
