"""The brief's picture of what acting was worth: from a backtest, also a short one and one in which nothing came."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tocsin.assess.outlook import Outlook, outlook
from tocsin.brief.blocks import Figure
from tocsin.brief.sections import track_record
from tocsin.forecast.contract import model_named
from tocsin.warn.question import Question

if TYPE_CHECKING:
    from tocsin.panel.history import History


def made(history: History, *, origins: int) -> Outlook:
    last = history.origin - 3
    return outlook(
        history.until, origin=history.origin, truth=history, model=model_named("conflictology"),
        beside=model_named("zero"), ranked_by=Question(3, 25), questions=(), budgets=(2,), draws=24, seed=1, explained=0,
        origins=[last - 3 * i for i in reversed(range(origins))], months=3, record_draws=24,
    )  # fmt: skip


@pytest.fixture(scope="module")
def done(history: History) -> Outlook:
    return made(history, origins=12)


def worth(done: Outlook) -> Figure:
    return next(b for b in track_record.annex_of_countries(done) if isinstance(b, Figure) and "worth" in b.caption)


def test_the_record_shows_what_acting_was_worth(done: Outlook) -> None:
    shown = worth(done)
    assert "12 origins. Most, 0." in shown.caption
    assert "threshold chosen on earlier answers" in shown.svg
    assert "25 or more deaths in some month within 3 months" in shown.svg


def test_a_short_backtest_chooses_no_threshold(history: History) -> None:
    assert "threshold chosen on earlier answers" not in worth(made(history, origins=3)).svg


def test_where_nothing_came_the_picture_says_so(done: Outlook) -> None:
    key = done.ranked_by.key
    calm = replace(done.answers[key], came=np.zeros_like(done.answers[key].came))
    shown = worth(replace(done, answers={**done.answers, key: calm}))
    assert "Nothing came to judge it by" in shown.caption
    assert "nothing came to be judged by" in shown.svg
