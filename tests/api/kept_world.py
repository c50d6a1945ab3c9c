"""A small world to back up: a case with documents, a record, an edition and logs, and a team with users and an audit log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from tests.api.little_case import little_case
from tests.record.small_record import fill

from tocsin.api.backup_stores import moment, record_store, team_store
from tocsin.api.backup_tables import ordered_hash
from tocsin.api.home import editions_of, team_address
from tocsin.api.record import open_record_of
from tocsin.case import read_case
from tocsin.editions import Manifest, write_edition
from tocsin.team import Role, open_team
from tocsin.team.alert_tables import ALERTS, DELIVERIES
from tocsin.team.passwords import Passwords

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.case import Case
    from tocsin.settings import Settings

PASSWORD = "slate orchard kettle"  # noqa: S105  # of made-up users


def quick() -> Passwords:
    """Passwords whose hashes cost no time."""
    return Passwords(PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)))


@dataclass(frozen=True)
class World:
    """A case and where its things are."""

    case: Case
    settings: Settings


def new_case(folder: Path) -> Case:
    folder.mkdir(parents=True)
    little_case(folder)
    (folder / "documents" / "a.txt").write_text("A text of its own.\n", encoding="utf-8")
    (folder / "documents" / "sub").mkdir()
    (folder / "documents" / "sub" / "a report (2).md").write_text("# One\n", encoding="utf-8")
    (folder / ".git").mkdir()
    (folder / ".git" / "HEAD").write_text("ref", encoding="utf-8")
    return read_case(folder)


def world(folder: Path, settings: Settings, *, name: str = "one") -> World:
    case = new_case(folder / "cases" / name)
    with open_record_of(case, create=True, settings=settings) as record:
        fill(record)
    edition_of(case, settings, datetime(2026, 1, 1, tzinfo=UTC))
    team_of(settings)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    settings.log_file.write_text('{"made": "2026-01-01"}\n', encoding="utf-8")
    return World(case, settings)


def edition_of(case: Case, settings: Settings, made: datetime) -> str:
    manifest = Manifest(
        case="little", title="A little case", place="Iraq", home="IRQ", demo=False, made=made, as_known_on=date(2024, 12, 31),
        origin="2024-12", tocsin="0.1", model="zero", seed=1, draws=10, target="deaths_all", inputs={"data": "x"},
    )  # fmt: skip
    files = {"areas.json": b"[]\n", "pages/now.json": b"{}\n"}
    return write_edition(editions_of(case, settings=settings).folder, manifest=manifest, files=files).id


def team_of(settings: Settings) -> None:
    moment = datetime(2026, 3, 1, 12, 30, 15, 123456, tzinfo=UTC)
    with open_team(team_address(settings), passwords=quick()) as team:
        team.users.add("anna", PASSWORD, role=Role.ADMIN)
        team.users.add("omer", PASSWORD, role=Role.READER, given=True)
        team.tokens.make("anna", label="a script of İpek", role=Role.READER)
        team.sessions.keep("a session id", "anna", "{}")
        team.audit("anna", "case added", "one", "with ünïcode")
        with team.engine.begin() as connection:
            if sa.inspect(connection).has_table(ALERTS.name):
                alert = {
                    "alert_id": "a1",
                    "case_name": "one",
                    "key": "k",
                    "kind": "warning",
                    "said": "{}",
                    "made": moment,
                }
                connection.execute(ALERTS.insert().values(**alert, is_test=False))
                tried = {"alert_id": "a1", "channel": "mail", "attempts": 2, "next_try": moment}
                connection.execute(DELIVERIES.insert().values(**tried, sent_at=None, given_up_at=None, fault="no"))


def hashes(world: World) -> dict[str, tuple[int, str]]:
    """The ordered hash of every table of the team and of the case's record."""
    found = (team_store(world.settings), record_store(world.case, settings=world.settings))
    stores = [store for store in found if store is not None]
    with moment(stores) as connections:
        return {f"{s.name}/{t.name}": ordered_hash(connections[s.name], t) for s in stores for t in s.tables}


def files(folder: Path) -> dict[str, bytes]:
    """Every file in a folder, databases left out."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and ".db" not in path.name)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
