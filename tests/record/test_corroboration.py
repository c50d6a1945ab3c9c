"""What says the same is grouped, and counted by origins that are independent of each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests.record.claims_by_hand import by_id, claim, document

from tocsin.record.claim import LegalState, Modality
from tocsin.record.corroboration import corroborate, with_copies
from tocsin.record.identity.origins import Provenance

if TYPE_CHECKING:
    from tocsin.record.document import Document
    from tocsin.record.store.values import StoredClaim

BADR: dict[str, Any] = {"organisation": "Badr", "area": "Diyala"}


def origins(*claims: StoredClaim, documents: tuple[Document, ...]) -> list[int]:
    return [len(group.origins) for group in corroborate(claims, by_id(*documents))]


def test_two_documents_that_rest_on_nothing_else_are_two_origins() -> None:
    one, two = document("one.txt"), document("two.txt")
    assert origins(claim("operates-in", one, **BADR), claim("operates-in", two, **BADR), documents=(one, two)) == [2]


def test_two_sentences_of_one_document_are_one_origin() -> None:
    one = document("one.txt")
    (group,) = corroborate([claim("operates-in", one, **BADR), claim("operates-in", one, **BADR)], by_id(one))
    assert (len(group.claims), len(group.origins), group.repeats) == (2, 1, 0)


def test_a_digest_and_what_it_digests_are_one_origin_however_it_is_named() -> None:
    report = document("report.txt", source_id="report")
    for named in (report.document_id, "report"):
        digest = document("digest.txt", derived_from=named)
        again = document("again.txt", derived_from=digest.document_id)
        claims = [claim("operates-in", d, **BADR) for d in (report, digest, again)]
        (group,) = corroborate(claims, by_id(report, digest, again))
        assert len(group.origins) == 1
        assert group.repeats == 2
        assert "digest.txt derives from report.txt" in group.origins[0].why


@pytest.mark.parametrize(
    "named", ["report.txt", "2019/report.txt", "./report.txt", "../2019/report.txt", "documents/2019/report.txt"]
)
def test_a_digest_may_name_the_file_that_it_digests(named: str) -> None:
    report, digest = document("2019/report.txt"), document("2020/digest.txt", derived_from=named)
    (group,) = corroborate([claim("operates-in", d, **BADR) for d in (report, digest)], by_id(report, digest))
    assert [origin.words for origin in group.origins] == ["2019/report.txt"]
    assert "2020/digest.txt derives from 2019/report.txt" in group.origins[0].why
    assert Provenance(by_id(report, digest)).missing(digest) is None


def test_a_file_named_in_two_folders_is_the_one_beside_and_else_is_no_one() -> None:
    one, two = document("a/report.txt"), document("b/report.txt")
    beside, elsewhere = document("b/note.md", derived_from="report.txt"), document("note.md", derived_from="report.txt")
    behind = Provenance(by_id(one, two, beside, elsewhere))
    assert behind.above(beside) == two
    assert (behind.above(elsewhere), behind.missing(elsewhere)) == (None, "report.txt")


@pytest.mark.parametrize(
    ("named", "said"),
    [("wells.pdf", "wells.pdf"), ("a Politico report", None), ("https://example.org/wells.html", None), (None, None)],
)
def test_a_file_that_is_not_there_is_said_and_words_are_words(named: str | None, said: str | None) -> None:
    note = document("note.md", derived_from=named)
    assert Provenance(by_id(note)).missing(note) == said


def test_digests_of_a_text_that_is_not_here_are_one_origin_by_its_words() -> None:
    one = document("one.txt", derived_from="a Politico report")
    two = document("two.txt", derived_from="Politico")
    other = document("other.txt", derived_from="a wire report")
    claims = [claim("operates-in", d, **BADR) for d in (one, two, other)]
    assert origins(*claims, documents=(one, two, other)) == [2]


def test_derivations_in_a_circle_end() -> None:
    one, two = (
        document("one.txt", source_id="a", derived_from="b"),
        document("two.txt", source_id="b", derived_from="a"),
    )
    assert origins(claim("operates-in", one, **BADR), claim("operates-in", two, **BADR), documents=(one, two)) == [1]


def test_four_unnamed_diplomats_behind_one_article_are_one_origin() -> None:
    papers = [document(f"paper {n}.txt") for n in range(3)]
    said = [("four unnamed diplomats", "a Politico report"), ("one diplomat", "Politico"), ("a Politico article",)]
    claims = [claim("operates-in", d, said_by=by, **BADR) for d, by in zip(papers, said, strict=True)]
    (group,) = corroborate(claims, by_id(*papers))
    assert [origin.words for origin in group.origins] == ["a Politico report"]
    assert any("both rest on Politico" in words for words in group.origins[0].why)


def test_unnamed_officials_of_two_documents_are_not_taken_for_the_same() -> None:
    one, two = document("one.txt"), document("two.txt")
    claims = [claim("operates-in", d, said_by=("officials",), **BADR) for d in (one, two)]
    assert origins(*claims, documents=(one, two)) == [2]


def test_two_named_speakers_in_one_document_are_two_origins() -> None:
    one = document("one.txt")
    claims = [claim("operates-in", one, said_by=(who,), **BADR) for who in ("Admiral Foggo", "General Fortin")]
    assert origins(*claims, documents=(one,)) == [2]


def test_one_publisher_repeating_itself_is_one_origin_and_is_said() -> None:
    one, two = (document(f"release {n}.txt", publisher="U.S. Department of the Treasury") for n in (1, 2))
    (group,) = corroborate([claim("operates-in", d, **BADR) for d in (one, two)], by_id(one, two))
    assert (len(group.origins), group.repeats) == (1, 1)
    assert "published by U.S. Department of the Treasury" in group.origins[0].why[0]


def test_unknown_publishers_are_not_one_publisher() -> None:
    one, two = (document(f"{n}.txt", publisher="unknown (syndicated copy)") for n in (1, 2))
    assert origins(*(claim("operates-in", d, **BADR) for d in (one, two)), documents=(one, two)) == [2]


def test_copies_found_by_likeness_are_one_origin() -> None:
    one, two, three = (document(f"{n}.txt") for n in "abc")
    alike = {frozenset((one.document_id, two.document_id)): 0.9}
    claims = [claim("operates-in", d, **BADR) for d in (one, two, three)]
    (group,) = corroborate(
        claims, by_id(one, two, three), likeness=lambda a, b: alike.get(frozenset((a, b)), 0.1)
    )  # fmt: skip
    assert len(group.origins) == 2
    assert "share 90% of their text" in group.origins[0].why[0]


def test_modality_state_stance_and_figures_keep_claims_apart() -> None:
    one = document("one.txt")
    told = [
        claim("operates-in", one, **BADR), claim("operates-in", one, modality=Modality.DENIED, **BADR),
        claim("designated", one, who="A", state=LegalState.PROPOSED), claim("designated", one, who="A", state=LegalState.LIFTED),
        claim("position-on-question", one, actor="A", position="stay", stance="for"),
        claim("position-on-question", one, actor="A", position="stay", stance="against"),
        claim("force-size", one, force="PMF", numbers=((100, 100, "men"),)),
        claim("force-size", one, force="PMF", numbers=((200, 200, "men"),)),
    ]  # fmt: skip
    assert [len(group.claims) for group in corroborate(told, by_id(one))] == [1] * 8


def test_posts_are_the_same_under_their_several_names() -> None:
    one, two = document("one.txt"), document("two.txt")
    claims = [
        claim("person-holds-post", d, person="Haider al-Abadi", post=post, organisation="Iraq")
        for d, post in ((one, "prime minister"), (two, "the then Premier"))
    ]
    assert len(corroborate(claims, by_id(one, two))) == 1


def test_two_terms_are_two_statements_and_what_has_no_date_joins_neither() -> None:
    one = document("one.txt")
    holder: dict[str, Any] = {"person": "A", "post": "governor", "organisation": "Anbar"}
    first = claim("person-holds-post", one, start="2005", end="2007", **holder)
    second = claim("person-holds-post", one, start="2012", end="2014", **holder)
    within = claim("person-holds-post", one, first_seen="2013-05", **holder)
    undated = claim("person-holds-post", one, **holder)
    found = corroborate([first, second, within, undated], by_id(one))
    assert [{c.claim_id for c in group.claims} for group in found] == [
        {first.claim_id}, {second.claim_id, within.claim_id}, {undated.claim_id}
    ]  # fmt: skip
    assert len(corroborate([first, undated], by_id(one))) == 1


def test_order_of_claims_changes_nothing() -> None:
    papers = [document(f"paper {n}.txt", derived_from="a Politico report" if n % 2 else None) for n in range(6)]
    claims = [claim("operates-in", d, first_seen=str(2010 + n), **BADR) for n, d in enumerate(papers)]
    forth, back = corroborate(claims, by_id(*papers)), corroborate(claims[::-1], by_id(*papers))
    assert [len(g.origins) for g in forth] == [len(g.origins) for g in back] == [4]


def test_copies_can_be_found_afterwards_and_come_to_the_same() -> None:
    papers = [document(f"{n}.txt") for n in "abc"]
    documents = by_id(*papers)
    claims = [claim("operates-in", d, **BADR) for d in papers]

    def alike(left: str, right: str) -> float:
        return 0.9 if {left, right} == {papers[0].document_id, papers[1].document_id} else 0.0

    (at_once,) = corroborate(claims, documents, likeness=alike)
    (before,) = corroborate(claims, documents)
    assert len(before.origins) == 3
    assert with_copies(before, documents, alike) == at_once


def test_a_file_that_was_changed_is_no_second_origin_of_itself() -> None:
    old, new, other = document("one.txt"), replace(document("one.txt"), document_id="b" * 64), document("two.txt")
    claims = [claim("operates-in", d, **BADR) for d in (old, new, other)]
    (group,) = corroborate(claims, by_id(old, new, other))
    assert [origin.words for origin in group.origins] == ["one.txt", "two.txt"]
    assert group.origins[0].why == ("one.txt stands here twice: one is an older version of the same file",)
    assert group.repeats == 0


def test_what_derives_from_an_older_version_is_one_origin_with_the_newer() -> None:
    old, new = document("one.txt"), replace(document("one.txt"), document_id="b" * 64)
    digest = document("digest.txt", derived_from=old.document_id)
    claims = [claim("operates-in", d, **BADR) for d in (new, digest)]
    assert origins(*claims, documents=(old, new, digest)) == [1]


def test_two_files_whose_names_were_blacked_out_are_not_taken_for_one() -> None:
    one, two = document("███.txt"), replace(document("███.txt"), document_id="b" * 64)
    assert origins(claim("operates-in", one, **BADR), claim("operates-in", two, **BADR), documents=(one, two)) == [2]
