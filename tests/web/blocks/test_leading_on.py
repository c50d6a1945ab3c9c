"""An edition may come from elsewhere: nothing in its pages runs, and no link of it leads astray."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tocsin.api.known import open_case
from tocsin.web.blocks.leading_on import is_still, led_on
from tocsin.web.place import Place

if TYPE_CHECKING:
    from tocsin.editions import Edition

STILL = '<svg viewBox="0 0 9 9"><defs><pattern id="p"/></defs><rect fill="url(#p)"/><text>on = 3</text></svg>'


@pytest.fixture
def at(iraq_editions: tuple[Edition, ...]) -> Place:
    return Place("iraq", open_case("iraq"), iraq_editions[0], iraq_editions[0].id)


@pytest.mark.parametrize(
    "svg",
    [
        "<svg><script>alert(1)</script></svg>", '<svg onload="alert(1)"/>', '<svg><a href="javascript:alert(1)"/></svg>',
        "<svg><foreignObject/></svg>", '<svg><image href="https://example.org/a.png"/></svg>', "<svg><path></svg>",
        '<svg><rect fill="url(https://example.org/a)"/></svg>', "<svg><style>@import url(x)</style></svg>",
        '<img src="x" onerror="alert(1)"/>', '<svg xmlns:x="http://www.w3.org/1999/xlink"><use x:href="https://example.org"/></svg>',
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', '<svg><rect style="x:y"/></svg>', "",
    ],
)  # fmt: skip
def test_a_picture_in_which_something_runs_or_asks_is_not_shown(at: Place, svg: str) -> None:
    figure = {"kind": "figure", "svg": svg, "caption": "A map.", "wide": False, "width": "full"}
    shown = led_on(figure, at)
    assert svg == "" or svg not in shown["svg"]
    assert "Not shown" in shown["caption"]
    pair = led_on({"kind": "pair", "left": {**figure, "svg": STILL}, "right": figure}, at)
    assert (pair["left"]["svg"], "Not shown" in pair["right"]["caption"]) == (STILL, True)


def test_a_still_picture_is_shown_as_it_is(at: Place) -> None:
    assert is_still(STILL)
    assert led_on({"kind": "figure", "svg": STILL, "caption": "A map."}, at)["svg"] == STILL


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "//example.org", "data:text/html,x", "/logout", "vbscript:x", " javascript:x"]
)
def test_a_link_that_leads_astray_is_no_link(at: Place, url: str) -> None:
    shown = led_on({"kind": "paragraph", "spans": [{"kind": "link", "text": "here", "url": url}]}, at)
    assert shown["spans"][0]["kind"] == "text"


@pytest.mark.parametrize(
    ("url", "leads"),
    [
        ("/c/iraq/mission#gap", "/c/iraq/mission?part=gap#gap"), ("/c/iraq/mission#reach", "/c/iraq/mission#reach"),
        ("/c/iraq/decide#question-nmi-end", "/c/iraq/decide?question=nmi-end#question-nmi-end"),
        ("/c/iraq/trust#sources", "/c/iraq/trust?part=sources#sources"),
        ("/c/iraq/trust#track-record", "/c/iraq/trust#track-record"),
        ("https://doi.org/10.1/2", "https://doi.org/10.1/2"), ("#below", "#below"),
        ("/c/other/mission#gap", "/c/other/mission#gap"),
    ],
)  # fmt: skip
def test_links_lead_to_the_part_that_holds_what_they_speak_of(at: Place, url: str, leads: str) -> None:
    shown = led_on({"kind": "bullets", "entries": [[{"kind": "link", "text": "here", "url": url}]]}, at)
    assert shown["entries"][0][0] == {"kind": "link", "text": "here", "url": leads}


def test_links_of_an_earlier_edition_stay_in_it(iraq_editions: tuple[Edition, ...]) -> None:
    earlier = Place("iraq", open_case("iraq"), iraq_editions[1], iraq_editions[0].id)
    shown = led_on(
        {"kind": "paragraph", "spans": [{"kind": "link", "text": "x", "url": "/c/iraq/mission#fit"}]}, earlier
    )
    assert shown["spans"][0]["url"] == f"/c/iraq/mission?part=fit&edition={iraq_editions[1].id}#fit"
