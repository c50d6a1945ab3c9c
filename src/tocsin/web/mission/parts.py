"""What the view *Mission* is made of, part by part, and what each does not know."""

from __future__ import annotations

from tocsin.web.shell.parts import Part

PARTS = (
    Part(
        "reach", "Reach", "How much of the harm lies near the mission's sites?",
        "Whom the mission serves: an adviser in a ministry may reach the whole country, and a site may reach nobody. Dates of "
        "many sites are unknown; they are then taken as open throughout, and the range of the other readings is shown.",
        "tocsin reach --case {case}", "reach",
        (("CSV", "reach", "csv"), ("JSON", "reach", "json"), ("Sites, GeoJSON", "sites", "geojson")), ("reach",),
    ),
    Part(
        "gap", "Gap", "Which provinces have need, and who is there?",
        "A province where no row names a mission is unknown, not empty. Need is counted in reported deaths, which miss what "
        "nobody reports.",
        "tocsin gap --case {case}", "gap", (("CSV", "gap", "csv"), ("JSON", "gap", "json")), ("gap",),
    ),
    Part(
        "overlap", "Overlap", "What do missions do twice, and what does none of them do?",
        "Whether work that is done twice is wasted: two missions may agree on it. What no row of the case names is unknown.",
        "tocsin overlap --case {case}", "overlap", (("CSV", "overlap", "csv"), ("JSON", "overlap", "json")), ("overlap",),
    ),
    Part(
        "instruments", "Drivers and instruments", "What is in place against each driver of violence, and who holds it?",
        "Whether an instrument works. An empty cell is unknown, not none, unless a source says that there is none.",
        "tocsin instruments --case {case} --at DATE", "instruments",
        (("CSV", "instruments", "csv"), ("JSON", "instruments", "json")), ("instruments",),
    ),
    Part(
        "fit", "Fit", "Is the mission fit for its purpose, criterion by criterion?",
        "A total: verdicts are filed by people under published frameworks, and are never added up. What nobody assessed is "
        "shown as not assessed.",
        "tocsin fit --case {case}", "fit", (("CSV", "fit", "csv"), ("JSON", "fit", "json")), ("fit",),
    ),
    Part(
        "protection", "Protection", "How near to the mission's sites did violence come, month by month?",
        "Any single incident or threat: months and bands of 25 km or wider are the finest there is, and what comes is a range "
        "for a whole province.",
        "tocsin reach --case {case}", "protection",
        (("CSV", "protection", "csv"), ("JSON", "protection", "json")), ("protection",),
    ),
    Part(
        "transfer", "Transfer", "What would have to hold elsewhere for the mission to be repeated there?",
        "Whether it would succeed there: preconditions are compared one by one, without a score.",
        "tocsin transfer --case {case}", "transfer", (), ("transfer",),
    ),
    Part(
        "exits", "Exits", "What followed when missions left?",
        "What would have followed had they stayed: exits were not drawn by lot, and what came after need not come of them.",
        "tocsin assess --case {case} --json", "exits", (), ("exits",),
    ),
    Part(
        "missions", "Portfolio", "Which missions are there, side by side?",
        "Which of them is best: people, money and time are shown as published, and many are not.",
        "tocsin missions --case {case}", "missions", (), ("missions",),
    ),
)  # fmt: skip
"""In the order of the tabs."""
