"""What the brief rests on, and how to make it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tocsin
from tocsin.brief.blocks import Bullets, Callout, Heading, Paragraph, Source, Sources, Strong, Text
from tocsin.brief.sections.section import Section
from tocsin.forecast.contract import model_named

if TYPE_CHECKING:
    from tocsin.assess.findings import Findings
    from tocsin.brief.blocks import Block
    from tocsin.case.rows import Source as CaseSource
    from tocsin.sources.reading import Card


def page(findings: Findings) -> tuple[Block, ...]:
    """The publishers, in one line."""
    publishers = dict.fromkeys(p.strip() for c in findings.cards if c.licence for p in c.publisher.split(";"))
    return (Paragraph((Strong("Sources. "), Text(f"{'; '.join(publishers)}. Citations, licences, faults: annex."))),)


def annex(findings: Findings) -> tuple[Block, ...]:
    """Citations, licences, faults, commands and versions."""
    forecast = findings.outlook.forecast
    contract = model_named(forecast.model).contract
    made_again = [
        f"Tocsin {tocsin.__version__}; commands: {'; '.join(findings.commands)}.",
        (
            f"Countries: {contract.title}, seed {forecast.seed}, {forecast.draws.shape[2]:,} draws, data "
            f"{forecast.data_hash[:16]}; "
            f"status {contract.status_at(forecast.level).value}. {contract.paper}."
        ),
    ]
    if findings.study:
        replay = findings.study.replay.forecast
        made_again.append(
            f"Provinces: {contract.title}, seed {replay.seed}, {replay.draws.shape[2]:,} draws, data {replay.data_hash[:16]}; "
            f"status {contract.status_at(replay.level).value}."
        )
    return (
        Heading("Sources, licences, known faults", id="sources-all"),
        Sources(
            tuple(
                Source(f"{c.source}. {c.citation}", c.licence, c.url or "", _note(c.lag, c.faults))
                for c in findings.cards
            )
        ),
        *_texts(findings),
        Heading("How to make this again", level=3),
        Bullets(tuple(made_again)),
        Callout(
            "caution",
            "Not a targeting or person-tracking tool: no forecast is finer than a province and a month, or a band of 25 km "
            "around sites; places are shown to 0.1 degree. Likelihood words "
            "follow ICD 203. Confidence is said apart from likelihood. A model marked experimental has not been verified "
            "at that level.",
        ),
    )


def _texts(findings: Findings) -> tuple[Block, ...]:
    """The texts that the rows of the case rest on, by the ids that its tables print."""
    if findings.mission is None or not findings.mission.texts:
        return ()
    return (
        Heading("What the rows of the case rest on", level=3, id="sources-texts"),
        Bullets(tuple((Strong(t.source_id), Text(f": {_text(t)}")) for t in findings.mission.texts)),
    )


def _text(text: CaseSource) -> str:
    """Author, title, publisher, date with where it comes from, and what the text itself rests on."""
    dated = f"{text.date or 'date unknown'}" + (
        f" ({text.date_origin})" if text.date_origin and text.date_origin != "stated" else ""
    )
    said = [text.author, text.title, text.publisher if text.publisher != "unknown" else None, dated]
    rests = f" Rests on: {text.origin_note}." if text.origin_note else ""
    repeats = f" Repeats {text.derived_from}." if text.derived_from else ""
    return f"{', '.join(s for s in said if s)}.{rests}{repeats}"


def _source(card: Card) -> Source:
    return Source(f"{card.source}. {card.citation}", card.licence, card.url or "", _note(card.lag, card.faults))


def _note(lag: str, faults: tuple[str, ...]) -> str:
    known = f" Known faults: {'; '.join(faults)}." if faults else ""
    return f"Lag: {lag.rstrip('.')}.{known}"


SECTION = Section("sources", page, annex)
