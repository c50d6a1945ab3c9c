"""The mission of an edition: everything found of it, and the sites of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.api.edition_parts.form import Files, document
from tocsin.api.gap import footprints_of
from tocsin.api.shapes.assess import as_json
from tocsin.case.rows import SiteOrigin
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tocsin.api.edition_parts.found import Found
    from tocsin.case.rows import Site


def mission_part(found: Found) -> Files:
    """`mission` where one is assessed; `sites`, and `sites_public` without those that a user entered."""
    sites = sites_of(found)
    files = {
        "sites.json": document(sites),
        "sites_public.json": document([row for row in sites if not row["entered_by_user"]]),
    }
    mission = found.findings.mission
    if mission is None:
        return files
    at = found.findings.made.date()
    said = as_json(mission, case=found.name, at=at, of=found.case.settings.areas.countries)
    return {"mission.json": document({**said, "name": mission.mission.name, "at": str(at)}), **files}


def sites_of(found: Found) -> list[dict[str, object]]:
    """Every site of the case with its state today; the coordinates of what a user entered are not told."""
    month = Month.of_date(found.findings.made.date())
    states = {
        site.site.site_id: site.states[0].value
        for footprint in footprints_of(found.case, [month]).values()
        for site in footprint.sites
    }
    return [_site(site, states) for site in found.case.sites]


def _site(site: Site, states: Mapping[str, str]) -> dict[str, object]:
    entered = site.origin is SiteOrigin.USER
    hidden = entered or site.lat is None or site.lon is None
    return {
        "site": site.site_id, "name": site.name, "mission": site.mission_id, "role": site.role,
        "lat": None if hidden else round(site.lat or 0.0, 1), "lon": None if hidden else round(site.lon or 0.0, 1),
        "from": None if site.start is None else str(site.start), "to": None if site.end is None else str(site.end),
        "state": states.get(site.site_id, "unknown"), "entered_by_user": entered,
    }  # fmt: skip
