"""Review in the workbench: who may decide, what is written and audited, and what the slower of two people is shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.web.record_told import FIRST, HOSTILE, SECOND, case_with_record

from tocsin.record.claim import ClaimStatus, EntityType
from tocsin.record.store import open_record
from tocsin.settings import Settings
from tocsin.vocabulary import Credibility
from tocsin.web.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from httpx import Response
    from starlette.applications import Starlette
    from tests.web.team_client import Browser

    from tocsin.record.store import Record, StoredClaim
    from tocsin.team import Team

BASE = "/c/told/record"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return case_with_record(tmp_path)


@pytest.fixture
def record(home: Path) -> Iterator[Record]:
    with open_record(home / ".tocsin" / "record.db", create=False) as opened:
        yield opened


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    pytest.importorskip("starlette.testclient", reason="the web extra is not installed")
    team_client = pytest.importorskip("tests.web.team_client")
    made = team_client.team_of_four(tmp_path)
    yield made
    made.close()


@pytest.fixture
def app(home: Path, team: Team, tmp_path: Path) -> Starlette:
    from tests.web.team_client import app_of  # noqa: PLC0415 - needs the web extra

    settings = Settings(data_dir=tmp_path / "data")
    return app_of(Workbench.of([home], settings=settings), settings, team)


@pytest.fixture
def reviewer(app: Starlette) -> Browser:
    from tests.web.team_client import signed_in  # noqa: PLC0415

    return signed_in(app, "reviewer")


def other(app: Starlette, name: str) -> Browser:
    from tests.web.team_client import signed_in  # noqa: PLC0415

    return signed_in(app, name)


def claim(record: Record, words: str = "opened a bridge in Basra.") -> StoredClaim:
    return next(c for c in record.claims(kind=None) if words in c.quote.words)


def send(browser: Browser, claim_id: str, action: str, *, page: str | None = None, **fields: object) -> Response:
    """Send a form that stands on a claim's page, with what that page says was seen unless given."""
    address = page or f"{BASE}/claim/{claim_id}"
    html = browser.get(address).text
    token = re.search(r'name="csrf" value="([^"]+)"', html)
    seen = re.search(r'name="seen" value="(\d+)"', html)
    given = {"csrf": token[1] if token else "", "seen": seen[1] if seen else "0", "action": action, **fields}
    answer: Response = browser.post(
        f"{BASE}/claim/{claim_id}/decide", data=given, headers={"sec-fetch-site": "same-origin"}
    )
    return answer


def standing(record: Record, claim_id: str) -> ClaimStatus:
    found = record.claim(claim_id)
    assert found is not None
    return found.status


def test_a_reviewer_accepts_and_it_is_written_down_by_name(reviewer: Browser, record: Record, team: Team) -> None:
    chosen = claim(record)
    answer = send(reviewer, chosen.claim_id, "accept")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{BASE}/claim/{chosen.claim_id}")
    assert standing(record, chosen.claim_id) is ClaimStatus.ACCEPTED
    (line,) = record.lines(f"claim:{chosen.claim_id}")
    assert (line.by, line.why) == ("reviewer", "the quote says so")
    logged = next(one for one in team.log.read() if one.what == "claim accept")
    assert (logged.who, logged.object) == ("reviewer", f"told {chosen.claim_id}")
    shown = reviewer.get(f"{BASE}/claim/{chosen.claim_id}").text
    assert "accepted</span> by" in re.sub(r"\s+", " ", shown)


def test_rejecting_grading_standing_and_correcting(reviewer: Browser, record: Record) -> None:
    key = claim(record).claim_id
    send(reviewer, key, "standing", status="conflict", why="another says otherwise")
    assert standing(record, key) is ClaimStatus.CONFLICT
    send(reviewer, key, "grade", grade="3", why="one source")
    found = record.claim(key)
    assert found is not None
    assert found.credibility is Credibility.C3
    send(reviewer, key, "reject", why="the quote does not say this", own="it is another mayor")
    assert standing(record, key) is ClaimStatus.REJECTED
    assert record.lines(f"claim:{key}")[-1].why == "it is another mayor"
    words = FIRST[0].removesuffix(" opened a bridge in Basra.")
    answer = send(reviewer, key, "correct", words=words, why="shorter")
    made = answer.headers["location"].rsplit("/", 1)[1]
    assert made != key
    corrected = record.claim(made)
    assert corrected is not None
    assert corrected.quote.words == words
    assert "The claim that took its place" in reviewer.get(f"{BASE}/claim/{key}").text


def test_the_last_line_is_taken_back(reviewer: Browser, record: Record) -> None:
    key = claim(record).claim_id
    send(reviewer, key, "accept")
    line = record.lines(f"claim:{key}")[-1].entry
    assert "Take this back" in reviewer.get(f"{BASE}/claim/{key}").text
    send(reviewer, key, "undo", entry=line)
    assert standing(record, key) is ClaimStatus.PROPOSED


@pytest.mark.parametrize("name", ["reader", "analyst"])
def test_a_lesser_role_sees_the_queue_without_forms_and_may_not_decide(
    app: Starlette, record: Record, name: str
) -> None:
    browser = other(app, name)
    html = browser.get(f"{BASE}/review").text
    assert "Deciding on claims needs the role reviewer" in html
    assert "<textarea" not in html
    assert 'data-key="a"' not in html
    token = browser.token()
    answer = browser.post(f"{BASE}/claim/{claim(record).claim_id}/decide", data={"csrf": token, "action": "accept", "seen": "0"},
                          headers={"sec-fetch-site": "same-origin"})  # fmt: skip
    assert answer.status_code == 403
    assert record.lines(f"claim:{claim(record).claim_id}") == []


def test_who_may_not_decide_does_not_see_a_claim_about_a_person_of_no_post(app: Starlette, record: Record) -> None:
    private = claim(record, SECOND[1]).claim_id
    html = other(app, "analyst").get(f"{BASE}/claim/{private}").text
    assert "Not shown" in html
    assert "Di Delta" not in html
    assert "opened a bridge" in other(app, "reader").get(f"{BASE}/claim/{claim(record).claim_id}").text


def test_nobody_decides_without_signing_in_or_with_a_form_from_elsewhere(
    app: Starlette, reviewer: Browser, record: Record
) -> None:
    from tests.web.team_client import Browser as Stranger  # noqa: PLC0415

    key = claim(record).claim_id
    address = f"{BASE}/claim/{key}/decide"
    assert Stranger(app).post(address, data={"action": "accept"}).status_code in {401, 403}
    assert reviewer.post(address, data={"action": "accept", "seen": "0"}).status_code == 403
    assert reviewer.get(address).status_code == 405
    assert standing(record, key) is ClaimStatus.PROPOSED


def test_who_was_slower_sees_both_and_can_decide_again(app: Starlette, reviewer: Browser, record: Record) -> None:
    key = claim(record).claim_id
    slower = other(app, "admin")
    send(reviewer, key, "accept", why="I saw it myself")
    answer = send(slower, key, "reject", seen="0", own=f"no <b>never</b> {HOSTILE}")
    assert answer.status_code == 409
    assert standing(record, key) is ClaimStatus.ACCEPTED
    assert len(record.lines(f"claim:{key}")) == 1
    html = answer.text
    assert "Somebody was faster" in html
    assert "I saw it myself" in html
    assert "no &lt;b&gt;never&lt;/b&gt;" in html
    assert "<b>never" not in html
    newest = record.lines(f"claim:{key}")[-1].entry
    assert f'name="seen" value="{newest}"' in html
    again = send(slower, key, "reject", own="no, never")
    assert again.status_code == 303
    assert standing(record, key) is ClaimStatus.REJECTED
    assert [line.by for line in record.lines(f"claim:{key}")] == ["reviewer", "admin"]


def test_a_correction_that_came_too_late_keeps_its_words(app: Starlette, reviewer: Browser, record: Record) -> None:
    key = claim(record).claim_id
    send(reviewer, key, "accept")
    answer = send(other(app, "admin"), key, "correct", seen="0", words=FIRST[0][:-1], why="no stop")
    assert answer.status_code == 409
    assert re.search(r'<details data-key="c" open>', answer.text)
    assert f">{FIRST[0][:-1]}</textarea>" in answer.text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"action": "reject"}, "no reason is given"),
        ({"action": "burn"}, "nothing that can be done"),
        ({"action": "accept", "seen": "x"}, "seen is no number"),
        ({"action": "grade", "grade": "7", "why": "so"}, "is no credibility"),
        ({"action": "standing", "status": "sold", "why": "so"}, "no such standing"),
        ({"action": "correct", "words": "never said", "why": "so"}, "not in the text"),
        ({"action": "undo", "entry": "999999"}, "has no line"),
        ({"action": "accept", "why": "y" * 5000}, "more than 4,000 characters"),
    ],
    ids=lambda given: given["action"] if isinstance(given, dict) else None,
)
def test_a_form_that_cannot_be_is_refused_and_nothing_is_written(
    reviewer: Browser, record: Record, fields: dict[str, str], said: str
) -> None:
    key, before = claim(record).claim_id, record.state()
    answer = send(reviewer, key, **fields)
    assert answer.status_code == 400
    assert said in answer.text
    assert record.state() == before


@pytest.mark.parametrize(
    "back",
    ["https://elsewhere.example", "//elsewhere.example", f"{BASE}/review\r\nX: y", "/logout", f"{BASE}/reviewer"],
)
def test_no_form_leads_elsewhere(reviewer: Browser, record: Record, back: str) -> None:
    key = claim(record).claim_id
    assert send(reviewer, key, "accept", back=back).headers["location"] == f"{BASE}/claim/{key}"


def test_the_queue_begins_with_what_contradicts_and_each_decision_leads_on(reviewer: Browser, record: Record) -> None:
    html = reviewer.get(f"{BASE}/review").text
    pair = {claim(record, words).claim_id for words in (FIRST[3], SECOND[0])}
    now = re.search(r'<h2 class="says"><a href="[^"]*/claim/(\w+)"', html)
    assert now is not None
    assert now[1] in pair
    assert "contradicts 1 other statement" in html
    answer = send(reviewer, now[1], "reject", page=f"{BASE}/review", own="an older note", back=f"{BASE}/review")
    assert answer.headers["location"] == f"{BASE}/review?done={now[1]}"
    led_on = reviewer.get(answer.headers["location"]).text
    assert "Rejected: <a" in led_on
    following = reviewer.get(f"{BASE}/review").text
    (left,) = pair - {now[1]}
    assert f"/claim/{now[1]}" not in following
    assert f"/claim/{left}/decide" not in following  # nothing excludes it any more, so that the two mayors come first


def test_the_last_decision_is_taken_back_from_the_queue(reviewer: Browser, record: Record) -> None:
    queue = f"{BASE}/review?kind=person-holds-post"
    now = re.search(r'<h2 class="says"><a href="[^"]*/claim/(\w+)"', reviewer.get(queue).text)
    assert now is not None
    led_on = send(reviewer, now[1], "accept", page=queue, back=queue).headers["location"]
    html = reviewer.get(led_on).text
    entry = re.search(r'name="entry" value="(\d+)"><input type="hidden" name="seen" value="(\d+)"', html)
    assert entry is not None
    send(reviewer, now[1], "undo", page=led_on, entry=entry[1], seen=entry[2], back=queue)
    assert standing(record, now[1]) is ClaimStatus.PROPOSED


def test_the_queue_can_be_walked_to_its_end_without_deciding(reviewer: Browser, record: Record) -> None:
    seen, address = [], f"{BASE}/review"
    while address:
        html = reviewer.get(address).text
        now = re.search(r'<h2 class="says"><a href="[^"]*/claim/(\w+)"', html)
        seen += [now[1]] if now else []
        following = re.search(r'rel="next" href="([^"]*)" data-key="n"', html)
        address = following[1].replace("&amp;", "&") if following else ""
    assert sorted(seen) == sorted(c.claim_id for c in record.claims())
    assert "The queue ends here" in html


def test_the_queue_of_one_kind_or_document_holds_no_other(reviewer: Browser, record: Record) -> None:
    html = reviewer.get(f"{BASE}/review?kind=event&document={claim(record, SECOND[1]).document_id}").text
    assert re.findall(r"/claim/(\w+)/decide", html)[0] == claim(record, SECOND[1]).claim_id
    assert "Next in the queue" not in html


def test_two_entities_are_judged_once_and_the_slower_judge_is_told(
    app: Starlette, reviewer: Browser, record: Record
) -> None:
    one, two = (e.entity_id for e in record.entities(name="Acme Front", type=EntityType.ORGANISATION))
    html = reviewer.get(f"{BASE}/entity/{one}?same=1").text
    assert f'name="other" value="{two}"' in html
    token = re.search(r'name="csrf" value="([^"]+)"', html)
    assert token is not None
    form = {"csrf": token[1], "other": two, "seen": "0", "why": "one name, one side"}
    site = {"sec-fetch-site": "same-origin"}
    address = f"{BASE}/entity/{one}/judge"
    assert reviewer.post(address, data={**form, "verdict": "perhaps"}, headers=site).status_code == 400
    assert reviewer.post(address, data={**form, "verdict": "same", "why": ""}, headers=site).status_code == 400
    assert reviewer.post(address, data={**form, "verdict": "same"}, headers=site).status_code == 303
    (judged,) = record.judgements(one)
    assert (judged.verdict.value, judged.by, judged.why) == ("same", "reviewer", "one name, one side")
    slower = reviewer.post(address, data={**form, "verdict": "not same"}, headers=site)
    assert slower.status_code == 409
    assert "reviewer changed this meanwhile" in slower.text
    assert len(record.judgements()) == 1
    analyst = other(app, "analyst")
    refused = analyst.post(address, data={**form, "csrf": analyst.token(), "verdict": "same"}, headers=site)
    assert refused.status_code == 403


def test_the_one_user_of_a_machine_decides_under_a_name(
    home: Path, tmp_path: Path, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.web.team_client import Browser as Local  # noqa: PLC0415
    from tests.web.team_client import app_of  # noqa: PLC0415

    settings = Settings(data_dir=tmp_path / "data")
    browser = Local(app_of(Workbench.of([home], settings=settings), settings, None))
    key = claim(record).claim_id
    monkeypatch.setattr("tocsin.api.review._git_user", lambda: "Ada Analyst\n")
    assert send(browser, key, "accept").status_code == 303
    monkeypatch.setattr("tocsin.api.review._git_user", lambda: "")
    assert send(browser, key, "reject", own="no").status_code == 303
    assert [line.by for line in record.lines(f"claim:{key}")] == ["Ada Analyst", "local"]
