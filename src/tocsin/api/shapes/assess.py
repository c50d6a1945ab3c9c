"""The documented shape of `assess --json`."""

from datetime import date

from tocsin.api.shapes import reach as reach_json
from tocsin.api.shapes import siting, transfer
from tocsin.api.shapes.gap import gap_json, overlap_json
from tocsin.api.shapes.instruments import instruments_json
from tocsin.api.shapes.missions import exits_as_json, missions_as_json
from tocsin.api.shapes.plain import as_plain
from tocsin.assess.mission import MissionFindings
from tocsin.vocabulary import Month


def as_json(found: MissionFindings, *, case: str, at: date, of: tuple[str, ...]) -> dict[str, object]:
    """The documented shape of `assess --json`."""
    return {
        "case": case, "mission": found.mission.mission_id, "no_reach": found.no_reach,
        "reach": None if found.reach is None else reach_json.as_json(found.reach, case=case),
        "gap": gap_json(found.gap, case=case),
        "overlap": {**overlap_json(found.overlap, case=case), "at": str(Month.of_date(at))},
        "instruments": instruments_json(found.instruments, case=case, at=at.isoformat()),
        "progress": as_plain(found.progress), "fit": as_plain(found.fit), "effort": as_plain(found.effort),
        "siting": None if found.siting is None else siting.as_json(found.siting, case=case, add=1),
        "siting_allowed": None if found.allowed is None else siting.as_json(found.allowed, case=case, add=1),
        "transfer": None if found.transfer is None else transfer.as_json(found.transfer, case=case),
        "exits": exits_as_json(found.exits, case=case, mine=of),
        "missions": missions_as_json(found.portfolio, case=case),
    }  # fmt: skip
