"""Dates in sentences."""

from __future__ import annotations

import pytest

from tocsin.case.dates import PartialDate
from tocsin.record.claim import Span
from tocsin.record.extract.rules.dating import Use, dates_in, dates_of

PUBLISHED = PartialDate.parse("2020-06-12")


def said(words: str) -> Span:
    return Span.of(words, 0, len(words))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("on March 3, 2014", [("2014-03-03", Use.AT)]),
        ("on 9 September 2004", [("2004-09-09", Use.AT)]),
        ("in late 2024", [("2024", Use.AT)]),
        ("since 2015", [("2015", Use.START)]),
        ("since at least late 2019", [("2019", Use.SEEN_FROM)]),
        ("as of June 2019", [("2019-06", Use.SEEN)]),
        ("between 2003 and 2005", [("2003", Use.START), ("2005", Use.END)]),
        ("from May 5, 2003 until 2004", [("2003-05-05", Use.START), ("2004", Use.END)]),
        ("until July 2011", [("2011-07", Use.END)]),
        ("today", [("2020-06-12", Use.AT)]),
        ("yesterday", [("2020-06-11", Use.AT)]),
        ("last month", [("2020-05", Use.AT)]),
        ("last July", [("2019-07", Use.AT)]),
        ("On May 7 it", [("2020-05-07", Use.AT)]),
        ("On December 7 it", [("2019-12-07", Use.AT)]),
        ("under Resolution 1999 and E.O. 1999", []),
        ("on February 31, 2014 it", []),
        ("2000 fighters", []),
    ],
)
def test_dates(words: str, expected: list[tuple[str, Use]]) -> None:
    assert [(str(d.date), d.use) for d in dates_in(said(words), PUBLISHED)] == expected


def test_without_a_publication_date_today_is_unknown() -> None:
    assert dates_in(said("It left today and on May 7."), None) == ()


def test_spans_are_verbatim_in_a_text() -> None:
    text = "First. Since at least 2019 he led it; until then he served from 2003 to 2005."
    for found in dates_in(Span.of(text, 7, len(text)), PUBLISHED):
        assert text[found.span.start : found.span.end] == found.span.words


def test_a_state_seen_at_a_date_has_no_beginning() -> None:
    dates = dates_of(said("As of June 2019 he led it."), PUBLISHED).dates
    assert (dates.start, str(dates.first_seen), str(dates.last_seen)) == (None, "2019-06", "2019-06")


def test_an_end_before_its_beginning_is_not_taken() -> None:
    dates = dates_of(said("since 2015 he led it, until 2012 he served it"), PUBLISHED).dates
    assert (str(dates.start), dates.end) == ("2015", None)
