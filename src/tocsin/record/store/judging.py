"""Judgements: which entities are one. Each can be undone, and what they join is always what those that stand say."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from tocsin.errors import InputError, UnknownName
from tocsin.record.store.documents import BATCH
from tocsin.record.store.history import person_and_reason, write
from tocsin.record.store.rows import now
from tocsin.record.store.tables import ENTITIES, HISTORY, JUDGEMENTS
from tocsin.record.store.values import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Links = dict[str, list[str]]
"""For each entity, those that a standing judgement says are the same."""


ALIKE = (frozenset({"organisation", "state", "mission"}), frozenset({"place", "site", "state"}))
"""Types that sources use of one thing: a state is a body where it acts, and a place where it lies."""


def judge(connection: sa.Connection, left: str, right: str, verdict: Verdict, *, by: str, why: str) -> int:
    """Judge two entities, in place of what was judged of the two before; gives the line of the history.

    Raises:
        UnknownName: the record has no such entity.
        InputError: the two are one id, or the verdict contradicts judgements that stand.
    """
    by, why = person_and_reason(by, why)
    for entity_id in (left, right):
        if connection.scalar(sa.select(ENTITIES.c.entity_id).where(ENTITIES.c.entity_id == entity_id)) is None:
            raise UnknownName(
                f"the record has no entity {entity_id[:60]}", hint="tocsin record search finds entities by name"
            )
    if left == right:
        raise InputError("an entity cannot be judged against itself", hint="give two different entities")
    if verdict is Verdict.SAME:
        _refuse_unlike(connection, left, right)
    left, right = sorted((left, right))
    before = standing(connection, left, right)
    after = {"verdict": verdict.value, "by_whom": by, "why": why, "at": now()}
    put(connection, left, right, after)
    return write(
        connection, action="judge", by=by, subject=f"entity:{left}", topic=topic(left, right), why=why, before=before, after=after
    )  # fmt: skip


def identify(connection: sa.Connection, left: str, right: str, *, by: str, why: str) -> int | None:
    """Join two ids that are one by a code, not by a name; gives the line of the history.

    Nothing is done, and None given, where the record lacks one of them, where the two were ever judged (also where that was
    taken back since), or where judgements that stand say otherwise.
    """
    left, right = sorted((left, right))
    held = connection.scalar(sa.select(sa.func.count()).where(ENTITIES.c.entity_id.in_((left, right))))
    judged = connection.scalar(sa.select(HISTORY.c.entry).where(HISTORY.c.topic == topic(left, right)).limit(1))
    if left == right or held != 2 or judged is not None:  # both of the two
        return None
    after = {"verdict": Verdict.SAME.value, "by_whom": by, "why": why, "at": now()}
    try:
        _refuse_contradiction(connection, left, right, Verdict.SAME)
    except InputError:
        return None
    put(connection, left, right, after)
    return write(
        connection, action="judge", by=by, subject=f"entity:{left}", topic=topic(left, right), why=why, before=None, after=after
    )  # fmt: skip


def _refuse_unlike(connection: sa.Connection, left: str, right: str) -> None:
    """A person is no place and no body: what cannot be one is not joined.

    Raises:
        InputError: the two are of types that cannot be one.
    """
    query = sa.select(ENTITIES.c.entity_id, ENTITIES.c.type, ENTITIES.c.name).where(
        ENTITIES.c.entity_id.in_((left, right))
    )
    rows = connection.execute(query).all()
    types = {row.type for row in rows}
    if len(types) > 1 and not any(types <= kind for kind in ALIKE):
        one, other = (f"{row.name} is a {row.type}" for row in rows)
        raise InputError(
            f"the two cannot be one: {one}, {other}",
            hint="judge two of a kind; where a type is wrong, reject the claim",
        )


def topic(left: str, right: str) -> str:
    """What a judgement on a pair sets."""
    return f"pair:{left}\x1f{right}"


def standing(connection: sa.Connection, left: str, right: str) -> dict[str, Any] | None:
    """What stands of a pair, as a row without its key; None where nothing was judged."""
    columns = (JUDGEMENTS.c.verdict, JUDGEMENTS.c.by_whom, JUDGEMENTS.c.why, JUDGEMENTS.c.at)
    row = connection.execute(sa.select(*columns).where(_is_pair(left, right))).mappings().first()
    return None if row is None else dict(row)


def _is_pair(left: str, right: str) -> sa.ColumnElement[bool]:
    return sa.and_(JUDGEMENTS.c.left_id == left, JUDGEMENTS.c.right_id == right)


def put(connection: sa.Connection, left: str, right: str, row: Mapping[str, Any] | None) -> None:
    """Let this stand of a pair, or nothing, and join and part entities accordingly.

    Raises:
        InputError: other judgements that stand say otherwise; nothing is changed then.
    """
    was = standing(connection, left, right)
    connection.execute(JUDGEMENTS.delete().where(_is_pair(left, right)))
    if row is not None:
        _refuse_contradiction(connection, left, right, Verdict(row["verdict"]))
        connection.execute(JUDGEMENTS.insert().values(left_id=left, right_id=right, **row))
    if Verdict.SAME.value in ((was or {}).get("verdict"), (row or {}).get("verdict")):
        rejoin(connection, (left, right))


def rejoin(connection: sa.Connection, entities: Iterable[str]) -> None:
    """Give every entity that is joined to these its canonical id anew: the smallest of its component."""
    left = set(entities)
    while left:
        members = set(_links(connection, {left.pop()}))
        left -= members
        ids = sorted(members)
        for at in range(0, len(ids), BATCH):
            some = ENTITIES.c.entity_id.in_(ids[at : at + BATCH])
            connection.execute(ENTITIES.update().where(some).values(canonical_id=ids[0]))


def _links(connection: sa.Connection, start: set[str]) -> Links:
    """All that standing judgements join to a start, a ring at a time; each entity with its neighbours."""
    links: Links = {entity_id: [] for entity_id in start}
    edge = set(start)
    while edge:
        found = _neighbours(connection, sorted(edge))
        edge = set()
        for one, other in found:
            for near, far in ((one, other), (other, one)):
                if near in links and far not in links[near]:
                    links[near].append(far)
                if far not in links:
                    links[far] = []
                    edge.add(far)
    return links


def _neighbours(connection: sa.Connection, ids: list[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for at in range(0, len(ids), BATCH):
        some = ids[at : at + BATCH]
        touches = sa.or_(JUDGEMENTS.c.left_id.in_(some), JUDGEMENTS.c.right_id.in_(some))
        query = sa.select(JUDGEMENTS.c.left_id, JUDGEMENTS.c.right_id).where(
            touches, JUDGEMENTS.c.verdict == Verdict.SAME.value
        )
        found += connection.execute(query.order_by(JUDGEMENTS.c.left_id, JUDGEMENTS.c.right_id))
    return found


def _refuse_contradiction(connection: sa.Connection, left: str, right: str, verdict: Verdict) -> None:
    """A verdict must fit those that stand beside it.

    Raises:
        InputError: `not same` of two that a chain of judgements joins, or `same` that would join two judged not the same.
    """
    links = _links(connection, {left})
    if verdict is Verdict.NOT_SAME and right in links:
        chain = " = ".join(_chain(links, left, right))
        raise InputError(
            f"other judgements say that these are the same: {chain}", hint="undo one of them first (tocsin record undo)"
        )
    if verdict is Verdict.SAME and right not in links:
        apart = _apart(connection, set(links), set(_links(connection, {right})))
        if apart is not None:
            raise InputError(
                f"this would join {apart[0]} and {apart[1]}, which were judged not to be the same",
                hint="undo that judgement first (tocsin record undo), or leave the two apart",
            )  # fmt: skip


def _chain(links: Links, start: str, end: str) -> list[str]:
    """The shortest chain of entities from one to another."""
    came: dict[str, str | None] = {start: None}
    queue = deque([start])
    while queue and end not in came:
        here = queue.popleft()
        for near in links.get(here, []):
            if near not in came:
                came[near] = here
                queue.append(near)
    chain: list[str] = []
    at: str | None = end
    while at is not None:
        chain.append(at)
        at = came.get(at)
    return chain[::-1]


def _apart(connection: sa.Connection, one: set[str], other: set[str]) -> tuple[str, str] | None:
    """Two entities, one of each set, that were judged not to be the same; None where there are none."""
    ids = sorted(one)
    for at in range(0, len(ids), BATCH):
        some = ids[at : at + BATCH]
        touches = sa.or_(JUDGEMENTS.c.left_id.in_(some), JUDGEMENTS.c.right_id.in_(some))
        query = sa.select(JUDGEMENTS.c.left_id, JUDGEMENTS.c.right_id).where(
            touches, JUDGEMENTS.c.verdict == Verdict.NOT_SAME.value
        )
        for first, second in connection.execute(query):
            if (first in one and second in other) or (first in other and second in one):
                return first, second
    return None
