"""What the view *Decide* is made of, part by part, and what each does not know."""

from __future__ import annotations

from tocsin.web.shell.parts import Part

PARTS = (
    Part(
        "questions", "Questions", "Where would the parties settle?",
        "Whether it is settled at all, and by when. Most inputs are somebody's judgement, and past errors were measured on "
        "another body's decisions: take them as a floor.",
        "tocsin settle --case {case}", "settlement", (("CSV", "settle", "csv"), ("JSON", "settle", "json")),
    ),
    Part(
        "options", "Options", "What do the options risk, and what would have to be true?",
        "Which future comes: shares are of the futures tested, and say nothing of how likely a future is. What no effect is "
        "given for is unknown.",
        "tocsin options --case {case}", "options", (("CSV", "options", "csv"), ("JSON", "options", "json")),
    ),
    Part(
        "tripwires", "Tripwires", "What would call a choice into question, and does it show itself in time?",
        "What nobody watches. Where the lag of what is watched is unknown, so is whether it comes in time.",
        "tocsin tripwires --case {case}", "tripwires",
        (("CSV", "tripwires", "csv"), ("JSON", "tripwires", "json"), ("Calendar (iCalendar)", "tripwires.ics", "")),
    ),
    Part(
        "calendar", "Calendar", "Which dates bear on the choices?",
        "Dates that no table of the case names. Many are a month or a year, no day.",
        "tocsin tripwires --case {case}", "",
        (("CSV", "calendar", "csv"), ("JSON", "calendar", "json"), ("Calendar (iCalendar)", "calendar.ics", "")),
    ),
    Part(
        "judgements", "Judgement log", "What did people judge, and how did such judgements do?",
        "What was judged and never written down. Few closed judgements say little of a person's skill.",
        "tocsin judgements list --case {case}",
    ),
    Part(
        "experts", "Experts", "What did experts give, and where do they part?",
        "Whether those who agree know it of each other, and what an expert who left a cell empty thinks.",
        "tocsin elicit QUESTION --case {case}",
    ),
)  # fmt: skip
"""In the order of the tabs."""
