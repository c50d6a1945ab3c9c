"""The headings under which fitness for purpose is judged, in our own words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class FrameworkName(StrEnum):
    """The frameworks whose headings ship."""

    OECD = "oecd"
    DOD = "dod"
    NATO = "nato"


class Bears(StrEnum):
    """Which part of a case's tables bears on a heading."""

    NEEDS = "needs"
    OTHERS = "others"
    TASKS = "tasks"
    THEORY = "theory"
    MEASURED = "measured"
    BASELINES = "baselines"
    TARGETS = "targets"
    OUTPUTS = "outputs"
    OUTCOMES = "outcomes"
    THREATS = "threats"
    EFFORT = "effort"
    INTERRUPTIONS = "interruptions"


@dataclass(frozen=True, slots=True)
class Heading:
    """One criterion or heading.

    Attributes:
        name: its name, as verdicts give it; letter case aside.
        asks: what is asked under it.
        bears: the parts of a case's tables that bear on it.
    """

    name: str
    asks: str
    bears: tuple[Bears, ...] = ()


@dataclass(frozen=True, slots=True)
class Framework:
    """A set of headings.

    Attributes:
        words: a verdict belongs here where its framework holds one of these words.
        source: the published text the headings follow.
    """

    name: FrameworkName
    title: str
    words: tuple[str, ...]
    source: str
    headings: tuple[Heading, ...]

    def owns(self, framework: str) -> bool:
        """Whether a verdict's framework is this one.

        Example:
            >>> FRAMEWORKS[FrameworkName.DOD].owns("DoDI 5132.14")
            True
        """
        return any(part.strip(".") in self.words for part in re.findall(r"[a-z0-9.]+", framework.casefold()))


OECD = Framework(
    FrameworkName.OECD,
    "OECD DAC evaluation criteria",
    ("oecd", "dac"),
    "OECD DAC Network on Development Evaluation (2019) Better Criteria for Better Evaluation; OECD (2021) Applying "
    "Evaluation Criteria Thoughtfully, doi:10.1787/543e84ed-en",
    (
        Heading(
            "relevance",
            "Do aims and design answer the needs and priorities of those concerned, and still do as things change?",
            (Bears.NEEDS, Bears.TASKS),
        ),
        Heading(
            "coherence",
            "Does it fit with what else is done there, by the same organisation and by others?",
            (Bears.OTHERS,),
        ),
        Heading(
            "effectiveness",
            "Did it reach its objectives, and for whom?",
            (Bears.TARGETS, Bears.OUTPUTS, Bears.OUTCOMES),
        ),
        Heading("efficiency", "Are the results worth their cost, and in time?", (Bears.EFFORT, Bears.OUTPUTS)),
        Heading(
            "impact",
            "What wider difference did it make, wanted or not, good or bad?",
            (Bears.BASELINES, Bears.OUTCOMES, Bears.THREATS),
        ),
        Heading("sustainability", "Do the benefits last, or are they likely to?", (Bears.INTERRUPTIONS, Bears.THEORY)),
    ),
)

DOD = Framework(
    FrameworkName.DOD,
    "DoDI 5132.14, assessment, monitoring and evaluation of security cooperation",
    ("dod", "dodi", "5132.14"),
    "US Department of Defense Instruction 5132.14 (2017) Assessment, Monitoring, and Evaluation Policy for the "
    "Security Cooperation Enterprise",
    (
        Heading(
            "initial assessment",
            "What was the partner's situation, need and will before anything began?",
            (Bears.NEEDS, Bears.BASELINES),
        ),
        Heading(
            "theory of change",
            "By which steps is what is done thought to lead to what is wanted, and what must hold for each?",
            (Bears.TASKS, Bears.THEORY),
        ),
        Heading("baseline", "What was measured at the start, so that change can be seen?", (Bears.BASELINES,)),
        Heading("indicators and targets", "What is measured, and how much by when?", (Bears.MEASURED, Bears.TARGETS)),
        Heading(
            "performance monitoring",
            "Was what was planned delivered, on time and within its cost?",
            (Bears.OUTPUTS, Bears.EFFORT),
        ),
        Heading("outcome monitoring", "Did anything change at the partner?", (Bears.OUTCOMES, Bears.THREATS)),
        Heading("independent evaluation", "Did someone who does not run it judge it, and by what method?"),
        Heading("dissemination of lessons", "Was what was learned published, and used?"),
    ),
)

NATO = Framework(
    FrameworkName.NATO,
    "NATO operations assessment",
    ("nato",),
    "NATO Operations Assessment Handbook, version 3.0 (2015)",
    (
        Heading(
            "assessment design",
            "Was the assessment designed together with the plan, objectives and effects stated so that they can be seen?",
            (Bears.TASKS, Bears.THEORY),
        ),
        Heading(
            "measures of performance",
            "Is it measured whether what was ordered is done?",
            (Bears.MEASURED, Bears.OUTPUTS),
        ),
        Heading(
            "measures of effectiveness",
            "Is it measured whether the situation changes as wanted?",
            (Bears.MEASURED, Bears.OUTCOMES),
        ),
        Heading(
            "thresholds and targets",
            "From where to where must each measure move?",
            (Bears.BASELINES, Bears.TARGETS),
        ),
        Heading(
            "data collection",
            "Who collects what, how often, and with which faults?",
            (Bears.OUTPUTS, Bears.OUTCOMES, Bears.THREATS),
        ),
        Heading(
            "analysis and interpretation",
            "What do the data say of cause, and what else could explain them?",
            (Bears.THREATS,),
        ),
        Heading("recommendations", "What was advised to those who decide, and what did they do?"),
    ),
)

FRAMEWORKS = {framework.name: framework for framework in (OECD, DOD, NATO)}
"""Every framework that ships, by its name."""
