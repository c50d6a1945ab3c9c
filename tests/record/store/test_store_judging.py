"""Judgements join and part entities, and what is joined is always what those that stand say."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.record.store.record_made_up import document_with, enter, held

from tocsin.errors import InputError, UnknownName
from tocsin.record.store import Record, Verdict, open_record

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = ("Ada Marsh", "Ben Reed", "Cy Pool", "Dee Lake", "Eve Ford")
SAME, NOT_SAME, UNSURE = Verdict.SAME, Verdict.NOT_SAME, Verdict.UNSURE


def with_people(record: Record, many: int = len(PEOPLE)) -> list[str]:
    """A record of people with a post each; gives the ids of the people, in order."""
    document, text = document_with(*(f"{person} is governor." for person in PEOPLE[:many]))
    enter(record, document, text, *(held(text, person, "governor") for person in PEOPLE[:many]))
    return sorted(record.entities(name=person)[0].entity_id for person in PEOPLE[:many])


def judge(record: Record, left: str, right: str, verdict: Verdict) -> int:
    return record.judge(left, right, verdict, by="Ines", why="seen")


def canonical(record: Record, entity_id: str) -> str:
    entity = record.entity(entity_id)
    assert entity is not None
    return entity.entity_id


def test_same_joins_and_undoing_parts_again(record: Record) -> None:
    a, b, c, *_ = with_people(record)
    before = record.entities()
    judge(record, b, c, SAME)
    entry = judge(record, c, a, SAME)
    joined = record.entity(c)
    assert joined is not None
    assert (joined.entity_id, joined.members) == (a, (a, b, c))
    assert len(joined.names) == 3
    assert len(record.claims(entity=b)) == len(record.claims(about=a)) == 3
    assert {claim.entity_of("person") for claim in record.claims(entity=b)} == {a}
    record.undo(entry, by="Ines", why="slip")
    assert [canonical(record, x) for x in (a, b, c)] == [a, b, b]
    record.undo(entry - 1, by="Ines", why="slip")
    assert record.entities() == before
    assert record.judgements() == []


def test_not_same_within_a_component_is_refused_with_the_chain(record: Record) -> None:
    a, b, c, *_ = with_people(record)
    judge(record, a, b, SAME)
    judge(record, b, c, SAME)
    with pytest.raises(InputError, match=f"the same: {a} = {b} = {c}"):
        judge(record, a, c, NOT_SAME)
    assert [judgement.verdict for judgement in record.judgements(a)] == [SAME, SAME]
    judge(record, a, c, UNSURE)
    assert canonical(record, c) == a


def test_same_across_a_standing_not_same_is_refused(record: Record) -> None:
    a, b, c, d, _ = with_people(record)
    judge(record, a, b, SAME)
    judge(record, c, d, SAME)
    judge(record, d, a, NOT_SAME)
    with pytest.raises(InputError, match=f"would join {a} and {d}"):
        judge(record, b, c, SAME)
    assert canonical(record, d) == c


def test_a_new_judgement_takes_the_place_of_the_old_one_until_it_is_undone(record: Record) -> None:
    a, b, *_ = with_people(record)
    judge(record, a, b, SAME)
    entry = judge(record, a, b, NOT_SAME)
    assert canonical(record, b) == b
    assert [j.verdict for j in record.judgements()] == [NOT_SAME]
    record.undo(entry, by="Ines", why="slip")
    assert canonical(record, b) == a


def test_only_two_entities_of_the_record_can_be_judged(record: Record) -> None:
    a, b, *_ = with_people(record)
    with pytest.raises(UnknownName):
        judge(record, a, "nobody", SAME)
    with pytest.raises(InputError, match="against itself"):
        judge(record, a, a, SAME)
    with pytest.raises(InputError, match="no reason"):
        record.judge(a, b, SAME, by="Ines", why="")
    assert record.history(a) == []


class Model:
    """What judgements come to, reckoned from scratch each time."""

    def __init__(self, ids: list[str]) -> None:
        self.ids = ids
        self.stacks: dict[tuple[str, str], list[tuple[int, Verdict]]] = {}

    def components(
        self, *, without: tuple[str, str] | None = None, extra: tuple[str, str, Verdict] | None = None
    ) -> dict[str, str]:
        pairs = {pair: stack[-1][1] for pair, stack in self.stacks.items() if stack and pair != without}
        if extra is not None:
            pairs[extra[0], extra[1]] = extra[2]
        root = {entity: entity for entity in self.ids}
        for _ in self.ids:
            for (left, right), verdict in pairs.items():
                if verdict is SAME:
                    low = min(root[left], root[right])
                    root = {e: low if r in {root[left], root[right]} else r for e, r in root.items()}
        return root

    def allows(self, left: str, right: str, verdict: Verdict | None) -> bool:
        """Whether no pair judged not the same would be in one component."""
        extra = None if verdict is None else (left, right, verdict)
        root = self.components(without=(left, right), extra=extra)
        pairs = {pair: stack[-1][1] for pair, stack in self.stacks.items() if stack and pair != (left, right)}
        if verdict is not None:
            pairs[left, right] = verdict
        return all(root[x] != root[y] for (x, y), said in pairs.items() if said is NOT_SAME)


MOVES = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(list(combinations(range(5), 2))), st.sampled_from(list(Verdict))),
        st.integers(0, 30),
    ),
    max_size=25,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(moves=MOVES)
def test_any_sequence_of_judging_and_undoing_equals_the_model(
    tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[tuple[int, int], Verdict] | int]
) -> None:
    folder: Path = tmp_path_factory.mktemp("judging")
    with open_record(folder / "record.db") as record:
        ids = with_people(record)
        model = Model(ids)
        made: list[tuple[str, str]] = []
        entries: list[int] = []
        for move in moves:
            if isinstance(move, tuple):
                (left, right), verdict = (ids[move[0][0]], ids[move[0][1]]), move[1]
                if model.allows(left, right, verdict):
                    entries.append(judge(record, left, right, verdict))
                    made.append((left, right))
                    model.stacks.setdefault((left, right), []).append((entries[-1], verdict))
                else:
                    with pytest.raises(InputError):
                        judge(record, left, right, verdict)
            elif made:
                number = move % len(made)
                stack = model.stacks[made[number]]
                below = stack[-2][1] if len(stack) > 1 else None
                if stack and stack[-1][0] == entries[number] and model.allows(*made[number], below):
                    record.undo(entries[number], by="Ines", why="slip")
                    stack.pop()
                else:
                    with pytest.raises(InputError):
                        record.undo(entries[number], by="Ines", why="slip")
            root = model.components()
            assert {entity: canonical(record, entity) for entity in ids} == root


def test_a_person_and_a_state_cannot_be_one(record: Record) -> None:
    document, text = document_with("Ada Marsh became governor of Anbar for Harbourland.", name="unlike.txt")
    record.add(document, text)
    record.enter(text, [held(text, "Ada Marsh", "governor", "Harbourland")], extractor="rules 1", by="test")
    who = record.entities(name="marsh")[0].entity_id
    body = record.entities(name="harbourland")[0].entity_id
    with pytest.raises(InputError, match="cannot be one"):
        record.judge(who, body, "same", by="Ines", why="a slip")
    assert record.judge(who, body, "not same", by="Ines", why="a person is no body") > 0
