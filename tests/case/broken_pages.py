"""A small whole case, and each way in which its question or choice can be made wrong, with what is then said."""

from __future__ import annotations

import re

from tocsin.case import Known

CASE = """\
name = "small"
title = "Small"
level = "admin1"
[areas]
countries = ["IRQ"]
provinces = ["Ninewa", "Baghdad"]
"""
TABLES = {
    "sources": "source_id,title\nnews,A digest\n",
    "actors": "actor_id,name,basis\nhost,Host,judgement\nlead,Lead nation,judgement\nally,Ally,judgement\n",
    "missions": "mission_id,name,basis,start\naid,Aid,judgement,2018\n",
    "sites": "site_id,mission_id,name,basis,start,end\nmain,aid,Main,judgement,2018,\nold,aid,Old,judgement,2018,2020\n",
    "calendar": "date,what,basis\n2026-07,a summit,judgement\n",
    "posts": "person,post,organisation,basis\nA. B.,head,Counter Terrorism Service,judgement\n",
}
QUESTION = """\
id: share
question: What share should remain?
scale: {low: 0, high: 100, unit: percent of present size, anchors: {0: closed, 100: unchanged}}
rule: consensus
reversion: {value: [60, 90, 100], basis: judgement}
bands:
  - {name: closed, low: 0, high: 10}
  - {name: smaller, low: 10, high: 90}
  - {name: as it is, low: 90, high: 100}
unilateral:
  - {actor: lead, can: leave, removes: [20, 40, 60], basis: judgement}
positions:
  - {actor: host, position: [50, 80, 100], salience: [0.5, 0.7, 0.9], influence: [0.3, 0.5, 0.8], basis: judgement}
  - {actor: lead, position: [0, 10, 30], salience: [0.6, 0.8, 0.9], influence: [0.8, 0.9, 1], basis: judgement}
"""
CHOICE = """\
id: draw
question: How should it draw down?
combinations_allowed: true
options:
  - id: fast
    name: Fast
    needs_months: 4
    steps:
      - {when: 2026-09, do: open, opens: [old], basis: judgement}
      - {when: 2026-10, do: close, closes: [main], basis: judgement}
  - {id: slow, name: Slow}
  - {id: stay, name: Stay, excludes: [fast]}
criteria:
  - {id: risk, name: attacks, unit: attacks a year, better: down, must_not_exceed: 20, basis: judgement}
  - {id: kept, name: training kept, unit: percent, better: up, must_reach: 40, together: sum of changes, base: 50,
     basis: judgement}
uncertainties:
  - {id: response, name: response, low: 0, high: 1, basis: judgement}
effects:
  - {option: fast, criterion: risk, range: [0, 3, 10], rises_with: response, basis: judgement, cards: [bmb2018]}
  - {option: fast, criterion: kept, range: [30, 45, 50], basis: judgement}
  - {option: slow, criterion: risk, range: [2, 5, 20], basis: judgement}
  - {option: slow, criterion: kept, range: [20, 40, 50], basis: judgement}
  - {option: stay, criterion: risk, range: [5, 15, 40], basis: judgement}
  - {option: stay, criterion: kept, range: [70, 90, 100], basis: judgement}
viewpoints:
  - {id: staff, name: staff first, order: [risk, kept], basis: judgement}
tripwires:
  - {id: deaths, watches: deaths, indicator: panel, area: Ninewa, series: deaths_all, months: 3, rises_to: 150,
     options: [fast], uncertainty: response, basis: judgement}
  - {id: ahead, watches: forecast, indicator: forecast, area: IRQ, months: 6, deaths: 100, rises_to: 25, basis: judgement}
  - {id: named, watches: bodies named, indicator: record, kind: designated, basis: judgement}
  - {id: head, watches: its head, indicator: record, organisation: Counter Terrorism Service, basis: judgement}
  - {id: summit, watches: the summit, indicator: calendar, when: 2026-07, days_before: 30, basis: judgement}
"""
PAGES = {"questions/share.yaml": QUESTION, "options/draw.yaml": CHOICE}
KNOWN = Known(countries=("IRQ",), cards=("bmb2018", "rand2018"), claims=("designated", "event"))
OTHERS = CHOICE[CHOICE.index("  - {id: slow") : CHOICE.index("viewpoints:")]
HOST = "  - {actor: host, position: [50, 80, 100], salience: [0.5, 0.7, 0.9], influence: [0.3, 0.5, 0.8], basis: judgement}\n"

# what is broken: (text, text in its place) -> (lines below the change, key, words of the problem and of the mend)
Q, C = PAGES
FAULTS: dict[str, tuple[str, str, str, int, str, str, str]] = {
    "one party": (Q, HOST, "", -1, "positions", "'lead' is the only party", "add the other parties"),
    "no party": (
        Q, QUESTION[QUESTION.index("positions:"):], "positions: []\n", 0, "positions", "names nothing",
        "name at least one",
    ),
    "a party twice": (
        Q, "{actor: lead, position", "{actor: host, position", 0, "positions[1].actor", "'host' stands twice",
        "an actor of its own",
    ),
    "a scale without unit": (Q, "unit: percent of present size, ", "", 0, "scale.unit", "must be filled", "unit of the scale"),
    "a scale with an empty unit": (Q, "unit: percent of present size", 'unit: ""', 0, "scale.unit", "is empty", "write it"),
    "a scale whose unit is left open": (
        Q, "unit: percent of present size", "unit: null", 0, "scale.unit", "this is empty, and must be filled",
        "write it: unit of the scale",
    ),
    "a scale upside down": (
        Q, "low: 0, high: 100, unit", "low: 100, high: 0, unit", 0, "scale.high", "from 100 to 0",
        "high be above",
    ),
    "an anchor off the scale": (Q, "100: unchanged", "120: unchanged", 0, "scale.anchors", "anchor 120 lies outside", "0 to 100"),
    "a range upside down": (Q, "[50, 80, 100]", "[100, 80, 50]", 0, "positions[0].position", "not in order", "lowest, middle"),
    "a position off the scale": (
        Q, "[50, 80, 100]", "[50, 80, 101]", 0, "positions[0].position", "[50, 80, 101] lies",
        "0 to 100",
    ),
    "nobody who counts at the middle": (
        Q, QUESTION[QUESTION.index("[0.3, 0.5, 0.8]") : QUESTION.index(" 0.9, 1]") + 8],
        "[0, 0, 0.5], basis: judgement}\n  - {actor: lead, position: [0, 10, 30], salience: [0, 0, 0.5], influence: [1, 1, 1]",
        -1, "positions", "at the middle of the ranges no party both cares and counts", "a middle salience",
    ),
    "an endless scale": (Q, "low: 0, high: 100,", "low: 0, high: .inf,", 0, "scale.high", "not a finite number", "plain number"),
    "an absurd scale": (Q, "low: 0, high: 100,", "low: 0, high: 1.0e+13,", 0, "scale.high", "not possible", "at most 1e+12"),
    "a scale of many digits": (
        Q, "low: 0, high: 100,", f"low: 0, high: {'9' * 400},", 0, "scale.high", "is not a number", "plain number",
    ),
    "a position of many digits": (
        Q, "[50, 80, 100]", f"[50, 80, {'9' * 400}]", 0, "positions[0].position", "is not a range", "from -1e+12 to 1e+12",
    ),
    "a position without end": (
        Q, "[50, 80, 100]", "[50, 80, .inf]", 0, "positions[0].position", "is not a range", "from -1e+12 to 1e+12",
    ),
    "a weight above one": (Q, "[0.8, 0.9, 1]", "[0.8, 0.9, 9]", 0, "positions[1].influence", "within 0 and 1", "shares"),
    "a weight below zero": (Q, "[0.5, 0.7, 0.9]", "[-1, 0.7, 0.9]", 0, "positions[0].salience", "within 0 and 1", "shares"),
    "a range that is no range": (Q, "[0, 10, 30]", "10", 0, "positions[1].position", "10 is not a range", "three numbers"),
    "text in a range": (Q, "[0, 10, 30]", "[0, ten, 30]", 0, "positions[1].position", "is not a range", "three numbers"),
    "a party nobody knows": (Q, "actor: host", "actor: hots", 0, "positions[0].actor", "no actor is called 'hots'", "'host'?"),
    "a source nobody knows": (
        Q, "0.8], basis", "0.8], source_id: nws, basis", 0, "positions[0].source_id", "no source is called 'nws'", "'news'?",
    ),
    "reported by nobody": (
        Q, "0.8], basis: judgement", "0.8], basis: reported", 0, "positions[0].basis", "reported but names no source",
        "add source_id",
    ),
    "a vote that is neither": (
        Q, "0.8], basis", "0.8], votes: perhaps, basis", 0, "positions[0].votes", "neither true nor false", "true or false",
    ),
    "a vote that is a reason alone": (
        Q, "0.8], basis", "0.8], votes_why: a member, basis", 0, "positions[0].votes_why", "but not which", "votes: false",
    ),
    "judged of a key that is none": (
        Q, "0.8], basis", "0.8], judged: [salence], basis", 0, "positions[0].judged", "'salence' cannot be", "'salience'?",
    ),
    "a rule that is none": (Q, "rule: consensus", "rule: concensus", 0, "rule", "not one of those possible", "'consensus'?"),
    "a reversion off the scale": (Q, "[60, 90, 100]", "[60, 90, 110]", 0, "reversion.value", "lies outside", "0 to 100"),
    "a band upside down": (Q, "low: 10, high: 90", "low: 90, high: 10", 0, "bands[1].high", "from 90 to 10", "high be above"),
    "a band off the scale": (Q, "low: 90, high: 100", "low: 90, high: 200", 0, "bands[2]", "lies outside", "0 to 100"),
    "bands that overlap": (Q, "low: 10, high: 90", "low: 5, high: 90", 0, "bands[1]", "overlaps 'closed'", "from low to high"),
    "a band's name twice": (Q, "name: smaller", "name: closed", 0, "bands[1].name", "'closed' stands twice", "own name"),
    "more than all of it goes": (
        Q, "[20, 40, 60]", "[20, 40, 160]", 0, "unilateral[0].removes", "160] percent of the capacity cannot go", "0 to 100",
    ),
    "less than nothing goes": (
        Q, "[20, 40, 60]", "[-20, 40, 60]", 0, "unilateral[0].removes", "cannot go", "percents from 0",
    ),
    "alone, and nobody knows who": (
        Q, "actor: lead, can", "actor: leed, can", 0, "unilateral[0].actor", "no actor is called 'leed'", "'lead'?",
    ),
    "a share that goes with nobody": (
        Q, "actor: lead, can", "can", 0, "unilateral[0].removes", "nobody in particular",
        "name the actor",
    ),
    "a share without basis": (
        Q, "60], basis: judgement", "60]", 0, "unilateral[0].basis", "names no basis", "stated, reported or judgement",
    ),
    "nobody cares": (
        Q, QUESTION[QUESTION.index("positions:"):], "positions:\n" + 2 * HOST.replace("[0.5, 0.7, 0.9]", "[0, 0, 0]"), 0,
        "positions", "no party both cares and counts", "above 0",
    ),
    "an unknown key": (Q, "rule: consensus", "rule: consensus\nband: []", 1, "band", "no key is called 'band'", "'bands'?"),
    "an option without effects": (
        C, "  - {id: slow, name: Slow}", "  - {id: slow, name: Slow}\n  - {id: pause, name: Pause}", 1, "options[2]",
        "'pause' has no effect on any criterion", "add effects with option: pause",
    ),
    "an option's id twice": (C, "id: slow, name", "id: stay, name", 1, "options[2].id", "'stay' stands twice", "its own id"),
    "no options": (
        C, CHOICE[CHOICE.index("options:"):CHOICE.index("criteria:")], "options: []\n", 0, "options",
        "names nothing", "at least one",
    ),
    "requires an option that is none": (
        C, "id: slow, name: Slow", "id: slow, name: Slow, requires: [fst]", 0, "options[1].requires", "'fst'", "'fast'?",
    ),
    "excludes an option that is none": (C, "excludes: [fast]", "excludes: [fst]", 0, "options[2].excludes", "'fst'", "'fast'?"),
    "requires itself": (
        C, "id: slow, name: Slow", "id: slow, name: Slow, requires: [slow]", 0, "options[1].requires", "requires itself",
        "take it out of requires",
    ),
    "excludes itself": (C, "excludes: [fast]", "excludes: [stay]", 0, "options[2].excludes", "excludes itself", "take it out"),
    "requires in a circle": (
        C, "  - {id: slow, name: Slow}\n  - {id: stay, name: Stay, excludes: [fast]}",
        "  - {id: slow, name: Slow, requires: [stay]}\n  - {id: stay, name: Stay, requires: [slow]}", 0,
        "options[1].requires", "in a circle: slow requires stay requires slow", "make one option of them",
    ),
    "requires what it excludes": (
        C, "excludes: [fast]", "excludes: [fast], requires: [fast]", 0, "options[2].requires", "'stay' can never be done",
        "take out one of the requires",
    ),
    "requires two that exclude each other": (
        C, "id: slow, name: Slow", "id: slow, name: Slow, requires: [fast, stay]", 0, "options[1].requires",
        "it requires 'stay' and 'fast', of which one excludes the other", "take out one",
    ),
    "requires what cannot be combined": (
        C, "combinations_allowed: true\noptions:\n  - id: fast", "options:\n  - id: fast\n    requires: [slow]", 2,
        "options[0].requires", "cannot be done together here", "combinations_allowed: true",
    ),
    "months below none": (C, "needs_months: 4", "needs_months: -4", 0, "options[0].needs_months", "-4 months", "0 or more"),
    "steps back in time": (
        C, "when: 2026-10", "when: 2026-08", 0, "options[0].steps[1].when", "2026-08 stands after",
        "in the order",
    ),
    "a site closed twice": (
        C, "opens: [old]", "closes: [main]", 1, "options[0].steps[1].closes", "the step of 2026-09 closed", "take it out",
    ),
    "a site opened and closed at once": (
        C, "opens: [old]", "opens: [old], closes: [old]", 0, "options[0].steps[0].closes", "one step opens and closes 'old'",
        "make two steps",
    ),
    "a site closed before it opens": (
        C, "when: 2026-09, do: open, opens: [old]", "when: 2017, do: close, closes: [main]", 0,
        "options[0].steps[0].closes", "'main', which opens in 2018", "start in sites.csv",
    ),
    "a site closed that has ended": (
        C, "closes: [main]", "closes: [main], reduces: [old]", 0, "options[0].steps[1].reduces", "", "",
    ),
    "a site nobody knows": (
        C, "opens: [old]", "opens: [odl]", 0, "options[0].steps[0].opens", "no site is called 'odl'",
        "'old'?",
    ),
    "thresholds nothing can meet": (
        C, "must_reach: 40", "must_reach: 40, must_not_exceed: 30", 0, "criteria[1].must_reach",
        "nothing can reach 40 and not exceed 30",
        "keep one",
    ),
    "a threshold its unit does not allow": (
        C, "must_reach: 40", "must_reach: 140", 0, "criteria[1].must_reach", "140 is not possible in 'percent'", "the unit",
    ),
    "bounds without room": (
        C, "base: 50,", "base: 50, at_least: 100,", 0, "criteria[1].at_least", "at least 100 and at most 100", "below at_most",
    ),
    "a base beyond a bound": (
        C, "base: 50,", "base: 50, at_least: 51,", 0, "criteria[1].base", "not possible in 'percent', at least 51", "mend",
    ),
    "an effect beyond a bound": (
        C, "unit: attacks a year, better", "unit: attacks a year, at_most: 39, better", 10, "effects[4].range",
        "not possible in 'attacks a year', at most 39", "mend the range",
    ),
    "changes without base": (C, ", base: 50", "", 0, "criteria[1].base", "no base", "the value with no option"),
    "a way of coming together that is none": (C, "sum of changes", "sum", 0, "criteria[1].together", "not one of", "There are"),
    "a better that is none": (
        C, "better: down", "better: less", 0, "criteria[0].better", "'less' is not one",
        "There are: down, up",
    ),
    "a criterion without unit": (C, "unit: attacks a year, ", "", 0, "criteria[0].unit", "must be filled", "unit of its values"),
    "an uncertainty without width": (
        C, "low: 0, high: 1, basis", "low: 1, high: 1, basis", 0, "uncertainties[0].high", "no width",
        "above low",
    ),
    "an effect upside down": (C, "[0, 3, 10]", "[10, 3, 0]", 0, "effects[0].range", "not in order", "lowest, middle"),
    "an effect its unit does not allow": (
        C, "[70, 90, 100]", "[70, 90, 130]", 0, "effects[5].range", "not possible in 'percent'",
        "unit",
    ),
    "an effect twice": (
        C, "option: slow, criterion: risk", "option: fast, criterion: risk", 0, "effects[2]", "stands twice",
        "keep one",
    ),
    "rises and falls with one": (
        C, "rises_with: response", "rises_with: response, falls_with: response", 0, "effects[0].falls_with",
        "rises and falls with 'response'", "keep rises_with or falls_with",
    ),
    "an uncertainty nobody knows": (
        C, "rises_with: response", "rises_with: respons", 0, "effects[0].rises_with", "'respons'",
        "'response'?",
    ),
    "an effect stated by nobody": (
        C, "[0, 3, 10], rises_with: response, basis: judgement", "[0, 3, 10], basis: stated", 0, "effects[0].basis",
        "stated but names no source", "add source_ids",
    ),
    "an effect's source nobody knows": (
        C, "cards: [bmb2018]", "source_ids: [nws]", 0, "effects[0].source_ids", "no source is called 'nws'", "'news'?",
    ),
    "a card nobody knows": (
        C, "[bmb2018]", "[bmb2081]", 0, "effects[0].cards", "no evidence card is called 'bmb2081'",
        "'bmb2018'?",
    ),
    "an ordering of what is none": (C, "[risk, kept]", "[risk, kpt]", 0, "viewpoints[0].order[1]", "'kpt'", "'kept'?"),
    "an ordering with one twice": (
        C, "[risk, kept]", "[risk, [kept, risk]]", 0, "viewpoints[0].order[1]", "'risk' stands twice",
        "keep it",
    ),
    "an ordering with nothing in it": (C, "[risk, kept]", "[]", 0, "viewpoints[0].order", "names nothing", "at least one"),
    "an ordering with an empty place": (
        C, "[risk, kept]", "[risk, [], kept]", 0, "viewpoints[0].order[1]", "is empty",
        "name a criterion",
    ),
    "a tripwire without indicator": (
        C, "indicator: panel, ", "", 0, "tripwires[0]", "the tripwire has no indicator", "panel, forecast, record or calendar",
    ),
    "an indicator that is none": (C, "indicator: panel", "indicator: panle", 0, "tripwires[0].indicator", "'panle'", "'panel'?"),
    "a panel without area": (C, "area: Ninewa, ", "", 0, "tripwires[0].area", "on the panel needs area", "write area"),
    "a panel without threshold": (
        C, "months: 3, rises_to: 150", "months: 3", 0, "tripwires[0]", "no threshold",
        "rises_to or falls_to",
    ),
    "a panel level always reached": (C, "rises_to: 150", "rises_to: 0", 0, "tripwires[0].rises_to", "always reached", "above 0"),
    "a panel that always trips": (
        C, "rises_to: 150", "rises_to: 150, falls_to: 150", 0, "tripwires[0].falls_to", "always", "below rises_to",
    ),
    "an unknown province": (C, "area: Ninewa", "area: Ninawa", 0, "tripwires[0].area", "'Ninawa'", "'Ninewa'?"),
    "an unknown country": (C, "area: IRQ", "area: IRN", 0, "tripwires[1].area", "'IRN'", "'IRQ'?"),
    "an unknown series": (C, "series: deaths_all", "series: deaths_al", 0, "tripwires[0].series", "'deaths_al'", "'deaths_all'?"),
    "a forecast without deaths": (
        C, "deaths: 100, ", "", 0, "tripwires[1].deaths", "on the forecast needs deaths",
        "write deaths",
    ),
    "a forecast beyond percents": (
        C, "rises_to: 25", "rises_to: 250", 0, "tripwires[1].rises_to", "250 is no percent",
        "as in 25",
    ),
    "a forecast too far ahead": (C, "months: 6", "months: 60", 0, "tripwires[1].months", "60 months ahead", "1 to 36"),
    "a record without anything": (C, "kind: designated, ", "", 0, "tripwires[2]", "the whole record", "the kind of claim"),
    "a kind of claim that is none": (
        C, "kind: designated", "kind: designatd", 0, "tripwires[2].kind", "'designatd'",
        "'designated'?",
    ),
    "a calendar without date": (C, "when: 2026-07, ", "", 0, "tripwires[4].when", "on the calendar needs when", "write when"),
    "a tripwire for an option that is none": (
        C, "options: [fast]", "options: [fest]", 0, "tripwires[0].options", "'fest'",
        "'fast'?",
    ),
    "a tripwire for an uncertainty that is none": (
        C, "uncertainty: response", "uncertainty: respnse", 0, "tripwires[0].uncertainty", "'respnse'", "'response'?",
    ),
    "a tripwire stated by nobody": (
        C, "days_before: 30, basis: judgement", "days_before: 30, basis: stated", 0, "tripwires[4].basis",
        "stated but names no source", "add source_id",
    ),
    "a choice called as a question": (C, "id: draw", "id: share", 0, "id", "is that of questions/share", "another id"),
}  # fmt: skip
FAULTS["a site closed that has ended"] = (
    C, "      - {when: 2026-09, do: open, opens: [old], basis: judgement}", "      - {when: 2026-09, do: go, closes: [old]}", 0,
    "options[0].steps[0].closes", "'old', which ended in 2020", "end in sites.csv",
)  # fmt: skip

NOTES: dict[str, tuple[str, str, str, int, str, str, str]] = {
    "nothing to settle": (Q, "[0, 10, 30]", "[50, 80, 100]", -2, "positions", "all parties stand at the same place", "nothing"),
    "a position that claims to be certain": (Q, "[0, 10, 30]", "[10, 10, 10]", 0, "positions[1].position", "no width", "widen"),
    "a single decider among several": (
        Q, "rule: consensus", "rule: single decider", 0, "rule", "2 parties have influence: host, lead", "[0, 0, 0]",
    ),
    "no reversion": (
        Q, "reversion: {value: [60, 90, 100], basis: judgement}\n", "", -4, "reversion",
        "without a decision is not said", "write",
    ),
    "bands with a gap": (
        Q, "low: 10, high: 90", "low: 20, high: 80", -2, "bands", "10 to 20 and 80 to 90 percent",
        "name the rest",
    ),
    "one option": (
        C, OTHERS, "".join(line for line in OTHERS.splitlines(keepends=True) if not re.search("slow|stay", line)), -7,
        "options", "one option is no choice", "add",
    ),
    "an upper bound on the good": (
        C, "must_reach: 40", "must_not_exceed: 40", 0, "criteria[1].must_not_exceed", "by being too good",
        "write must_reach",
    ),
    "a lower bound on the bad": (
        C, "must_not_exceed: 20", "must_reach: 20", 0, "criteria[0].must_reach", "fails by being too good", "must_not_exceed",
    ),
    "a criterion nothing is compared by": (
        C, "uncertainties:", "  - {id: cost, name: cost, unit: EUR, better: down, basis: judgement}\nuncertainties:", 0,
        "criteria[2]", "no option has an effect on 'cost'", "add effects",
    ),
    "an effect that is unknown": (
        C, "  - {option: slow, criterion: kept, range: [20, 40, 50], basis: judgement}\n", "", -12, "options[1]",
        "what 'slow' does to kept is unknown", "wide ranges",
    ),
    "no effects at all": (
        C, CHOICE[CHOICE.index("effects:"):CHOICE.index("viewpoints:")], "", -18, "effects", "no option has an effect",
        "add effects",
    ),
    "an uncertainty that changes nothing": (
        C, "rises_with: response, ", "", -2, "uncertainties[0]", "changes nothing",
        "name it",
    ),
    "an ordering that leaves one out": (
        C, "[risk, kept]", "[risk]", 0, "viewpoints[0].order", "leaves out kept",
        "rank them too",
    ),
    "changes that add up to what cannot be": (
        C, "[30, 45, 50]", "[29, 45, 50]", -6, "criteria[1].together", "changes of fast, slow add up to -1, which is not",
        "held at the bound",
    ),
    "a base that is not used": (C, "sum of changes", "envelope", 0, "criteria[1].base", "base is not used", "sum of changes"),
    "excludes where nothing is combined": (
        C, "combinations_allowed: true\n", "", 8, "options[2].excludes", "changes nothing", "combinations_allowed: true",
    ),
    "a key the indicator does not look at": (
        C, "kind: designated", "kind: designated, area: IRQ", 0, "tripwires[2].area", "does not look at area", "remove it",
    ),
    "an institution nobody names": (
        C, "Counter Terrorism Service", "Counter Terrorism Servce", 0, "tripwires[3].organisation", "no row of the case",
        "did you mean 'Counter Terrorism Service'?",
    ),
    "a date on which nothing is due": (
        C, "when: 2026-07", "when: 2026-08", 0, "tripwires[4].when", "nothing is due on 2026-08",
        "2026-07",
    ),
}  # fmt: skip
