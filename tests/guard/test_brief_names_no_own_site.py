"""What is handed on of a mission's sites: a brief names none that a user entered, and an edition tells no place of one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from tests.guard.looked_into import too_fine
from tests.guard.too_fine import LAT, MADE, OWN_NAME, OWN_SITE

from tocsin.api.edition_parts.mission import sites_of
from tocsin.brief.sections.mission_reach import name_for_all

if TYPE_CHECKING:
    from tocsin.web.workbench import Workbench


def test_a_brief_names_no_site_that_a_user_entered(fine_workbench: Workbench) -> None:
    sites = fine_workbench.case("iraq").sites
    assert OWN_NAME in {site.name for site in sites}
    named = {name_for_all(site) for site in sites}
    assert "Public barracks" in named
    assert OWN_NAME not in named


def test_an_edition_tells_no_place_of_such_a_site_and_a_tenth_of_a_degree_of_others(fine_workbench: Workbench) -> None:
    """Written from the case's own table, whose places have five decimals."""
    case = fine_workbench.case("iraq")
    found = cast("Any", SimpleNamespace(case=case, findings=SimpleNamespace(made=MADE)))
    rows = {row["site"]: row for row in sites_of(found)}
    assert (rows[OWN_SITE]["lat"], rows[OWN_SITE]["lon"], rows[OWN_SITE]["entered_by_user"]) == (None, None, True)
    assert rows["public-sentinel"]["lat"] == round(LAT, 1)
    assert too_fine(str(rows)) == []
