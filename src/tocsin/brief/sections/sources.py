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


def page(findings: Findings) -> tuple[Block, ...]:
    """The publishers, in one line."""
    publishers = "; ".join(dict.fromkeys(f"{c.publisher} ({c.licence})" for c in findings.cards if c.licence))
    return (Paragraph((Strong("Sources. "), Text(f"{publishers}. Citations and known faults: annex."))),)


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
        Sources(tuple(Source(c.citation, c.licence, c.url or "", _note(c.lag, c.faults)) for c in findings.cards)),
        Heading("How to make this again", level=3),
        Bullets(tuple(made_again)),
        Callout(
            "caution",
            "Not a targeting or person-tracking tool: nothing here is finer than a province and a month. Likelihood words "
            "follow ICD 203. Confidence is said apart from likelihood. A model marked experimental has not been verified "
            "at that level.",
        ),
    )


def _note(lag: str, faults: tuple[str, ...]) -> str:
    known = f" Known faults: {'; '.join(faults)}." if faults else ""
    return f"Lag: {lag.rstrip('.')}.{known}"


SECTION = Section("sources", page, annex)
