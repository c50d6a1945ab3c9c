"""Tocsin: early warning and mission assessment for fragile states, from open sources, on one laptop.

The verbs of the command line, for Python. Each is loaded when it is first asked for, so `import tocsin` is quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.api.assess import assess_case
    from tocsin.api.benchmark import benchmark_views
    from tocsin.api.benchmark_record import benchmark_record
    from tocsin.api.benchmark_settle import benchmark_settle
    from tocsin.api.benchmark_siting import benchmark_siting
    from tocsin.api.elicit import elicit_case, elicit_form
    from tocsin.api.evidence import evidence_for
    from tocsin.api.exits import mission_exits
    from tocsin.api.forecast import write_forecast
    from tocsin.api.gap import gap_case, instruments_case, overlap_case
    from tocsin.api.judgements import judgements_case, verify_judgements
    from tocsin.api.known import known_beyond, open_case
    from tocsin.api.portfolio import missions_case
    from tocsin.api.progress import effort_case, fit_case, progress_case
    from tocsin.api.reach import reach_case
    from tocsin.api.read import read_documents
    from tocsin.api.record import findings_of_record, open_record_of
    from tocsin.api.schedule import schedule_of
    from tocsin.api.score import read_forecast, score_forecast
    from tocsin.api.screen import screen_batch, screen_name
    from tocsin.api.settle import positions_from_record, settle_case
    from tocsin.api.siting import siting_case
    from tocsin.api.study import replay_case, study_case
    from tocsin.api.transfer import transfer_case
    from tocsin.api.tripwires import tripwires_case
    from tocsin.api.verbs import brief_case, forecast_case, forecast_countries, forecast_series, warn_countries
    from tocsin.api.who import contradictions_case, timeline_case, who_case
    from tocsin.case import case_of, check_case, check_case_of, read_case, write_case
    from tocsin.client import Client
    from tocsin.forecast.contract import models
    from tocsin.mission.reach import Place
    from tocsin.sources.outlines import read_outlines
    from tocsin.sources.series import read_series
    from tocsin.sources.ucdp_ged import read_ged
    from tocsin.vocabulary import AreaIds, Level, Month

__version__ = "0.1.0"

__all__ = [
    "AreaIds",
    "Client",
    "Level",
    "Month",
    "Place",
    "__version__",
    "assess_case",
    "benchmark_record",
    "benchmark_settle",
    "benchmark_siting",
    "benchmark_views",
    "brief_case",
    "case_of",
    "check_case",
    "check_case_of",
    "contradictions_case",
    "effort_case",
    "elicit_case",
    "elicit_form",
    "evidence_for",
    "findings_of_record",
    "fit_case",
    "forecast_case",
    "forecast_countries",
    "forecast_series",
    "gap_case",
    "instruments_case",
    "judgements_case",
    "known_beyond",
    "mission_exits",
    "missions_case",
    "models",
    "open_case",
    "open_record_of",
    "overlap_case",
    "positions_from_record",
    "progress_case",
    "reach_case",
    "read_case",
    "read_documents",
    "read_forecast",
    "read_ged",
    "read_outlines",
    "read_series",
    "replay_case",
    "schedule_of",
    "score_forecast",
    "screen_batch",
    "screen_name",
    "settle_case",
    "siting_case",
    "study_case",
    "timeline_case",
    "transfer_case",
    "tripwires_case",
    "verify_judgements",
    "warn_countries",
    "who_case",
    "write_case",
    "write_forecast",
]

_HOMES = {
    "tocsin.api.assess": ("assess_case",),
    "tocsin.api.benchmark": ("benchmark_views",),
    "tocsin.api.benchmark_settle": ("benchmark_settle",),
    "tocsin.api.benchmark_siting": ("benchmark_siting",),
    "tocsin.api.elicit": ("elicit_case", "elicit_form"),
    "tocsin.api.evidence": ("evidence_for",),
    "tocsin.api.exits": ("mission_exits",),
    "tocsin.api.forecast": ("write_forecast",),
    "tocsin.api.gap": ("gap_case", "instruments_case", "overlap_case"),
    "tocsin.api.judgements": ("judgements_case", "verify_judgements"),
    "tocsin.api.known": ("known_beyond", "open_case"),
    "tocsin.api.portfolio": ("missions_case",),
    "tocsin.api.progress": ("effort_case", "fit_case", "progress_case"),
    "tocsin.api.reach": ("reach_case",),
    "tocsin.api.schedule": ("schedule_of",),
    "tocsin.api.score": ("read_forecast", "score_forecast"),
    "tocsin.api.settle": ("positions_from_record", "settle_case"),
    "tocsin.api.siting": ("siting_case",),
    "tocsin.api.study": ("replay_case", "study_case"),
    "tocsin.api.transfer": ("transfer_case",),
    "tocsin.api.tripwires": ("tripwires_case",),
    "tocsin.api.verbs": ("brief_case", "forecast_case", "forecast_countries", "forecast_series", "warn_countries"),
    "tocsin.api.benchmark_record": ("benchmark_record",),
    "tocsin.api.read": ("read_documents",),
    "tocsin.api.record": ("findings_of_record", "open_record_of"),
    "tocsin.api.screen": ("screen_batch", "screen_name"),
    "tocsin.api.who": ("contradictions_case", "timeline_case", "who_case"),
    "tocsin.client": ("Client",),
    "tocsin.case": ("case_of", "check_case", "check_case_of", "read_case", "write_case"),
    "tocsin.forecast.contract": ("models",),
    "tocsin.mission.reach": ("Place",),
    "tocsin.sources.outlines": ("read_outlines",),
    "tocsin.sources.series": ("read_series",),
    "tocsin.sources.ucdp_ged": ("read_ged",),
    "tocsin.vocabulary": ("AreaIds", "Level", "Month"),
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'tocsin' has no attribute '{name}'; it has: {', '.join(__all__)}")


def __dir__() -> list[str]:
    return sorted(__all__)
