"""The view *Briefs*: documents under their own policy, and one edition made at a time, its progress told."""

from __future__ import annotations

import errno
import re
from base64 import b64encode
from hashlib import sha256
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

import pytest
from tests.web.pages_made import links_of, words_of
from tests.web.team_client import Browser, app_of, signed_in, team_of_four

from tocsin.api.known import open_case
from tocsin.case import write_case
from tocsin.errors import CaseProblem
from tocsin.settings import Settings
from tocsin.web.briefs import making_steps
from tocsin.web.briefs import view as briefs
from tocsin.web.briefs.files import FILES, policy_for
from tocsin.web.briefs.making import STATE, Making, Step, read_state, start, state_of, write_state
from tocsin.web.briefs.one_at_a_time import held, lock_file
from tocsin.web.workbench import Workbench

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

    from tocsin.case import Case
    from tocsin.editions import Edition

IRAQ = "iraq"


def state_file(settings: Settings) -> Path:
    return settings.data_dir / "cases" / IRAQ / STATE


def csrf_of(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def ask_for_one(iraq: TestClient) -> Any:
    return iraq.post("/c/iraq/briefs", data={"csrf": csrf_of(iraq.get("/c/iraq/briefs").text)})


def test_every_edition_hands_on_its_documents(iraq: TestClient, iraq_editions: tuple[Edition, ...]) -> None:
    page = iraq.get("/c/iraq/briefs").text
    links = links_of(page)
    newest, earlier = iraq_editions
    assert links["Read the brief"] == f"/c/iraq/briefs/brief.html?edition={newest.id}"
    assert links["Read"] == f"/c/iraq/briefs/brief.html?edition={earlier.id}"
    for address in (links["Read the brief"], links["Brief, PDF"], links["Warnings of all countries, JSON"]):
        assert iraq.get(address).status_code == 200


def test_a_brief_is_a_document_of_its_own_without_script_whose_style_is_known_by_its_hash(iraq: TestClient) -> None:
    brief = iraq.get("/c/iraq/briefs/brief.html")
    policy = brief.headers["content-security-policy"]
    style = re.search(r"<style>(.*?)</style>", brief.text, re.DOTALL)
    assert style is not None
    assert f"'sha256-{b64encode(sha256(style[1].encode()).digest()).decode()}'" in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "unsafe-inline" not in policy
    assert brief.headers["content-type"].startswith("text/html")


def test_a_style_that_is_not_the_briefs_own_is_not_allowed() -> None:
    own = policy_for(b"<style>p {}</style>")
    assert own != policy_for(b"<style>p { }</style>")
    assert "style-src 'none'" in policy_for(b"<p>none</p>")


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_is_handed_out_to_be_kept_under_a_name_that_says_what_it_is(
    iraq: TestClient, iraq_editions: tuple[Edition, ...], name: str
) -> None:
    found = iraq.get(f"/c/iraq/briefs/{name}")
    held_there = name in iraq_editions[0].manifest.files
    assert found.status_code == (200 if held_there else 404)
    if held_there:
        assert found.headers["content-disposition"] == f'attachment; filename="iraq-20260602-{name}"'
        assert found.content == iraq_editions[0].content(name)
        assert iraq.get(f"/c/iraq/briefs/{name}", headers={"If-None-Match": found.headers["etag"]}).status_code == 304


@pytest.mark.parametrize(
    "name",
    ["manifest.json", "decision.json", "sites.json", "..%2fmanifest.json", "%2e%2e%2f%2e%2e%2fmaking.json", "x.pdf"],
)
def test_nothing_else_is_handed_out(iraq: TestClient, name: str) -> None:
    assert iraq.get(f"/c/iraq/briefs/{name}").status_code == 404


def test_a_second_request_is_told_that_one_is_running(iraq: TestClient, iraq_settings: Settings) -> None:
    going = Making(
        IRAQ, "A2", "2026-06-02T10:00:00+00:00", (Step("2026-06-02T10:00:05+00:00", "forecasting provinces"),)
    )
    write_state(state_file(iraq_settings), going)
    with held(lock_file(iraq_settings)) as free:
        assert free
        refused = ask_for_one(iraq)
        again = iraq.get("/c/iraq/briefs").text
        part = iraq.get("/c/iraq/briefs/making", headers={"HX-Request": "true", "HX-Request-Type": "partial"}).text
    assert refused.status_code == 409
    assert "An edition is being made already" in words_of(refused.text)
    for page in (again, part):
        assert "forecasting provinces" in words_of(page)
        assert "Asked for by A2 at 10:00 UTC on 2026-06-02" in words_of(page)
        assert 'hx-trigger="every 2s"' in page
    assert "disabled" in again
    assert read_state(state_file(iraq_settings)) == going


def test_an_edition_of_another_case_that_is_being_made_is_said(iraq: TestClient, iraq_settings: Settings) -> None:
    with held(lock_file(iraq_settings)):
        assert "An edition of another case is being made" in words_of(iraq.get("/c/iraq/briefs").text)
    assert "being made" not in words_of(iraq.get("/c/iraq/briefs/making").text)


def test_one_whose_process_was_ended_says_so(iraq: TestClient, iraq_settings: Settings) -> None:
    write_state(state_file(iraq_settings), Making(IRAQ, "A2", "2026-06-02T10:00:00+00:00", (Step("t", "half way"),)))
    words = words_of(iraq.get("/c/iraq/briefs").text)
    assert "the process that made it was ended before it was done" in words
    assert "it came as far as: half way" in words


def test_a_state_that_cannot_be_read_is_none(iraq: TestClient, iraq_settings: Settings) -> None:
    state_file(iraq_settings).write_text('{"case": 1', encoding="utf-8")
    assert read_state(state_file(iraq_settings)) is None
    assert iraq.get("/c/iraq/briefs").status_code == 200


def test_a_request_without_the_forms_own_token_is_refused(iraq: TestClient, iraq_settings: Settings) -> None:
    assert iraq.post("/c/iraq/briefs", data={}).status_code in {400, 403}
    assert not state_file(iraq_settings).exists()


def _made(monkeypatch: pytest.MonkeyPatch, settings: Settings, outcome: Any) -> Making:
    """What the process writes down when making comes out so: an edition, or what was raised."""

    def make(_case: object, *, tell: Any, **_: object) -> Any:
        tell("forecasting all countries")
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr(making_steps, "make_edition", make)
    monkeypatch.setattr(making_steps, "read_documents", lambda *_, **__: None)
    write_state(state_file(settings), Making(IRAQ, "A2", "2026-06-02T10:00:00+00:00"))
    done = making_steps.make(open_case(IRAQ).folder, state_file(settings), settings=settings)
    found = read_state(state_file(settings))
    assert found is not None
    assert done is (found.what is None)
    return found


def test_what_came_out_is_written_down_with_its_steps(
    monkeypatch: pytest.MonkeyPatch, iraq: TestClient, iraq_settings: Settings, iraq_editions: tuple[Edition, ...]
) -> None:
    found = _made(monkeypatch, iraq_settings, iraq_editions[0])
    assert [step.says for step in found.steps] == ["reading documents", "forecasting all countries"]
    assert (found.edition, found.anew, found.by) == (iraq_editions[0].id, False, "A2")
    assert "The inputs are those of edition" in words_of(iraq.get("/c/iraq/briefs").text)


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (CaseProblem("sites.csv has no rows", hint="add one"), "sites.csv has no rows. Add one."),
        (OSError(errno.ENOSPC, "No space left on device"), "the disk: No space left on device"),
        (ZeroDivisionError("secret words"), "a fault of Tocsin: ZeroDivisionError"),
    ],
    ids=["case", "disk", "fault"],
)
def test_what_went_wrong_is_said(
    monkeypatch: pytest.MonkeyPatch, iraq: TestClient, iraq_settings: Settings, fault: Exception, says: str
) -> None:
    _made(monkeypatch, iraq_settings, fault)
    words = words_of(iraq.get("/c/iraq/briefs").text)
    assert says in words
    assert "secret words" not in words
    assert "it came as far as: forecasting all countries" in words


def test_a_process_is_begun_and_says_what_is_wrong_with_the_case(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    write_case("mine", folder)
    case, settings = open_case(folder), Settings(data_dir=tmp_path / "data")
    (folder / "case.toml").write_text("title = 3\n", encoding="utf-8")
    assert start(case, settings=settings, by="A2")
    until = monotonic() + 60
    while (found := state_of(case, settings=settings)) is not None and found.ended is None and monotonic() < until:
        sleep(0.1)
    assert found is not None
    assert found.what is not None
    assert "case.toml" in found.what + (found.hint or "")
    assert found.edition is None


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("analyst", 303), ("reviewer", 303), ("admin", 303)])
def test_an_analyst_may_ask_for_an_edition_and_a_reader_may_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, iraq_settings: Settings, role: str, status: int
) -> None:
    asked: list[str] = []

    def begun(_case: Case, *, settings: Settings, by: str) -> bool:
        asked.append(by)
        return settings is iraq_settings

    monkeypatch.setattr(briefs, "start", begun)
    team = team_of_four(tmp_path)
    app = app_of(Workbench.of([IRAQ], settings=iraq_settings), iraq_settings, team)
    assert Browser(app).get("/c/iraq/briefs").status_code == 303, "nobody is signed in yet"
    one = signed_in(app, role)
    assert ("your role does not allow it" in one.get("/c/iraq/briefs").text) is (status == 403)
    assert one.submit("/c/iraq/briefs").status_code == status
    assert asked == ([] if status == 403 else [role])
    told = [line.who for line in team.log.read() if line.what == "asked for an edition"]
    assert told == asked
