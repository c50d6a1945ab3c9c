"""What a case's record says of posts at the institutions that its missions engage, and of contradictions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.api.record import has_record, open_record_of
from tocsin.api.who import contradictions_case, who_case
from tocsin.errors import FileProblem, UnknownName
from tocsin.record.claim import ClaimStatus
from tocsin.watch.alert import Evidence, Kind
from tocsin.watch.sightings import Sighting

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from tocsin.case import Case
    from tocsin.record.contradiction import Contradiction
    from tocsin.record.store import StoredClaim
    from tocsin.settings import Settings

QUOTES = 2
"""Quotes of each side that an alert carries."""


def sightings_of(case: Case, *, settings: Settings) -> tuple[Sighting, ...] | None:
    """Everything of these kinds that the record says now; None where there is no record, or it is empty."""
    if not has_record(case, settings=settings):
        return None
    try:
        disputes, _ = contradictions_case(case, settings=settings)
    except FileProblem:
        return None
    return (*_posts(case, settings), *(_contradiction(one, case.settings.name) for one in disputes))


def claims_gone(case: Case, claims: Collection[str], *, settings: Settings) -> frozenset[str]:
    """Those of these claims that the record no longer holds: a person's data were removed, or the whole record was."""
    if not has_record(case, settings=settings):
        return frozenset(claims)
    with open_record_of(case, settings=settings) as record:
        return frozenset(claim for claim in claims if record.claim(claim) is None)


def institutions(case: Case) -> tuple[str, ...]:
    """Names of the institutions that the case's missions engage; of the missions it assesses, where it names any."""
    assessed = case.settings.mission
    missions = set(assessed.missions) if assessed else {m.mission_id for m in case.missions}
    engaged = {e.actor_id for e in case.engagements if e.mission_id in missions and e.actor_id}
    return tuple(actor.name for actor in case.actors if actor.actor_id in engaged)


def _posts(case: Case, settings: Settings) -> Iterator[Sighting]:
    for institution in institutions(case):
        try:
            found = who_case(case, organisation=institution, settings=settings)
        except UnknownName:  # the record says nothing of this institution
            continue
        for answer in found.answers:
            claims = answer.group.claims
            yield Sighting(
                Kind.POST, f"{institution}\n{answer.sentence}",
                title=f"The record says something new of a post at {institution}",
                says=f"The record newly says of {institution}: {answer.sentence}.".replace("..", "."),
                evidence=tuple(_evidence(claims, case.settings.name)), reviewed=_is_reviewed(claims),
            )  # fmt: skip


def _contradiction(one: Contradiction, case: str) -> Sighting:
    left, right = ([claim for group in side for claim in group.claims] for side in (one.left, one.right))
    return Sighting(
        Kind.CONTRADICTION, f"{one.rule}\n{one.about}\n{one.left_says}\n{one.right_says}",
        title="Two claims of the record exclude each other",
        says=f"Of {one.about}, one side says: {one.left_says}; the other: {one.right_says}.",
        evidence=(*_evidence(left, case), *_evidence(right, case)), reviewed=_is_reviewed([*left, *right]),
    )  # fmt: skip


def _evidence(claims: Iterable[StoredClaim], case: str) -> Iterator[Evidence]:
    for claim in list(claims)[:QUOTES]:
        place = "" if claim.page is None else f", page {claim.page}"
        link = f"/c/{case}/record?claim={claim.claim_id}"
        yield Evidence(f"{claim.document}{place}", link, claim.quote.words, claim.source_id, claim.claim_id)


def _is_reviewed(claims: Iterable[StoredClaim]) -> bool:
    return all(claim.status is ClaimStatus.ACCEPTED for claim in claims)
