"""Rows of tables as claims: recognised by their columns, or mapped by a user, and each citation a cell."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

from tocsin.errors import FileProblem, TableProblem
from tocsin.record.claim import EntityType, LegalState, Modality
from tocsin.record.extract.dataset import DATASET
from tocsin.record.extract.dataset.reading import mapping_of, mappings_in, shipped_mappings
from tocsin.record.extract.extractor import Extractor
from tocsin.record.extract.mention import Annotated
from tocsin.record.gate import check
from tocsin.record.kinds import kinds
from tocsin.record.reading.read import read_bytes
from tocsin.record.reading.rows import cell_of

if TYPE_CHECKING:
    from tocsin.record.claim import Proposal
    from tocsin.record.document import Text
    from tocsin.record.extract.dataset.dataset import Dataset


def read(words: str, *, name: str = "table.csv", by: Dataset = DATASET) -> tuple[tuple[Proposal, ...], Text]:
    """The claims of a table; all that is proposed must pass the gate."""
    document, text = read_bytes(words.encode(), name=name)
    assert text is not None
    found = tuple(by.propose(Annotated(text, (), ()), document))
    assert [refusal.reason for p in found if (refusal := check(p, text))] == []
    return found, text


def roles(proposal: Proposal) -> dict[str, str]:
    return {a.role: a.words for a in proposal.arguments}


POSTS = """person,post,organisation,actor_id,seen,start,end,source_id,basis,judged
Ann Cole,director,Border Office,bo,,2018,2019-05,gazette,stated,
Ben Dray,director,Border Office,,2020-02-01,2019,,gazette,reported,start
Cem Eren,clerk,Border Office,,,,,,judgement,
"""


def test_it_is_an_extractor_of_every_language() -> None:
    assert isinstance(DATASET, Extractor)
    assert (DATASET.reads.name, DATASET.reads.languages, DATASET.reads.needs_model) == ("dataset", (), False)


def test_a_row_of_posts_is_a_claim_whose_arguments_are_cells() -> None:
    (first, *_), text = read(POSTS)
    assert first.kind == "person-holds-post"
    assert roles(first) == {"person": "Ann Cole", "post": "director", "organisation": "Border Office"}
    cells = [cell_of(text, a.span.start) for a in first.arguments if a.span]
    assert cells == [(2, "person"), (2, "post"), (2, "organisation")]
    assert (str(first.dates.start), str(first.dates.end)) == ("2018", "2019-05")
    assert [span.words for span in first.attributed_to] == ["gazette"]
    assert first.arguments[2].value == "bo"


def test_what_the_table_judges_is_not_its_sources_word() -> None:
    (_, second, third), _ = read(POSTS)
    assert second.modality is Modality.REPORTED
    assert (second.dates.start, str(second.dates.first_seen)) == (None, "2020-02-01")
    assert (third.attributed_to, third.modality) == ((), Modality.ASSERTED)


def test_alignments_that_disagree_stand_side_by_side() -> None:
    table = (
        "actor_id,towards,claim,source_id,basis\n"
        "pmf,iran,backed by Iran,one,stated\n"
        "pmf,iran,most of its groups are not aligned with Iran,two,stated\n"
    )
    (one, two), _ = read(table)
    assert (one.modality, two.modality) == (Modality.ASSERTED, Modality.DENIED)
    assert roles(two)["how"] == "most of its groups are not aligned with Iran"
    assert one.claim_id != two.claim_id


def test_events_and_incidents_are_told_apart() -> None:
    table = (
        "event_id,date,what,actors,area,kind,source_id,basis\n"
        "a,2019-12-31,crowd storms an embassy,x,Baghdad,attack,s,stated\n"
        "b,2018,mission set up,nato; iraq,Baghdad,mission,s,stated\n"
    )
    (attack, start), _ = read(table)
    assert (attack.kind, start.kind) == ("incident", "event")
    assert [a.words for a in start.arguments if a.role == "actor"] == ["nato", "iraq"]
    assert str(attack.dates.first_seen) == "2019-12-31"


def test_a_calendar_is_planned() -> None:
    (claim,), _ = read("date,what,kind,source_id,basis\n2030-07,summit,summit,s,stated\n")
    assert (claim.kind, claim.modality) == ("event", Modality.PLANNED)


UCDP = (
    "id,type_of_violence,dyad_name,side_a,side_b,date_start,date_end,low,best,high,where_coordinates,country\n"
    "1,1,Government of X - Y,Government of X,Y,2014-06-10 00:00:00.000,2014-06-11 00:00:00.000,3,4,9,Z town,X\n"
)


def test_an_event_of_ucdp_is_an_incident_with_deaths() -> None:
    (claim,), text = read(UCDP)
    assert (claim.kind, claim.arguments[0].value) == ("incident", "state-based violence")
    assert (str(claim.dates.start), str(claim.dates.end)) == ("2014-06-10", "2014-06-11")
    deaths, best = claim.numbers
    assert (deaths.low, deaths.high, deaths.referent, best.low, best.high) == (3, 9, "deaths", 4, 4)
    assert cell_of(text, best.span.start) == (2, "best")


def test_a_listed_party_is_in_force_and_a_removed_one_lifted() -> None:
    table = (
        "ent_num,sdn_name,sdn_type,program,valid_from_scrape,valid_to_scrape,end_reason\n"
        '7,"DOE, Ann",individual,SDGT] [IRAN,2021-08-18,2022-01-02,removed\n'
        "8,SHIP ONE,vessel,IRAN,2021-08-18,2024-05-03,current_at_end\n"
        "9,EP-XYZ,aircraft,IRAN,2021-08-18,2024-05-03,removed\n"
    )
    (held, lifted, ship), _ = read(table)
    assert [held.state, lifted.state, ship.state] == [LegalState.IN_FORCE, LegalState.LIFTED, LegalState.IN_FORCE]
    assert [a.words for a in held.arguments if a.role == "authority"] == ["SDGT", "IRAN"]
    assert (held.arguments[0].type, ship.arguments[0].type) == (EntityType.PERSON, EntityType.VESSEL)
    assert (str(lifted.dates.first_seen), held.dates.start) == ("2022-01-02", None)


def test_a_list_without_dates_held_on_the_day_of_its_file() -> None:
    found, _ = read("ent_num,sdn_name,program\n7,ACME,SDGT\n", name="sdn_2024-05-03.csv")
    assert str(found[0].dates.last_seen) == "2024-05-03"


def test_the_list_of_the_united_nations_has_the_day_of_listing() -> None:
    table = "dataid,kind,name,un_list_type,listed_on\n1,individual,ANN DOE,Taliban,2001-02-23\n"
    (claim,), _ = read(table)
    assert (str(claim.dates.start), claim.arguments[0].type) == ("2001-02-23", EntityType.PERSON)


def test_a_table_nobody_knows_says_nothing() -> None:
    assert read("a,b\n1,2\n")[0] == ()


def test_running_text_is_no_table() -> None:
    document, text = read_bytes(b"person: Ann Cole\n\npost: director", name="note.txt")
    assert text is not None
    assert list(DATASET.propose(Annotated(text, (), ()), document)) == []


OWN = """
name = "tribal forces"
[[claims]]
kind = "force-size"
attributed_to = "paper"
roles = [{ role = "force", column = "name", type = "organisation" }]
numbers = [{ role = "strength", low = "least", high = "most", referent = "fighters" }]
"""
FORCES = "name,least,most,paper\nNorth Guard,200,300,Daily\nSouth Guard,,,Daily\n"


def test_a_users_own_mapping_beside_the_table(tmp_path: Path) -> None:
    (tmp_path / "aid").mkdir()
    (tmp_path / "aid" / "forces.map.toml").write_text(OWN)
    by = DATASET.beside(tmp_path)
    (claim,), _ = read(FORCES, name="aid/forces.csv", by=by)
    assert [(n.low, n.high, n.referent) for n in claim.numbers] == [(200, 300, "fighters")]
    assert [s.words for s in claim.attributed_to] == ["Daily"]
    assert read(FORCES, name="other/forces.csv", by=by)[0] == ()


def test_a_mapping_for_columns_that_are_not_there_names_them(tmp_path: Path) -> None:
    (tmp_path / "forces.map.toml").write_text(OWN.replace('column = "name"', 'column = "group"'))
    with pytest.raises(TableProblem, match="column group not found"):
        read(FORCES, name="forces.csv", by=DATASET.beside(tmp_path))


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("force-size", "force-sise", "no kind of claim is called 'force-sise'"),
        ('role = "force"', 'role = "who"', "no role of force-size is called 'who'"),
        ('"organisation"', '"office"', "cannot have type office"),
        (', type = "organisation"', "", "needs a type"),
        ('column = "name", ', "", "either a column or a fixed value"),
        ("attributed_to", "attributed", "Extra inputs"),
    ],
)
def test_a_wrong_mapping_is_told_in_words(tmp_path: Path, old: str, new: str, what: str) -> None:
    (tmp_path / "forces.map.toml").write_text(OWN.replace(old, new, 1))
    with pytest.raises(TableProblem, match=what) as error:
        mappings_in(tmp_path)
    assert "forces.map.toml" in str(error.value)


def test_a_mapping_that_is_no_toml_is_a_file_problem() -> None:
    with pytest.raises(FileProblem, match="not TOML"):
        mapping_of("name = ", file="x.map.toml")


def test_the_shipped_mappings_name_kinds_that_exist() -> None:
    assert len(shipped_mappings()) >= 14
    assert {claim.kind for mapping in shipped_mappings() for claim in mapping.claims} <= set(kinds())


def test_no_table_is_meant_by_two_shipped_mappings_of_as_many_columns() -> None:
    for mapping in shipped_mappings():
        columns = frozenset(mapping.columns) | mapping.named
        first = next(m for m in shipped_mappings() if m.reads(columns))
        assert first is mapping


def test_the_mapping_in_the_docs_works(tmp_path: Path) -> None:
    page = (Path(__file__).parents[4] / "docs" / "extractors.md").read_text("utf-8")
    (tmp_path / "tribes.map.toml").write_text(page.partition("```toml\n")[2].partition("```")[0])
    table = "name,least,most,paper,date\nNorth Guard,200,300,Daily,2020-05\n"
    (claim,), _ = read(table, name="tribes.csv", by=DATASET.beside(tmp_path))
    assert (claim.kind, str(claim.dates.first_seen)) == ("force-size", "2020-05")


def test_a_cell_of_several_lines_is_one_argument() -> None:
    table = 'person,post,organisation\nAnn Cole,"director\nof ports",Office\n'
    (claim,), _ = read(table)
    assert claim.arguments[1].words == "director\n  of ports"


@pytest.mark.data
def test_real_lists_and_events_pass_the_gate(shared_data: Path) -> None:
    for name in ("designations/un_sc_2025-04-19.parquet", "events/ged_syria_2016_2019.parquet"):
        rows = pl.read_parquet(shared_data / name).head(200)
        found, _ = read(rows.write_csv(), name="rows.csv")
        assert len(found) == 200
        assert all(p.arguments for p in islice(found, 5))
