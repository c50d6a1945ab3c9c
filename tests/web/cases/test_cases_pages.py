"""The pages of cases: their state, their check, and files that come in and go out."""

from __future__ import annotations

import io
import time
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from tests.api.little_case import TOML
from tests.web.team_client import Browser, app_of, team_of_four

from tocsin.api.case_export import export_case
from tocsin.case import read_case
from tocsin.team import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tocsin.settings import Settings
    from tocsin.team import Team
    from tocsin.web.workbench import Workbench

ROW_OF_LAT = (
    '<th scope="row">sites.csv</th><td class="right named" data-label=" row">2</td>'
    '<td class="named" data-label=" column">lat</td>'
)
CASE = TOML.replace("A little case", "A <b>wrong</b> case")
WRONG = "site_id,mission_id,name,lat,lon\nhq,m,<script>alert(1)</script>,333,44\n"


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    with team_of_four(tmp_path) as opened:
        yield opened


@pytest.fixture
def shown(workbench: Workbench, tmp_path: Path) -> Workbench:
    """The tiny case and one with a fault, in a workbench that takes others."""
    workbench.imports = tmp_path / "cases"
    folder = tmp_path / "cases" / "wrong"
    folder.mkdir(parents=True)
    (folder / "case.toml").write_text(CASE, encoding="utf-8")
    (folder / "sites.csv").write_text(WRONG, encoding="utf-8")
    workbench.add(folder)
    return workbench


@pytest.fixture
def local(shown: Workbench, web_settings: Settings) -> Iterator[Browser]:
    """The one user of this machine."""
    with Browser(app_of(shown, web_settings, None)) as opened:
        yield opened


@pytest.fixture
def signed_in(shown: Workbench, web_settings: Settings, team: Team) -> Callable[[Role], Browser]:
    def enter(role: Role) -> Browser:
        browser = Browser(app_of(shown, web_settings, team))
        assert browser.sign_in(role.value).status_code == 303
        return browser

    return enter


@pytest.fixture
def case_file(tmp_path: Path, web_settings: Settings) -> Path:
    folder = tmp_path / "elsewhere" / "guest"
    (folder / "documents").mkdir(parents=True)
    (folder / "case.toml").write_text(TOML.replace("A little case", "A guest"), encoding="utf-8")
    (folder / "documents" / "a.txt").write_text("One.\n", encoding="utf-8")
    return export_case(read_case(folder), tmp_path / "guest.zip", settings=web_settings).path


def upload(browser: Browser, content: bytes, *, name: str = "", file: str = "guest.zip") -> Any:
    parts = {"csrf": (None, browser.token("/cases")), "name": (None, name), "file": (file, content, "application/zip")}
    return browser.post("/cases/import", files=parts, headers={"sec-fetch-site": "same-origin"})


def ended(browser: Browser, begun: Any) -> Any:
    """The page of an import once it is over."""
    assert begun.status_code == 303, begun.text
    for _ in range(200):
        page = browser.get(begun.headers["location"])
        if "Refresh" not in page.headers:
            return page
        time.sleep(0.05)
    raise AssertionError("the import does not end")


def test_each_case_is_listed_with_its_state(local: Browser) -> None:
    page = local.get("/cases").text
    assert '<a href="/c/tiny/now">A tiny case</a>' in page
    assert "1 February 2026" in page
    assert "demonstration" in page
    assert '<a href="/cases/tiny">0 faults' in page
    assert "A &lt;b&gt;wrong&lt;/b&gt; case" in page
    assert '<span class="state late">' in page


def test_what_a_check_found_is_a_table(local: Browser) -> None:
    page = local.get("/cases/wrong").text
    assert ROW_OF_LAT in page
    assert "<script>alert" not in page
    assert "A case with faults is not exported" in page


def test_a_mended_case_is_checked_anew(local: Browser, shown: Workbench) -> None:
    assert "Its check found no fault" not in local.get("/cases/wrong").text
    (shown.folders["wrong"] / "sites.csv").unlink()
    assert "no fault" in local.get("/cases/wrong").text


def test_a_case_that_is_not_there_is_not_found(local: Browser) -> None:
    assert local.get("/cases/nowhere").status_code == 404
    assert local.get("/cases/import/nothing").status_code == 404


def test_a_case_goes_out_as_a_file(local: Browser) -> None:
    answer = local.submit("/cases/tiny/file", page="/cases/tiny", documents="yes", record="yes")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == 'attachment; filename="tiny.tocsin.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert set(archive.namelist()) == {"manifest.json", "case/case.toml"}


def test_a_case_comes_in(local: Browser, shown: Workbench, case_file: Path) -> None:
    page = ended(local, upload(local, case_file.read_bytes()))
    assert "guest is here" in page.text
    assert "guest" in shown.names
    assert '<a href="/c/guest/now">A guest</a>' in local.get("/cases").text
    assert local.get("/c/guest/now").status_code == 200


def test_it_may_get_another_name(local: Browser, shown: Workbench, case_file: Path) -> None:
    assert "guest-2 is here" in ended(local, upload(local, case_file.read_bytes(), name="guest-2")).text
    assert "guest-2" in shown.names


def test_faults_of_an_upload_are_a_table_and_nothing_is_kept(
    local: Browser, shown: Workbench, case_file: Path, tmp_path: Path
) -> None:
    from tests.api.test_case_files import rewritten  # noqa: PLC0415

    wrong = rewritten(case_file, lambda members: members.update({"case/sites.csv": WRONG.encode()}))
    page = ended(local, upload(local, wrong.read_bytes())).text
    assert "guest.zip was refused" in page
    assert ROW_OF_LAT in page
    assert "<script>alert" not in page
    assert set(shown.names) == {"tiny", "wrong"}
    assert [p.name for p in (tmp_path / "cases").iterdir()] == ["wrong"]


@pytest.mark.parametrize("content", [b"", b"rubbish", b"PK\x05\x06" + bytes(18)])
def test_rubbish_is_refused_in_words(local: Browser, content: bytes) -> None:
    page = ended(local, upload(local, content, file="../<i>x</i>.zip")).text
    assert "was refused" in page
    assert "<i>" not in page
    assert "Traceback" not in page


def test_a_bomb_is_refused(local: Browser, tmp_path: Path) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", bytes(60_000_000))
    page = ended(local, upload(local, bomb.getvalue())).text
    assert "would expand to" in page
    assert [p.name for p in (tmp_path / "cases").iterdir()] == ["wrong"]


def test_without_a_file_the_page_says_so(local: Browser) -> None:
    answer = local.post("/cases/import", files={"csrf": (None, local.token("/cases")), "name": (None, "")})
    assert answer.status_code == 400
    assert "Choose a file first" in answer.text


def test_a_workbench_without_a_folder_takes_none(local: Browser, shown: Workbench, case_file: Path) -> None:
    token, shown.imports = local.token("/cases"), None
    assert "no folder to put others in" in local.get("/cases").text
    answer = local.post("/cases/import", files={"csrf": (None, token), "file": ("a.zip", case_file.read_bytes())})
    assert answer.status_code == 400


@pytest.mark.parametrize("role", list(Role))
def test_readers_neither_take_nor_bring(signed_in: Callable[[Role], Browser], case_file: Path, role: Role) -> None:
    browser = signed_in(role)
    allowed = role.covers(Role.ANALYST)
    assert ('action="/cases/import"' in browser.get("/cases").text) is allowed
    assert ('action="/cases/tiny/file"' in browser.get("/cases/tiny").text) is allowed
    token = browser.token("/account")
    parts = {"csrf": (None, token), "file": ("guest.zip", case_file.read_bytes())}
    assert browser.post("/cases/import", files=parts).status_code == (303 if allowed else 403)
    assert browser.post("/cases/tiny/file", data={"csrf": token}).status_code == (200 if allowed else 403)


def test_nothing_comes_or_goes_without_the_token_of_a_form(local: Browser, case_file: Path) -> None:
    assert local.post("/cases/import", files={"file": ("guest.zip", case_file.read_bytes())}).status_code == 403
    assert local.post("/cases/tiny/file", data={"documents": "yes"}).status_code == 403


def test_what_came_and_went_is_in_the_audit_log(
    signed_in: Callable[[Role], Browser], team: Team, case_file: Path
) -> None:
    browser = signed_in(Role.ANALYST)
    parts = {"csrf": (None, browser.token()), "file": ("guest.zip", case_file.read_bytes())}
    ended(browser, browser.post("/cases/import", files=parts))
    browser.submit("/cases/tiny/file", page="/cases/tiny")
    lines = [(line.who, line.what, line.object) for line in team.log.read()]
    assert ("analyst", "case uploaded", "guest.zip") in lines
    assert ("analyst", "case imported", "guest") in lines
    assert ("analyst", "case exported", "tiny") in lines
