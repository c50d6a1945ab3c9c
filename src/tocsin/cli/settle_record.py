"""What `settle --from-record` shows: positions of the case beside quotes of the record."""

from tocsin.api.settle import positions_from_record, questions_asked
from tocsin.api.shapes.settle_record import record_as_json
from tocsin.case import Case
from tocsin.case.questions import Question
from tocsin.cli.app import out, print_json
from tocsin.cli.printing import row, say, say_demo, table
from tocsin.cli.settle_words import points, span
from tocsin.decide.settle.from_record import ClaimOnPosition, PartyInRecord, Standing

QUOTES = 5
"""Quotes shown of a party at most; all are in the JSON."""


def show_record(case: Case, question: str | None, *, case_name: str, json: bool) -> None:
    """Print, for every question asked, what the record says of its positions."""
    found = {asked.id: (asked, positions_from_record(case, asked.id)) for asked in questions_asked(case, question)}
    if json:
        print_json(record_as_json(found, case=case_name, demo=case.settings.demo))
        return
    for asked, parties in found.values():
        _show(asked, parties)
    say_demo(demo=case.settings.demo)


def _show(asked: Question, parties: tuple[PartyInRecord, ...]) -> None:
    say(f"{asked.id}: {asked.question}")
    made = table(
        f"{asked.id}: positions and what the record says of them ({asked.scale.unit})", "party", "position in the case",
        "in the record", "quotes",
    )  # fmt: skip
    for party in parties:
        rests = "judgement" if party.judgement else f"source {party.source_id}"
        where = f"{points(party.low)}, {points(party.mid)}, {points(party.high)}\n({rests})"
        row(made, party.name, where, party.standing, "\n".join(_quotes(party)))
    out.print(made)
    for party in parties:
        _say_offers(asked, party)
    say("Nothing of this changes the case: ranges are offered where a quote itself names a point, and you decide.")


def _quotes(party: PartyInRecord) -> list[str]:
    told = [_quote(claim) for claim in party.claims[:QUOTES]]
    more = len(party.claims) - QUOTES
    return [*told, f"and {more} more"] if more > 0 else told or ["none"]


def _quote(claim: ClaimOnPosition) -> str:
    about = "" if claim.shared else "; shares no word with the question"
    said = f", said by {claim.said_by[0]}" if claim.said_by else ""
    stance = f"{claim.stance or 'stance unknown'}, {claim.modality}{said}"
    return f"“{claim.quote}” ({claim.document}, {claim.published or 'undated'}; {stance}; {claim.status}{about})"


def _say_offers(asked: Question, party: PartyInRecord) -> None:
    for claim in party.claims:
        for offer in claim.offers:
            beside = "outside" if offer.low > party.high or offer.high < party.low else "within or across"
            say(
                f"{party.name}: “{offer.words}” is {span(offer.low, offer.high)} {asked.scale.unit} by {offer.how}, {beside} "
                f"the case's {span(party.low, party.high)}."
            )
    if party.standing is Standing.NO_CLAIM:
        say(f"{party.name}: the position in the case has no claim of the record behind it.")
