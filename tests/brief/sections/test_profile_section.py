"""The section on slow drivers: unknown stays unknown, nothing is added up, and other cases say nothing."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from tocsin.api.profile import profile
from tocsin.brief.blocks import Bullets, Figure, Heading, Table
from tocsin.brief.charts import Frame
from tocsin.brief.charts.small_multiples import Panel, small_multiples
from tocsin.brief.sections.profile import SECTION, figures, table, weakly
from tocsin.errors import InputError

if TYPE_CHECKING:
    from tocsin.assess.findings import Findings
    from tocsin.assess.profile import Profile


def found(*profiles: Profile) -> Findings:
    return cast("Findings", SimpleNamespace(profiles=profiles))


def test_a_case_without_profiles_says_nothing() -> None:
    assert SECTION.annex(found()) == SECTION.page(found()) == ()


def test_each_country_has_pictures_a_table_and_its_window() -> None:
    blocks = SECTION.annex(found(profile("Ghana")))
    assert [type(b) for b in blocks if not isinstance(b, Heading)][1:] == [Figure, Figure, Table, Bullets]
    [words] = [b for b in blocks if isinstance(b, Bullets)]
    assert "Ghana saw" in str(words.items[0])


def test_unknown_and_old_stay_what_they_are() -> None:
    rows = {row[0].text.split(",")[0]: row for row in table(profile("Ghana")).rows}
    assert rows["Oil production a head"][1].text == "unknown"
    assert "today unknown" in rows["Schooling of men"][1].text
    assert rows["Schooling of men"][5].text == "unknown"
    assert len(rows) == 22


def test_no_row_adds_drivers_up() -> None:
    assert not [
        row for row in table(profile("Iraq")).rows if re.search("total|score|index$|overall", row[0].text.lower())
    ]


def test_months_since_the_last_death_stand_beside_the_best_driver() -> None:
    said = weakly(profile("Iraq"))
    assert re.search(r"\d in 100 see 25 deaths", said)
    assert said.count("AUC") == 2


def test_every_driver_is_drawn_once() -> None:
    drawn = "".join(f.svg for f in figures(profile("Iraq"), width=680))
    assert drawn.count(">Income a head<") == 1
    assert drawn.count(">1990<") == 22


@pytest.mark.parametrize(("width", "rows"), [(680, 1), (360, 2)])
def test_panels_stand_side_by_side_as_far_as_there_is_room(width: float, rows: int) -> None:
    panels = [Panel(f"p{i}", "u", ((2000, 1.0), (2010, 2.0))) for i in range(3)]
    svg = small_multiples(panels, first=2000, last=2010, frame=Frame("s", "T", width=width), place="x")
    tops = {y for _, y in re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>p\d<', svg)}
    assert len(tops) == rows


def test_an_unknown_panel_says_so_and_a_short_series_has_dots() -> None:
    frame = Frame("s", "T")
    assert ">unknown</text>" in small_multiples([Panel("p", "u", ())], first=2000, last=2010, frame=frame, place="x")
    few = small_multiples([Panel("p", "u", ((2000, 1.0), (2010, 2.0)))], first=2000, last=2010, frame=frame, place="x")
    assert few.count("<circle") == 2


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(InputError, match="no panel"):
        small_multiples([], first=2000, last=2010, frame=Frame("s", "T"), place="x")
    with pytest.raises(InputError, match="cannot run"):
        small_multiples([Panel("p", "u", ())], first=2010, last=2010, frame=Frame("s", "T"), place="x")
    with pytest.raises(InputError, match="no number"):
        Panel("p", "u", ((2000, float("nan")),))
