"""How a claim under review looks: its quote in its place, what it says, and what stands beside it."""

from rich.console import Group as Lines
from rich.console import RenderableType
from rich.rule import Rule
from rich.text import Text

from tocsin.api.review import Beside
from tocsin.cli.printing import UNKNOWN
from tocsin.cli.shown import plain, seen
from tocsin.record.contradiction import Contradiction
from tocsin.record.identity.suggestion import Suggestion
from tocsin.record.review import InPlace, Waiting
from tocsin.record.store import StoredClaim, StoredRefusal

SHOWN = 4
HELP = """\
  a  accept                    n  next              i  issue: a reason is asked
  r  reject: a reason is asked p  previous          w  work needed: a reason is asked
  c  correct the quote         s  skip              x  conflict with another source
  e  who is meant (entities)   u  undo the last     g  grade credibility, 1 to 6
  ?  this help                 q  quit; everything decided is kept"""


def page(one: Waiting, place: InPlace, near: Beside, *, number: int, of: int) -> Lines:
    """A claim under review."""
    claim = one.claim
    parts: list[RenderableType] = [
        Rule(plain(f"{number} of {of}  {claim.kind}  {one.why}")),
        _where(claim),
        _quote(place),
        *says(claim),
    ]
    if near.agrees:
        documents = ", ".join(dict.fromkeys(seen(c.document) for c in near.agrees[:SHOWN]))
        parts.append(
            plain(f"  agrees: {len(near.agrees)} more in {documents}; independent origins in all: {near.origins}")
        )
    parts += [_against(claim, other) for other in near.contradicts[:SHOWN]]
    if len(near.contradicts) > SHOWN:
        parts.append(Text(f"  and {len(near.contradicts) - SHOWN} more: tocsin contradictions"))
    return Lines(*parts)


def _where(claim: StoredClaim) -> Text:
    page_said = f"page {claim.page}" if claim.page is not None else f"paragraph {claim.paragraph or UNKNOWN}"
    published = str(claim.published) if claim.published is not None else f"date {UNKNOWN}"
    return plain(f"{claim.document}, {page_said}, published {published}; {claim.claim_id}", "dim")


def _quote(place: InPlace) -> Text:
    shown = plain(f"{place.heading}\n" if place.heading else "", "italic", lines=True)
    shown.append_text(plain(place.before, "dim", lines=True))
    shown.append_text(plain(place.quote, "reverse", lines=True))
    shown.append_text(plain(place.after, "dim", lines=True))
    return shown


def says(claim: StoredClaim) -> list[Text]:
    """What a claim says, role by role."""
    lines = [
        plain(f"  {a.role}: {a.words} ({a.type}" + (f", by {a.step}" if a.step else "") + ")") for a in claim.arguments
    ]
    lines += [plain(f"  {n.role}: {n.span.words} {n.referent}") for n in claim.numbers]
    put = [
        claim.modality.value,
        *([f"state: {claim.state}"] if claim.state else []),
        *([f"stance: {claim.stance}"] if claim.stance else []),
    ]
    put += [f"as said by {span.words}" for span in claim.attributed_to]
    names = ("start", "end", "first_seen", "last_seen")
    put += [f"{name.replace('_', ' ')} {date}" for name in names if (date := getattr(claim.dates, name)) is not None]
    lines.append(plain(f"  {'; '.join(put)}; read by {claim.extractor}; stands as {claim.status}"))
    if claim.credibility is not None:
        lines.append(plain(f"  credibility {claim.credibility.name[1]}: {claim.credibility}"))
    return lines


def _against(claim: StoredClaim, one: Contradiction) -> Text:
    other = one.right if any(c.claim_id == claim.claim_id for g in one.left for c in g.claims) else one.left
    said = one.right_says if other is one.right else one.left_says
    first = other[0].claims[0]
    when = "" if one.overlap.value == "overlap" else " (perhaps at another time)"
    return plain(f'  contradicts{when}: {one.about}: {said}. {first.document}: "{first.quote.words}"', "yellow")


def suggested(number: int, one: Suggestion, entity_id: str) -> Text:
    """A suggestion with what speaks against first."""
    other = one.right if one.left.entity_id == entity_id else one.left
    why = "; ".join(("against: " if w.against else "") + w.words for w in one.why)
    return plain(f"  {number}  {other.name} ({other.type}, {other.entity_id}): {one.advice}, {one.score:.2f}. {why}")


def refused(one: StoredRefusal, place: InPlace | None) -> Lines:
    """A refused proposal; its own words are not a quote, and are marked so."""
    parts = [
        plain(f"{one.refusal}  {one.proposal.kind}, {one.document}, read by {one.proposal.extractor}"),
        plain(f"  turned away: {one.field}: {one.reason}", "yellow"),
        plain(f"  proposed words (not a quote): {one.proposal.quote.words}"),
    ]
    if place is not None:
        parts.append(plain(f"  nearest in the text: {place.before}{place.quote}{place.after}", "dim"))
    return Lines(*parts)
