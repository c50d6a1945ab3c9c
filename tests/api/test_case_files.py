"""A case as one file: what goes, what stays, and what is refused before it does harm."""

from __future__ import annotations

import io
import itertools
import json
import os
import stat
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest
from tests.api.kept_world import World, files, new_case, world
from tests.api.postgres_base import new_database
from tests.docs.test_json_shapes import documented, keys

from tocsin.api import case_import, check_apart
from tocsin.api.case_export import export_case
from tocsin.api.case_import import import_case, measure
from tocsin.api.databases import has_schema
from tocsin.api.record import open_record_of
from tocsin.case import read_case
from tocsin.cli.app import run
from tocsin.errors import CaseProblem, FileProblem, InputError
from tocsin.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SITES = (
    "site_id,mission_id,name,lat,lon,origin,start,source_id,basis\n"
    "hq,m,Union,33.3,44.3,published,2019,s,stated\n"
    "camp-1,m,Camp Quiet,35.4,43.2,user,2019,s,stated\n"
)
STATUS = "mission_id,site_id,status,start,source_id,basis\nm,hq,paused,2020,s,stated\nm,camp-1,paused,2020,s,stated\n"
SOURCES = "source_id,title,files\ns,A source,a.txt\n"
MISSIONS = "mission_id,name,host,start,source_id,basis\nm,A mission,IRQ,2018,s,stated\n"


@pytest.fixture
def of_one(tmp_path: Path) -> World:
    return world(tmp_path, Settings(data_dir=tmp_path / "data"))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def with_sites(tmp_path: Path) -> Path:
    """A case with a published site and one that a user entered."""
    folder = new_case(tmp_path / "cases" / "two").folder
    for name, text in (("sites", SITES), ("site_status", STATUS), ("sources", SOURCES), ("missions", MISSIONS)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def text_of(path: Path) -> str:
    """Everything in a case file, its record too."""
    found = []
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "record.zip":
                with zipfile.ZipFile(io.BytesIO(content)) as inner:
                    content = b"".join(inner.read(each) for each in inner.namelist())
            found.append(content.decode(errors="replace"))
    return "\n".join(found)


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_case_comes_out_as_it_went_in(of_one: World, tmp_path: Path, engine: str) -> None:
    done = export_case(of_one.case, tmp_path / "c.zip", settings=of_one.settings, with_own_sites=True)
    assert (done.case, done.files, done.left_out) == ("one", 3, ())

    def into(settings: Settings) -> None:
        came = import_case(done.path, tmp_path / "into", settings=settings)
        assert came.folder is not None
        assert came.record == done.record
        assert {n for n in files(came.folder) if not n.startswith(".")} == {
            "case.toml", "documents/a.txt", "documents/sub/a report (2).md",
        }  # fmt: skip
        with (
            open_record_of(read_case(came.folder), settings=settings) as record,
            open_record_of(of_one.case, settings=of_one.settings) as old,
        ):
            assert list(record.every("history")) == list(old.every("history"))
            assert [c.claim_id for c in record.search("minister")] == [c.claim_id for c in old.search("minister")]

    if engine == "sqlite":
        into(Settings(data_dir=tmp_path / "other"))
        return
    with new_database() as address:
        into(Settings(data_dir=tmp_path / "other", database=address))


def test_sites_that_a_user_entered_stay_here(with_sites: Path, tmp_path: Path, settings: Settings) -> None:
    done = export_case(read_case(with_sites), tmp_path / "c.zip", settings=settings)
    text = text_of(done.path)
    assert "Union" in text
    assert "camp-1" not in text
    assert "Camp Quiet" not in text
    assert "35.4" not in text
    assert any("1 site that you entered, with 2 rows" in line for line in done.left_out)
    came = import_case(done.path, tmp_path / "into", settings=settings)
    assert came.folder is not None
    assert [site.site_id for site in read_case(came.folder).sites] == ["hq"]


def test_they_go_along_where_that_is_said(with_sites: Path, tmp_path: Path, settings: Settings) -> None:
    done = export_case(read_case(with_sites), tmp_path / "c.zip", settings=settings, with_own_sites=True)
    assert "Camp Quiet" in text_of(done.path)
    assert not done.left_out


def test_a_record_that_names_them_stays_here(of_one: World, tmp_path: Path) -> None:
    folder = of_one.case.folder
    for name, text in (("sites", SITES), ("sources", SOURCES), ("missions", MISSIONS)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    done = export_case(read_case(folder), tmp_path / "c.zip", settings=of_one.settings)
    assert done.record is None
    assert "the record: it names sites that you entered" in done.left_out
    assert "Camp Quiet" not in text_of(done.path)


def test_words_that_name_them_are_refused(with_sites: Path, tmp_path: Path, settings: Settings) -> None:
    (with_sites / "README.md").write_text("We also use Camp  Quiet... I mean camp-1.\n", encoding="utf-8")
    with pytest.raises(InputError, match="name sites that you entered") as told:
        export_case(read_case(with_sites), tmp_path / "c.zip", settings=settings)
    assert "README.md" in str(told.value)
    assert not (tmp_path / "c.zip").exists()


def test_without_documents_their_files_are_no_longer_named(
    with_sites: Path, tmp_path: Path, settings: Settings
) -> None:  # fmt: skip
    done = export_case(read_case(with_sites), tmp_path / "c.zip", settings=settings, documents=False)
    assert "2 documents" in done.left_out
    with zipfile.ZipFile(done.path) as archive:
        assert not [n for n in archive.namelist() if "documents" in n]
    assert import_case(done.path, tmp_path / "into", settings=settings).folder is not None


def test_files_of_no_case_stay_here(of_one: World, tmp_path: Path) -> None:
    (of_one.case.folder / "run.sh").write_text("#!/bin/sh\n", encoding="utf-8")
    done = export_case(of_one.case, tmp_path / "c.zip", settings=of_one.settings, record=False, with_own_sites=True)
    assert done.left_out == ("run.sh: files of this kind are no part of a case", "the record")


def exported(of_one: World, tmp_path: Path, *, record: bool = True) -> Path:
    path = tmp_path / "c.zip"
    return export_case(of_one.case, path, settings=of_one.settings, with_own_sites=True, record=record).path


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """A case file with other members, whose manifest says so."""
    with zipfile.ZipFile(path) as old:
        members = {name: old.read(name) for name in old.namelist()}
    said = json.loads(members.pop("manifest.json"))
    change(members)
    from tocsin.api.archive import packing  # noqa: PLC0415  # as an attacker would use it

    other = path.with_name("other.zip")
    with packing(other) as pack:
        for name, content in members.items():
            pack.bytes(name, content)
        pack.end({k: v for k, v in said.items() if k != "members"})
    return other


@pytest.fixture
def nothing_left(tmp_path: Path) -> Iterator[Path]:
    """A folder of cases that must be empty, or not there, at the end."""
    into = tmp_path / "into"
    yield into
    assert not into.exists() or not list(into.iterdir())
    assert not (tmp_path / "up.csv").exists()


NAMES = (
    "case/../../up.csv", "/etc/cron.d/up.csv", "case//up.csv", "case/C:/up.csv", "case/..\\up.csv", "up.csv",
    "case/.git/config.toml", "case/documents/.hidden.md", "case/run.sh", "case/setup.py", "case/out/brief.html",
    "case/aux.csv", "case/CON", "case/a/b/c/d/e/f/g/h/i.csv", f"case/{'a' * 250}.csv", "case/a\x01.csv", "case/documents/a.exe",
    "case/documents/A.TXT", "case/ .csv", "case/.tocsin/record.db",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_no_case_has_is_refused(of_one: World, tmp_path: Path, nothing_left: Path, name: str) -> None:
    other = rewritten(exported(of_one, tmp_path), lambda members: members.update({name: b"a,b\n"}))
    with pytest.raises(FileProblem, match="cannot be taken"):
        import_case(other, nothing_left, settings=of_one.settings)


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK, stat.S_IFDIR])
def test_links_and_devices_are_refused(of_one: World, tmp_path: Path, nothing_left: Path, kind: int) -> None:
    path = exported(of_one, tmp_path)
    info = zipfile.ZipInfo("case/documents/link.md")
    info.create_system, info.external_attr = 3, (kind | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(info, "/etc/passwd")
    with pytest.raises(FileProblem, match="no plain file"):
        import_case(path, nothing_left, settings=of_one.settings)


def test_a_bomb_is_refused_before_it_is_unpacked(of_one: World, tmp_path: Path, nothing_left: Path) -> None:
    other = rewritten(
        exported(of_one, tmp_path), lambda members: members.update({"case/documents/a.txt": bytes(60_000_000)})
    )  # fmt: skip
    assert other.stat().st_size < 200_000
    with pytest.raises(FileProblem, match="would expand to"):
        import_case(other, nothing_left, settings=of_one.settings)


@pytest.mark.parametrize("name", ["case/sites.xlsx", "case/documents/a.docx", "case/events.zip"])
def test_a_bomb_within_a_workbook_is_refused(of_one: World, tmp_path: Path, nothing_left: Path, name: str) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(60_000_000))
    other = rewritten(exported(of_one, tmp_path), lambda members: members.update({name: inner.getvalue()}))
    with pytest.raises(FileProblem, match="would expand to"):
        import_case(other, nothing_left, settings=of_one.settings)


def test_a_record_that_is_a_bomb_is_refused(of_one: World, tmp_path: Path, nothing_left: Path) -> None:
    def swell(members: dict[str, bytes]) -> None:
        inner, swollen = zipfile.ZipFile(io.BytesIO(members["record.zip"])), io.BytesIO()
        said = json.loads(inner.read("manifest.json"))
        said["tables"]["texts"]["bytes"] = 60_000_000
        with zipfile.ZipFile(swollen, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in inner.namelist():
                content = bytes(60_000_000) if name == "texts.jsonl" else inner.read(name)
                archive.writestr(name, json.dumps(said) if name == "manifest.json" else content)
        members["record.zip"] = swollen.getvalue()

    with pytest.raises(FileProblem, match="would expand to"):
        import_case(rewritten(exported(of_one, tmp_path), swell), nothing_left, settings=of_one.settings)


def laughs() -> bytes:
    """Nine lines of YAML that stand for a thousand million words."""
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in itertools.pairwise("abcdefghij")]
    return ("id: q\nquestion: x\n" + "\n".join(lines) + "\npositions: *j\n").encode()


def test_yaml_that_repeats_itself_is_refused(of_one: World, tmp_path: Path, nothing_left: Path) -> None:
    other = rewritten(
        exported(of_one, tmp_path, record=False), lambda members: members.update({"case/questions/q.yaml": laughs()})
    )  # fmt: skip
    done = import_case(other, nothing_left, settings=of_one.settings)
    assert done.folder is None
    assert any("stand for more than" in fault.problem for fault in done.faults)


def test_a_check_that_does_not_end_is_given_up(of_one: World) -> None:
    with pytest.raises(FileProblem, match="does not end"):
        check_apart.check_apart(of_one.case.folder, seconds=0)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("case/questions/q.yaml", b"id: q\nquestion: " + b"[" * 3_000),
        ("case/options/o.yaml", b"id: o\nquestion: !!python/object/apply:os.system ['touch pwned']\n"),
        ("case/sites.csv", b'site_id,name\n"' + b"a" * 3_000_000),
        ("case/case.toml", b"x = " + b"[" * 5_000),
        ("case/case.toml", b"#" * 1_100_000),
    ],
    ids=["deep", "code", "open quote", "deep settings", "long settings"],
)  # fmt: skip
def test_files_made_to_harm_are_refused(
    of_one: World, tmp_path: Path, nothing_left: Path, monkeypatch: pytest.MonkeyPatch, *, name: str, content: bytes
) -> None:
    monkeypatch.chdir(tmp_path)
    other = rewritten(exported(of_one, tmp_path, record=False), lambda members: members.update({name: content}))
    try:
        assert import_case(other, nothing_left, settings=of_one.settings).faults
    except FileProblem as error:
        assert "does not end" in error.what or "would expand" in error.what  # noqa: PT017 - either is a refusal
    assert not (tmp_path / "pwned").exists()


def test_too_many_members_are_refused(
    of_one: World, tmp_path: Path, nothing_left: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_import, "MOST_MEMBERS", 50)
    many = {f"case/documents/{n}.txt": b"x" for n in range(50)}
    other = rewritten(exported(of_one, tmp_path), lambda members: members.update(many))
    with pytest.raises(FileProblem, match="at most 50 files"):
        import_case(other, nothing_left, settings=of_one.settings)


def test_a_list_too_long_for_memory_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "c.zip"
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65_535, 65_535, 100_000_000, 0, 0)
    with path.open("wb") as file:
        file.truncate(100_000_000)
        file.seek(0, os.SEEK_END)
        file.write(end)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(FileProblem, match="list of files"):
        measure(path)


def test_a_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "c.zip"
    with path.open("wb") as file:
        file.truncate(case_import.MOST_BYTES + 1)
    with pytest.raises(FileProblem, match="at most 200 MB"):
        measure(path)


@pytest.mark.parametrize(
    "line", ['events = ["../../secret.csv"]', 'events = ["/etc/passwd"]', 'events = ["starter"]\noutlines = "/etc/hosts"']
)  # fmt: skip
def test_a_case_that_reads_files_of_this_machine_is_refused(
    of_one: World, tmp_path: Path, nothing_left: Path, line: str
) -> None:
    def reach_out(members: dict[str, bytes]) -> None:
        members["case/case.toml"] += f"[data]\n{line}\n".encode()

    came = import_case(rewritten(exported(of_one, tmp_path), reach_out), nothing_left, settings=of_one.settings)
    assert came.folder is None
    assert any("outside the case" in finding.problem for finding in came.faults)


def test_faults_are_told_with_file_row_and_mend(of_one: World, tmp_path: Path, nothing_left: Path) -> None:
    wrong = SITES.replace("33.3,", "333,").encode()
    other = rewritten(
        exported(of_one, tmp_path),
        lambda members: members.update({"case/sites.csv": wrong, "case/missions.csv": MISSIONS.encode()}),
    )
    came = import_case(other, nothing_left, settings=of_one.settings)
    assert came.folder is None
    assert ("sites.csv", 2, "lat") in {(f.file, f.row, f.column) for f in came.faults}
    assert all(f.mend for f in came.faults)


def test_an_altered_record_is_refused(of_one: World, tmp_path: Path, nothing_left: Path) -> None:
    """A quote that its text does not hold, in a file whose every hash is right."""

    def forge(members: dict[str, bytes]) -> None:
        from tocsin.record.export import whole  # noqa: PLC0415  # as an attacker would use it
        from tocsin.record.store.opening import HEAD  # noqa: PLC0415

        path = tmp_path / "record.zip"
        path.write_bytes(members["record.zip"])
        rows: dict[str, list[dict[str, object]]] = {}
        for table, row in whole.unpack(path, version=HEAD):
            if table == "claims":
                row["quote_words"] = str(row["quote_words"]).replace("minister", "director")
            rows.setdefault(table, []).append(row)
        whole.pack(lambda table: rows.get(table, []), path, version=HEAD)
        members["record.zip"] = path.read_bytes()

    with pytest.raises(FileProblem, match="does not bear out"):
        import_case(rewritten(exported(of_one, tmp_path), forge), nothing_left, settings=of_one.settings)


def test_an_altered_record_leaves_no_schema(of_one: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> int:
        raise FileProblem("altered")

    path = exported(of_one, tmp_path)
    monkeypatch.setattr(case_import, "_filled", fail)
    with new_database() as address:
        with pytest.raises(FileProblem, match="altered"):
            import_case(path, tmp_path / "into", settings=Settings(database=address))
        assert not has_schema(address, "case_one")


@pytest.mark.parametrize("name", ["../up", "A B", "", "a/b", "x" * 80])
def test_a_name_that_no_case_can_have_is_refused(of_one: World, tmp_path: Path, nothing_left: Path, name: str) -> None:
    path = exported(of_one, tmp_path, record=False)
    with zipfile.ZipFile(path) as archive:
        said = archive.read("manifest.json")
    other = tmp_path / "named.zip"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for member in old.namelist():
            content = said.replace(b'"case": "one"', json.dumps({"case": name}).encode()[1:-1])
            new.writestr(member, content if member == "manifest.json" else old.read(member))
    with pytest.raises(InputError, match="plain name"):
        import_case(other, nothing_left, settings=of_one.settings)


def test_a_name_that_a_case_elsewhere_has_is_refused(of_one: World, tmp_path: Path, nothing_left: Path) -> None:
    path = exported(of_one, tmp_path, record=False)
    with pytest.raises(InputError, match="is there already"):
        import_case(path, nothing_left, settings=of_one.settings, used=("one",))


def test_what_is_there_is_left_as_it_is(of_one: World, tmp_path: Path) -> None:
    path, before = exported(of_one, tmp_path), files(of_one.case.folder)
    with pytest.raises(InputError, match="is there already"):
        import_case(path, of_one.case.folder.parent, settings=of_one.settings)
    assert files(of_one.case.folder) == before
    came = import_case(path, of_one.case.folder.parent, name="one-more", settings=of_one.settings)
    assert came.folder is not None
    with pytest.raises(FileProblem, match="there already"):
        exported(of_one, tmp_path)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x05\x06" + bytes(18), b"PK\x05\x06"])
def test_another_file_is_no_case(tmp_path: Path, nothing_left: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(FileProblem):
        import_case(tmp_path / "x.zip", nothing_left, settings=Settings())


def test_a_backup_is_no_case(of_one: World, tmp_path: Path, nothing_left: Path) -> None:
    from tocsin.api.backup import back_up  # noqa: PLC0415

    path = back_up([of_one.case], tmp_path / "b.zip", settings=of_one.settings).path
    with pytest.raises(FileProblem, match="no case of Tocsin"):
        import_case(path, nothing_left, settings=of_one.settings)


def test_without_own_sites_the_rest_must_be_whole(with_sites: Path, tmp_path: Path, settings: Settings) -> None:
    """An indicator of an entered site goes, and then its observation would rest on nothing."""
    (with_sites / "indicators.csv").write_text(
        "indicator_id,mission_id,line_of_effort,level,definition,unit,better,source_id,basis\n"
        "i,m,all,output,people trained at Camp Quiet,people,up,s,stated\n", encoding="utf-8",
    )  # fmt: skip
    (with_sites / "observations.csv").write_text(
        "indicator_id,date,value,source_id,basis\ni,2020,5,s,stated\n", encoding="utf-8"
    )
    with pytest.raises(CaseProblem, match=r"observations\.csv, row 2") as told:
        export_case(read_case(with_sites), tmp_path / "c.zip", settings=settings)
    assert "--with-own-sites" in str(told.value)
    assert not (tmp_path / "c.zip").exists()


def test_the_commands(
    of_one: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path / "data"))
    path, case = str(tmp_path / "x.zip"), str(of_one.case.folder)
    assert run(["case", "export", path, "--case", case, "--without-documents", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["case"], said["left_out"]) == ("one", ["2 documents"])
    assert set(said) == {key.removesuffix("[]") for key in documented("case export")}
    assert run(["case", "import", path, "--cases", str(tmp_path / "into")]) == 0
    assert "one is in" in capsys.readouterr().out
    assert run(["case", "import", path, "--cases", str(tmp_path / "into"), "--name", "again", "--json"]) == 0
    assert keys(json.loads(capsys.readouterr().out)) == documented("case import")
    wrong = rewritten(tmp_path / "x.zip", lambda members: members.update({"case/sites.csv": b"rubbish\n"}))
    assert run(["case", "import", str(wrong), "--cases", str(tmp_path / "into"), "--name", "two"]) == 2
    assert "nothing of it was kept" in capsys.readouterr().out
    assert not (tmp_path / "into" / "two").exists()
