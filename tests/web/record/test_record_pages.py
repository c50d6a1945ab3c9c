"""The pages of the record: what they show, what they never do with hostile documents, and whom they never speak of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from tests.web.record_told import FIRST, HOSTILE, SECOND, case_with_record

from tocsin.record.claim import EntityType
from tocsin.record.store import open_record
from tocsin.settings import Settings
from tocsin.web.record import contradictions, document, timeline
from tocsin.web.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from httpx import Response
    from starlette.testclient import TestClient

    from tocsin.record.store import Record

BASE = "/c/told/record"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return case_with_record(tmp_path_factory.mktemp("cases"))


@pytest.fixture(scope="module")
def record(home: Path) -> Iterator[Record]:
    with open_record(home / ".tocsin" / "record.db", create=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def told(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    testing = pytest.importorskip("starlette.testclient", reason="the web extra is not installed")
    app = pytest.importorskip("tocsin.web.app")
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"))
    made = app.create_app(Workbench.of([home], settings=settings), settings=settings)
    with testing.TestClient(made, base_url="http://127.0.0.1") as opened:
        yield opened


def page(client: TestClient, path: str, status: int = 200) -> str:
    answer: Response = client.get(BASE + path)
    assert answer.status_code == status, answer.text[:2000]
    return answer.text


def claim_of(record: Record, words: str) -> str:
    return next(c.claim_id for c in record.claims() if words in c.quote.words)


def entity_of(record: Record, name: str, type_: EntityType) -> str:
    return record.entities(name=name, type=type_)[0].entity_id


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html.split("<main", 1)[1]))


def every_address(record: Record) -> list[str]:
    claims, entities, documents = record.claims(), record.entities(), record.documents()
    return [
        "", "?q=basra", "?q=alert", "?q=alert&in=texts", "?place=Basra&kind=event&status=proposed&on=2015-01-01", "/timeline",
        "/documents", "/contradictions", "/contradictions?name=acme", "/review",
        *(f"/claim/{c.claim_id}" for c in claims), *(f"/entity/{e.entity_id}?screen=1&same=1" for e in entities),
        *(f"/document/{d.document_id}?at=0" for d in documents), *(f"/contradictions?entity={e.entity_id}" for e in entities),
    ]  # fmt: skip


def test_no_word_of_a_document_is_ever_markup_or_turns_the_page(told: TestClient, record: Record) -> None:
    shown = 0
    for address in every_address(record):
        html = page(told, address)
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        # a field to edit holds the text's own characters, shut in by the field
        assert not set("\u202e\u202c\u200b") & set(re.sub(r"<textarea[^>]*>[^<]*</textarea>", "", html))
        assert 'style="' not in html
        shown += "&lt;script&gt;alert" in html
    assert shown > 5


def test_every_link_of_every_page_leads_somewhere(told: TestClient, record: Record) -> None:
    links: set[str] = set()
    for address in every_address(record):
        links |= set(re.findall(r'href="((?:/c/told/record|/api/)[^"#]*)', page(told, address)))
    assert len(links) > 40
    for link in sorted(links):
        # the API gives no claim about a person of no public post, whoever asks
        expected = {200, 404} if "/api/" in link else {200}
        assert told.get(link.replace("&amp;", "&")).status_code in expected, link


def test_a_search_shows_claims_with_their_quotes_and_counts(told: TestClient) -> None:
    html = page(told, "?q=basra")
    said = text_of(html)
    assert "2 claims" not in said
    assert FIRST[0] in said
    assert "Ada Alpha: mayor of Basra Council" in said
    assert re.search(r"post</a> <span class=\"muted\">2<", html)
    assert "No claim of the record meets all of this" in text_of(page(told, "?q=basra&status=conflict"))


def test_what_a_kind_or_standing_leaves_can_be_taken_off_again(told: TestClient) -> None:
    html = page(told, "?q=basra&kind=event")
    chosen = re.search(r'<a href="([^"]*)" aria-current="true" class="chosen">event', html)
    assert chosen is not None
    assert unquote(chosen[1]) == f"{BASE}?q=basra"


@pytest.mark.parametrize(
    "asked",
    ["?kind=nothing", "?status=maybe", "?on=yesterday", "?after=-1", "?after=9" * 2 + "9" * 30, "/claim/nothing",
     "/entity/nothing", "/document/nothing", "/document/../../etc/passwd", "/contradictions?entity=nobody",
     "/contradictions?kind=x", "/review?after=proposed~nothing~1", "/review?after=%00", "/timeline?on=2014-13-01"],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_in_words(told: TestClient, asked: str) -> None:
    answer = told.get(BASE + asked)
    assert answer.status_code in {400, 404}
    assert "<h1>" in answer.text


def test_nul_and_quotes_in_a_question_are_words_like_others(told: TestClient) -> None:
    for words in ("%00", "'; DROP TABLE claims; --", '"" OR *', "\u202e", "%27%22%29", "a" * 5000):
        page(told, f"?q={words}&place={words}")
        page(told, f"/documents?name={words}")
        page(told, f"/contradictions?name={words}")
        page(told, f"?q={words}&in=texts")


def test_the_quote_is_marked_in_its_document(told: TestClient, record: Record) -> None:
    html = page(told, f"/claim/{claim_of(record, 'opened a bridge')}")
    assert f"<mark>{FIRST[0]}</mark>" in html
    assert FIRST[1] in html
    said = text_of(html)
    assert "Published 2020-01-02" in said
    assert "began 2014-06; ended 2016" in said
    assert "nobody has graded it" in said
    assert "page 1, paragraph 1" in said
    assert record.claims()[0].document_id in html


def test_both_sides_of_a_contradiction_stand_beside_each_other(told: TestClient, record: Record) -> None:
    said = text_of(page(told, "/contradictions"))
    assert "All claims of the record were held against one another" in said
    assert said.index(FIRST[3]) < said.index(SECOND[0]) or said.index(SECOND[0]) < said.index(FIRST[3])
    actor = entity_of(record, "Acme Front", EntityType.ORGANISATION)
    of_one = text_of(page(told, f"/contradictions?entity={actor}"))
    assert SECOND[0] in of_one
    assert "what goes by the same name, were held against one another: 1 contradiction" in of_one
    assert SECOND[0] in text_of(page(told, f"/claim/{claim_of(record, 'is backed')}"))


def test_a_large_record_is_looked_at_one_entity_at_a_time(
    told: TestClient, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contradictions, "WHOLE_AT_MOST", 3)
    said = text_of(page(told, "/contradictions"))
    assert "Looked at one entity at a time" in said
    assert "tocsin contradictions --case told" in said
    actor = entity_of(record, "Acme Front", EntityType.ORGANISATION)
    monkeypatch.setattr(contradictions, "CLAIMS_OF_A_KIND", 1)
    assert "there are more, which were not looked at" in text_of(page(told, f"/contradictions?entity={actor}"))


def test_a_person_without_post_or_list_has_no_page(told: TestClient, record: Record) -> None:
    nobody = entity_of(record, "Di Delta", EntityType.PERSON)
    for address in (f"/entity/{nobody}", f"/entity/{nobody}?screen=1"):
        html = page(told, address)
        assert "Di Delta" not in html
        assert "only as holders of a public post" in html
    assert "0 claims" in text_of(page(told, f"/contradictions?entity={nobody}"))
    mayor = entity_of(record, "Ada Alpha", EntityType.PERSON)
    said = text_of(page(told, f"/entity/{mayor}"))
    assert "2014-06 to 2016" in said
    assert "Nothing is quoted" in said


def test_a_claim_that_names_such_a_person_is_in_no_list(told: TestClient, record: Record) -> None:
    key = claim_of(record, SECOND[1])
    for address in (
        "?q=wall",
        "?kind=event",
        "/timeline",
        f"/document/{record.claims()[-1].document_id}",
        "?q=di+delta",
    ):
        html = page(told, address)
        assert f"/claim/{key}" not in html
        assert "Di Delta" not in html.split('class="reader"')[0].replace('value="di delta"', "")
    assert "1 claim names a person who holds no public post" in text_of(page(told, "?q=wall"))
    private = entity_of(record, "Di Delta", EntityType.PERSON)
    for address in (f"?entity={private}", f"/timeline?entity={private}", f"/contradictions?entity={private}"):
        assert "Di Delta" not in page(told, address)
    assert "Only reviewers see this" in page(told, f"/claim/{key}")


def test_alignment_comes_with_its_quote(told: TestClient, record: Record) -> None:
    said = text_of(page(told, f"/entity/{entity_of(record, 'Acme Front', EntityType.ORGANISATION)}"))
    side = said[said.index("Whose side") : said.index("Where it is named")]
    assert FIRST[3] in side


def test_a_match_is_no_finding_and_writes_nothing(told: TestClient, record: Record) -> None:
    before = record.state()
    said = text_of(page(told, f"/entity/{entity_of(record, 'Acme Front', EntityType.ORGANISATION)}?screen=1"))
    assert "A match is not a finding" in said
    assert "that is not a clearance" in said or "Nearest name" in said
    assert record.state() == before


def test_the_timeline_is_in_order_of_time_and_what_has_no_date_comes_last(
    told: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = text_of(page(told, "/timeline"))
    assert said.index("2014-06 to 2016") < said.index("seen 2015-02") < said.index("Date unknown")
    monkeypatch.setattr(timeline, "MOMENTS_A_PAGE", 3)
    found, address = [], "/timeline"
    while address:
        html = page(told, address)
        found += re.findall(r'class="says"><a href="[^"]*/claim/(\w+)"', html)
        following = re.search(r'rel="next" href="/c/told/record([^"]*)"', html)
        address = following[1].replace("&amp;", "&") if following else ""
    assert len(found) == len(set(found)) == 6  # all but the one that names a person of no post
    monkeypatch.setattr(timeline, "MOST", 2)
    assert "there are more" in text_of(page(told, "/timeline"))


def test_a_document_is_read_some_segments_at_a_time(
    told: TestClient, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "SEGMENTS_A_PAGE", 2)
    key = record.claims()[0].document_id
    first = page(told, f"/document/{key}")
    assert FIRST[0] in first
    assert "envoy" not in first.split("What is known of it")[0].split('aria-label="Claims')[0]
    following = re.search(r'rel="next" href="([^"]*)"', first)
    assert following is not None
    second = told.get(following[1].replace("&amp;", "&")).text
    assert "Segments 3 to 4 of 4" in text_of(second)
    at = record.claims()[-3].quote.start
    assert 'id="here"' in page(told, f"/document/{key}?at={at}")


def test_a_document_without_text_says_why(told: TestClient) -> None:
    said = text_of(page(told, f"/document/{'f' * 64}"))
    assert "all pages are pictures" in said
    assert told.get(f"{BASE}/document/{'f' * 64}/text").status_code == 404


def test_the_text_is_handed_out_as_plain_text_under_a_safe_name(told: TestClient, record: Record) -> None:
    answer = told.get(f"{BASE}/document/{record.claims()[0].document_id}/text")
    assert answer.text == "\n".join(FIRST)
    assert HOSTILE in answer.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert re.fullmatch(r'attachment; filename="[A-Za-z0-9._-]+\.txt"', answer.headers["content-disposition"])
    assert "set-cookie" not in answer.headers


def test_a_case_without_a_record_says_how_to_make_one(client: TestClient) -> None:
    for path in ("", "/timeline", "/documents", "/contradictions", "/review", "/claim/x", "/entity/x", "/document/x"):
        answer = client.get(f"/c/tiny/record{path}")
        assert answer.status_code == 200
        assert "tocsin read --case tiny" in answer.text
