"""Events to area x month, as known on a date."""

from tocsin.panel.actors import ActorPanel, actors_of_events, actors_of_sides
from tocsin.panel.country_ids import Country, CountryIds
from tocsin.panel.dating import MultiMonth
from tocsin.panel.history import History
from tocsin.panel.making import panel_of_events, panel_of_points, panel_of_series
from tocsin.panel.neighbours import Neighbours, touching
from tocsin.panel.panel import Actuals, Panel
from tocsin.panel.pattern import ChangeOfPattern, Pattern, change_of_pattern
from tocsin.panel.visibility import Sight, Visibility, VisibilityRule, visibility

__all__ = [
    "ActorPanel",
    "Actuals",
    "ChangeOfPattern",
    "Country",
    "CountryIds",
    "History",
    "MultiMonth",
    "Neighbours",
    "Panel",
    "Pattern",
    "Sight",
    "Visibility",
    "VisibilityRule",
    "actors_of_events",
    "actors_of_sides",
    "change_of_pattern",
    "panel_of_events",
    "panel_of_points",
    "panel_of_series",
    "touching",
    "visibility",
]
