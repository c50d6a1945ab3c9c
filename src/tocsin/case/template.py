"""The texts of a new, empty case."""

from __future__ import annotations

CASE_TOML = """\
# A case: what Tocsin looks at, what it forecasts and what it warns of.
# Lines that begin with # are comments. `tocsin check` says what is wrong here, and where.

name = "{name}"
title = "{name}"        # as the brief prints it
demo = false            # true: judgements are placeholders, and every page says so

level = "country"       # country, or admin1 (first-level provinces)
target = "deaths_all"   # deaths_all, or one type of violence: deaths_sb (state-based), deaths_ns (non-state),
                        # deaths_os (one-sided)
thresholds = [25, 100, 300, 1000]   # deaths a month whose crossing is warned of
windows = [1, 3, 6, 12]             # months ahead within which a crossing is looked for
horizons = "1-14"                   # months ahead that are forecast, 1 to 36

[areas]
countries = ["IRQ"]     # CHANGE THIS: three capital letters of ISO 3166
# provinces = ["Baghdad", "Ninewa"]   # left out: all of them; given: tables may name only these

[data]
events = ["starter"]    # what ships with Tocsin; or files of your own in this folder, as in ["ged.csv"]
# outlines = "provinces.geojson"   # of the provinces, for maps and for who touches whom; GeoJSON or GeoParquet

[brief]
sections = [
  "replay", "forecast", "settlement", "options", "tripwires", "warnings", "track-record",
  "reach", "gap", "overlap", "instruments", "fit", "protection", "transfer", "exits", "missions",
  "profile", "record", "sources",
]

# [replay]              # forecast again from past months, beside what came
# origins = "2013-06..2014-05"
# lead = "2014-05"      # the one the brief leads with
# within = 6            # months ahead that a replay looks
# [replay.watched]      # provinces whose fall is studied, each with its month
# Ninewa = "2014-06"

# [mission]             # missions that are assessed: reach, gap, overlap, progress, fit, transfer
# missions = ["my-mission"]           # ids of missions.csv
# window = "2017-01..2018-12"         # months over which need is counted; left out: the last 24 covered
# reach_km = [25, 50, 150]            # lowest, middle and highest distance a site is thought to reach, km
# travel = "travel.geojson"           # travel-time polygons by site; left out: straight lines
# compared_with = ["LBN", "SYR"]      # countries to which the model might be carried

# [watch]               # of what `tocsin watch` rings; left out: of everything it can
# budget = 10           # 5, 10 or 20: when a country of the case is among so many of all countries
# tripwires = true      # posts, contradictions and stale likewise
# [[watch.warnings]]    # and at a probability of your own; one such table each
# question = "p100_within_6"          # 100 deaths or more in some month within 6 months; or escalation_within_6
# at = 0.3              # rings at 30 percent
# clear = 0.24          # over below 24 percent: one that trembles rings once
"""

README = """\
# {name}

A Tocsin case. Edit case.toml first, then the tables, in any editor or spreadsheet (a table may be .xlsx instead).

- Every row says what it rests on: `source_id` (an id of sources.csv) and `basis` (`stated`, `reported` or `judgement`);
  `judged` lists the columns of the row that are your own reading, separated by ;
- An empty cell is unknown. It is never zero, and never "none".
- Dates are as precise as they are known: 2018, 2020-01 or 2011-12-31; `by 2020-01-02`, `since 2019-12`.
- Several values in one cell are separated by ;
- Persons appear only in posts.csv, as holders of a public post.

`tocsin check --case FOLDER` names file, row, column, problem and mend.
"""

DOCUMENTS_README = """\
Put documents here: PDF, HTML, DOCX, Markdown or text. Nothing here is sent anywhere.
"""

QUESTIONS_README = """\
One file for each question that parties must settle. An example, to be saved as share-left.yaml:

    id: share-left
    question: What share of the mission should remain in 2027?
    scale: {low: 0, high: 100, unit: percent of present size, anchors: {0: closed, 100: unchanged}}
    rule: consensus         # consensus, majority, weighted majority or single decider
    reversion:              # what holds when nothing is decided
      {value: [60, 90, 100], why: the mandate goes on, basis: judgement}
    bands:                  # what readers ask; left out: the stretches between the anchors
      - {name: closed or nearly so, low: 0, high: 10}
      - {name: smaller, low: 10, high: 90}
      - {name: as it is, low: 90, high: 100}
    unilateral:             # what a party can do alone, and the percent of the capacity that goes with it
      - {actor: lead, can: withdraw its own people, removes: [20, 40, 60], basis: judgement}
    positions:              # or the name of a sheet beside this file, as in  positions: share-left.csv
      - {actor: host, position: [50, 80, 100], salience: [0.5, 0.7, 0.9], influence: [0.3, 0.5, 0.8], basis: judgement}
      - {actor: lead, position: [0, 10, 30], salience: [0.6, 0.8, 0.9], influence: [0.8, 0.9, 1], basis: judgement}

Each range is lowest, middle, highest. `actor` is an id of actors.csv. In a sheet each range is three columns, as in
position_low, position_mid, position_high.
"""

OPTIONS_README = """\
One file for each choice between options. An example, to be saved as drawdown.yaml:

    id: drawdown
    question: How should the mission draw down?
    combinations_allowed: false   # true: several can be done together; then requires and excludes name options
    options:
      - id: fast
        name: End this year
        needs_months: 4           # from a warning to the option being in effect
        steps: [{when: 2026-09, do: close all sites, closes: [main], basis: judgement}]
      - {id: stay, name: Unchanged, needs_months: 0}
    criteria:                     # must_not_exceed and must_reach are thresholds; an option beyond one fails
      - {id: staff-risk, name: attacks on staff, unit: attacks a year, better: down, must_not_exceed: 20, basis: judgement}
      - {id: training, name: training kept, unit: percent, better: up, basis: judgement}
    uncertainties:
      - {id: response, name: how hard others respond, low: 0, high: 1, basis: judgement}
    effects:                      # cards name evidence: ids of evidence.csv or of `tocsin exits`; cited, never multiplied in
      - {option: fast, criterion: staff-risk, range: [0, 3, 10], basis: judgement}
      - {option: fast, criterion: training, range: [0, 5, 20], basis: judgement, cards: [bmb2018]}
      - {option: stay, criterion: staff-risk, range: [5, 15, 40], rises_with: response, basis: judgement}
      - {option: stay, criterion: training, range: [70, 90, 100], falls_with: response, basis: judgement}
    viewpoints:                   # whose order of the criteria, the most important first; one inner list counts alike
      - {id: staff-first, name: those who answer for the staff, order: [staff-risk, training], basis: judgement}
    tripwires:                    # indicator: panel, forecast, record or calendar
      - {id: violence-rises, watches: deaths in a month, options: [stay], indicator: panel, area: IRQ, series: deaths_all,
         months: 1, rises_to: 300, uncertainty: response, basis: judgement}

`closes`, `reduces` and `opens` are ids of sites.csv. Where options are done together, `together` of a criterion says what
it becomes: envelope (anything between the lowest and highest of them), highest, lowest, or sum of changes (against `base`).
"""

ELICITED_README = """\
What experts gave, one by one: a folder for each question or choice, named by its id, and in it a file for each expert
(.csv, .xlsx or .yaml), named by initials or a role; a person's name is not needed. What an expert leaves empty is unknown.

`tocsin elicit share-left --form elicited/share-left/desk-a.csv` writes a sheet to be filled in. An example in YAML, to be
saved as elicited/share-left/desk-b.yaml:

    who: desk officer
    when: 2026-03-02
    positions:
      - {actor: host, position: [40, 70, 90], salience: [0.4, 0.6, 0.9]}
      - {actor: lead, position: [0, 0, 20]}

On a choice an expert gives `effects`, as in {option: fast, criterion: staff-risk, range: [0, 2, 8]}, and `orders`, as in
{order: [staff-risk, training]}.
"""
