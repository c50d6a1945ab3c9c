"""Two holders of a post that has one seat, at one time."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from tocsin.record.claim import Modality
from tocsin.record.contradiction.finding import Contradiction, is_reported, joined_by_name, meeting
from tocsin.record.identity.posts import read_post
from tocsin.record.spans import Overlap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.record.contradiction.finding import Ground, Meeting
    from tocsin.record.corroboration import Group

RULE = "one seat"
KIND = "person-holds-post"


def find(groups: Sequence[Group], ground: Ground) -> Iterator[Contradiction]:
    """Holders of one post of one organisation who are cited for one time.

    Which posts many hold at once is a lexicon (`identity/posts.toml`). Whoever is called the former holder, without a date,
    contradicts nobody. Where no organisation is named, nothing is compared.
    """
    seats: dict[tuple[str, str], dict[str, list[Group]]] = defaultdict(lambda: defaultdict(list))
    for group in groups:
        posts, bodies = group.filling("post"), group.filling("organisation")
        if group.modality is not Modality.DENIED and posts and bodies and _seated(group):
            seats[posts[0], bodies[0]][group.filling("person")[0]].append(group)
    for (post, organisation), holders in seats.items():
        about = f"{post.removeprefix('post:')} of {ground.alike.name(organisation)}"
        for one, other in combinations(holders, 2):
            met = meeting(holders[one], holders[other])
            if met[0] is not Overlap.APART:
                yield _found(about, (one, other), met, ground)


def _seated(group: Group) -> bool:
    posts = [read_post(argument.words) for claim in group.claims if (argument := claim.proposal.first("post"))]
    dated = any(span.known for span in group.spans)
    return all(post.one_seat for post in posts) and (dated or not all(post.past for post in posts))


def _found(about: str, holders: tuple[str, str], met: Meeting, ground: Ground) -> Contradiction:
    overlap, left, right = met
    one, other = holders
    perhaps = ground.alike.perhaps_one(one, other)
    return Contradiction(
        rule=RULE, kind=KIND, about=about, left=left, right=right, left_says=ground.alike.name(one),
        right_says=ground.alike.name(other), overlap=overlap, reported=is_reported(left) or is_reported(right),
        notes=((perhaps,) if perhaps else ()) + tuple(joined_by_name((*left, *right), ground)),
    )  # fmt: skip
