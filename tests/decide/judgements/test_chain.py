"""The chain of a judgement log: whatever is done to a line is found, and named by the line's number."""

from __future__ import annotations

import copy
import hashlib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.decide.judgements.small_log import log, note, renumbered

from tocsin.case.finding import fault
from tocsin.decide.judgements import Head, chain_faults, head_faults, head_of, read_entries, seal
from tocsin.decide.judgements.chain import FIRST, hash_of

if TYPE_CHECKING:
    from tocsin.case.judgements import Line


def entries(n: int = 8) -> list[dict[str, Any]]:
    return [dict(entry) for _, entry in log(*(note(f"note {i}") for i in range(n))) if isinstance(entry, dict)]


def told(changed: list[Any]) -> list[tuple[int | None, str]]:
    return [(found.row, found.problem) for found in chain_faults(renumbered(changed))]


def resealed(entry: dict[str, Any], **changes: Any) -> dict[str, Any]:
    made = {**entry, **changes}
    return {**made, "hash": hash_of(made)}


def test_the_hash_is_what_anybody_can_work_out() -> None:
    first = seal({"kind": "note", "note": "é"}, after=None)
    text = FIRST + '\n{"before":"' + FIRST + '","kind":"note","note":"é","number":1}'
    assert first["hash"] == hashlib.sha256(text.encode()).hexdigest()


def test_a_log_as_it_was_written_has_no_faults() -> None:
    assert told(entries()) == []
    assert told([]) == []
    assert head_of(renumbered(entries(3))) == Head(3, entries(3)[-1]["hash"])


def test_a_changed_line_is_named() -> None:
    changed = entries()
    changed[2]["note"] = "another"
    assert told(changed) == [(3, "this line was changed: it no longer agrees with its hash")]


@pytest.mark.parametrize("key", ["number", "time", "who", "kind", "note", "before"])
def test_whatever_key_is_changed_that_line_alone_is_named(key: str) -> None:
    changed = entries()
    changed[4][key] = 99 if key == "number" else "0" * 64
    assert [row for row, _ in told(changed)] == [5]


def test_two_changed_lines_are_both_named() -> None:
    changed = entries()
    changed[2]["note"] = changed[5]["who"] = "another"
    assert [row for row, _ in told(changed)] == [3, 6]


def test_a_line_that_was_changed_and_sealed_again_is_named() -> None:
    changed = entries()
    changed[2] = resealed(changed[2], note="another")
    (found,) = told(changed)
    assert found[0] == 3
    assert "not the entry that line 4 follows: it, or one before it, was changed and sealed anew" in found[1]


def test_a_whole_stretch_sealed_again_is_named_where_it_ends() -> None:
    changed = entries()
    changed[2] = resealed(changed[2], note="another")
    for i in (3, 4):
        changed[i] = resealed(changed[i], before=changed[i - 1]["hash"])
    assert [row for row, _ in told(changed)] == [5]


def test_removed_lines_are_counted_where_they_are_missing() -> None:
    whole = entries()
    assert told(whole[:2] + whole[3:]) == [(3, "before this line entry 3 is missing")]
    assert told(whole[:2] + whole[5:]) == [(3, "before this line entries 3 to 5 are missing")]
    assert told(whole[1:]) == [(1, "before this line entry 1 is missing")]
    assert told(whole[:1] + whole[2:4] + whole[5:]) == [
        (2, "before this line entry 2 is missing"), (4, "before this line entry 5 is missing"),
    ]  # fmt: skip


def test_a_line_put_in_is_named() -> None:
    whole = entries()
    forged = resealed(whole[3], number=4, before=whole[2]["hash"], note="forged")
    assert told([*whole[:3], forged, *whole[3:]]) == [
        (4, "this line was put in: the log has its entry 4 in line 5")
    ]  # fmt: skip


def test_a_line_put_in_with_hashes_of_nothing_is_named() -> None:
    whole = entries()
    forged = resealed(whole[3], before="a" * 64, note="forged")
    assert [row for row, _ in told([*whole[:3], forged, *whole[3:]])] == [4]
    assert [row for row, _ in told([*whole[:3], {**forged, "hash": "b" * 64}, *whole[3:]])] == [4]


def test_a_repeated_line_is_named() -> None:
    whole = entries()
    assert told([*whole[:5], copy.deepcopy(whole[1]), *whole[5:]]) == [
        (6, "this line was put in: it has the hash of line 2")
    ]  # fmt: skip


def test_an_altered_copy_ahead_of_its_line_does_not_bring_the_line_into_doubt() -> None:
    whole = entries()
    copied = {**whole[4], "note": "another"}
    assert {row for row, _ in told([*whole[:2], copied, *whole[2:]])} == {3}


def test_a_forged_line_at_the_beginning_does_not_bring_the_log_into_doubt() -> None:
    whole = entries()
    forged = resealed(whole[3], before="a" * 64, note="forged")
    assert told([forged, *whole]) == [(1, "this line was put in: the log has its entry 4 in line 5")]


def test_moved_lines_are_named() -> None:
    whole = entries()
    swapped = [*whole[:2], whole[3], whole[2], *whole[4:]]
    (found,) = told(swapped)
    assert found[0] in {3, 4}
    assert "this line was moved: it is entry" in found[1]
    to_the_end = [*whole[:2], *whole[3:], whole[2]]
    assert told(to_the_end) == [(8, "this line was moved: it is entry 3, and stands out of its order")]


def test_a_broken_line_is_named_once_and_hides_no_removal() -> None:
    whole: list[Any] = list(entries())
    broken = fault("judgements.jsonl", "this is no line of JSON", "bring it back", row=3)
    assert [row for row, _ in told([*whole[:2], broken, *whole[3:]])] == [3]
    assert told([*whole[:2], broken, *whole[5:]])[1] == (4, "before this line 2 of entries 3 to 5 are missing")
    assert [row for row, _ in told([*whole[:2], {"note": "bare"}, *whole[3:]])] == [3]


def test_what_is_cut_off_at_the_end_needs_a_head() -> None:
    whole = renumbered(entries())
    head = head_of(whole)
    assert head is not None
    assert chain_faults(whole[:6]) == ()
    assert head_faults(whole, head) == ()
    (found,) = head_faults(whole[:6], head)
    assert (found.row, found.problem) == (
        6,
        "the log ends here, and entries 7 to 8 are missing, which the kept head counts",
    )
    (found,) = head_faults([], head)
    assert "entries 1 to 8 are missing" in found.problem


def test_a_log_that_grew_still_holds_an_earlier_head() -> None:
    whole = renumbered(entries())
    early = head_of(whole[:3])
    assert early is not None
    assert head_faults(whole, early) == ()


def test_a_log_written_anew_does_not_hold_the_head() -> None:
    head = head_of(renumbered(entries()))
    other = log(*(note(f"other {i}") for i in range(9)))
    assert head is not None
    assert chain_faults(other) == ()
    (found,) = head_faults(other, head)
    assert found.row == 8
    assert "entry 8 is not the one of the kept head: it, or an entry before it, was written anew" in found.problem


@pytest.mark.parametrize("text", ["", "12", ":" + "a" * 64, "x:" + "a" * 64, "1:" + "g" * 64, "1:abc"])
def test_what_is_no_head_is_no_head(text: str) -> None:
    assert Head.parse(text) is None


def test_a_head_is_read_as_it_is_printed() -> None:
    head = Head(12, "ab" * 32)
    assert Head.parse(f" {head}\n") == head


WHOLE = entries(7)


@settings(max_examples=150, deadline=None)
@given(order=st.lists(st.integers(0, 6), min_size=1, max_size=9), changed=st.none() | st.integers(0, 6))
def test_nothing_but_the_beginning_of_the_log_passes(order: list[int], changed: int | None) -> None:
    lines = [copy.deepcopy(WHOLE[i]) for i in order]
    if changed is not None and changed < len(lines):
        lines[changed]["note"] = "another"
    as_written = lines == WHOLE[: len(lines)]
    assert (told(lines) == []) == as_written


@settings(max_examples=100, deadline=None)
@given(at=st.integers(0, 6), key=st.sampled_from(["note", "who", "time"]), again=st.booleans())
def test_one_changed_line_is_named_and_no_other(at: int, key: str, again: bool) -> None:  # noqa: FBT001
    lines = copy.deepcopy(WHOLE)
    lines[at][key] = "2026-01-01T09:00:00+01:00"
    if again:
        lines[at] = resealed(lines[at])
    rows = {row for row, _ in told(lines)}
    assert rows == (set() if again and at == 6 else {at + 1})


def test_a_number_beyond_all_measure_is_counted_and_not_walked() -> None:
    whole = entries(3)
    far = resealed(whole[2], number=10**18)
    assert told([*whole[:2], far]) == [(3, f"before this line entries 3 to {10**18 - 1} are missing")]
    assert told([resealed(whole[0], number=-5)])


def test_moved_and_removed_lines_at_once_are_told_apart() -> None:
    whole = entries()
    found = told([*whole[:2], whole[5], whole[2], *whole[6:]])
    assert [row for row, words in found if "was moved" in words] in ([3], [4])
    assert [words for _, words in found if "missing" in words] == ["before this line entries 4 to 5 are missing"]


def test_time_that_runs_backwards_is_named() -> None:
    lines: list[Line] = renumbered(entries(2))
    early = seal({"kind": "note", "who": "a", "note": "n", "time": "2025-01-01T00:00:00+00:00"}, after=head_of(lines))
    (found,) = read_entries([*lines, (3, early)]).faults
    assert (found.row, found.column) == (3, "time")
