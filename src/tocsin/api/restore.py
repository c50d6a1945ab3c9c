"""A backup put back: every hash is checked first, nothing is written over unasked, and all of it takes its place or none."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tocsin.api.archive import AGAIN, reading
from tocsin.api.backup import FORECAST_LOG, FORM, VERSION
from tocsin.api.backup_stores import TEAM, team_version
from tocsin.api.case_files import case_files, leads_out
from tocsin.api.databases import schema_of, team_address
from tocsin.api.record import address_for
from tocsin.api.restore_moves import Moves
from tocsin.api.restore_stores import fill_file, filled_server, is_there, refuse_in_use
from tocsin.case.folder import BUNDLED
from tocsin.editions.manifest import FILE, ID, MANIFEST
from tocsin.errors import FileProblem, InputError, UnknownName, Where
from tocsin.record.store import opening
from tocsin.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tocsin.api.archive import Archive


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back.

    Attributes:
        cases: folder of each case, by its name.
        tables: rows of each table, by its name within the file.
        files: how many files.
    """

    cases: dict[str, Path]
    tables: dict[str, int]
    files: int


@dataclass(frozen=True)
class _Plan:
    """Where everything of a backup goes.

    Attributes:
        folders: of each case.
        stores: address of each database, by its name in the archive.
        files: place of each member that is a file.
        gone: places that will be empty.
    """

    folders: dict[str, Path]
    stores: dict[str, str | Path]
    files: dict[str, Path]
    gone: tuple[Path, ...]


def restore(
    path: Path, *, into: Path, settings: Settings | None = None, replace: bool = False, only: Sequence[str] = (),
    tell: Callable[[str], None] = lambda _: None,
) -> Restored:  # fmt: skip
    """Put a backup back, into SQLite or PostgreSQL as the settings say, wherever it was taken from.

    Args:
        path: the backup.
        into: the folder in which the folders of cases are, or will be.
        settings: where data and databases are.
        replace: write over what is there.
        only: names of cases; the team and the log of forecasts are left alone then.
        tell: hears what is being done.

    Raises:
        FileProblem: the file is no backup, was cut short or altered, or a database cannot be written.
        InputError: something is there already, and `replace` was not said.
        UnknownName: the backup holds no such case.
    """
    settings = settings or Settings.load()
    with reading(path, form=FORM, version=VERSION) as archive:
        tell("checking the file")
        archive.check()
        with Moves(settings.data_dir) as moves:
            plan = _plan(archive, into, settings, only)
            _refuse(archive, plan, replace=replace)
            with ExitStack() as servers:
                for name, address in plan.stores.items():
                    tell(name)
                    if isinstance(address, Path):
                        _beside(moves, archive, name, address)
                    else:
                        schema = _schema(name, settings)
                        servers.enter_context(filled_server(archive, name, address, schema=schema))
                tell("files")
                _put_files(moves, archive, plan)
                moves.do()
        tables = {n.removesuffix(".jsonl"): archive.held[n].rows or 0 for s in plan.stores for n in archive.below(s)}
    return Restored(plan.folders, tables, len(plan.files))


def _plan(archive: Archive, into: Path, settings: Settings, only: Sequence[str]) -> _Plan:
    """Where everything goes.

    Raises:
        InputError: several records would go into one database.
    """
    cases = {name: bool(said["ships"]) for name, said in archive.said["cases"].items()}
    for name in cases:
        if "/" in name or leads_out(name):
            raise FileProblem("a name in the backup leads elsewhere", where=Where(archive.path, field=name), hint=AGAIN)
    for name in only:
        if name not in cases:
            raise UnknownName.of("case in this backup", name, cases, where=Where(archive.path))
    wanted = {name: ships for name, ships in cases.items() if not only or name in only}
    folders = {name: (BUNDLED if ships else into) / name for name, ships in wanted.items()}
    named = set(archive.said["stores"])
    stores: dict[str, str | Path] = {TEAM: team_address(settings)} if TEAM in named and not only else {}
    stores |= {
        f"cases/{name}/record": address_for(folder, settings=settings)
        for name, folder in folders.items() if f"cases/{name}/record" in named
    }  # fmt: skip
    if len({str(a) for a in stores.values()}) < len(stores):
        hint = "unset the setting record, or restore one case by --case"
        raise InputError("several records would go into one database", where=Where("the setting record"), hint=hint)
    homes = {n: settings.data_dir / "cases" / n if wanted[n] else folder / ".tocsin" for n, folder in folders.items()}
    files = dict(_places(archive, folders, homes, settings)) | (
        {FORECAST_LOG: settings.log_file} if FORECAST_LOG in archive.held and not only else {}
    )
    return _Plan(folders, stores, files, (*_no_longer(archive, folders, wanted), *_newer(archive, homes)))


def _places(
    archive: Archive, folders: dict[str, Path], homes: dict[str, Path], settings: Settings
) -> Iterator[tuple[str, Path]]:
    """Where each file of the cases goes; a name that would lead elsewhere is refused."""
    for case, folder in folders.items():
        for member in archive.below(f"cases/{case}"):
            kind, _, rest = member.removeprefix(f"cases/{case}/").partition("/")
            if kind == "folder" and not leads_out(rest):
                yield member, folder / rest
            elif kind == "editions" and _is_of_edition(rest):
                yield member, homes[case] / "editions" / rest
            elif (kind, rest) == ("judgements.jsonl", ""):
                yield member, settings.data_dir / "judgements" / f"{case}.jsonl"
            elif kind != "record":
                raise FileProblem(
                    "a name in the backup leads elsewhere", where=Where(archive.path, field=member), hint=AGAIN
                )


def _is_of_edition(name: str) -> bool:
    edition, _, file = name.partition("/")
    return bool(ID.fullmatch(edition)) and (file == MANIFEST or bool(FILE.fullmatch(file)))


def _no_longer(archive: Archive, folders: dict[str, Path], ships: dict[str, bool]) -> Iterator[Path]:
    """Files of a case that the backup does not hold."""
    for case, folder in folders.items():
        if not ships[case] and folder.is_dir():
            yield from (path for name, path in case_files(folder) if f"cases/{case}/folder/{name}" not in archive.held)


def _newer(archive: Archive, homes: dict[str, Path]) -> Iterator[Path]:
    """Editions made after the backup was: what they show would not be what is there."""
    for case, home in homes.items():
        held = {name.split("/")[3] for name in archive.below(f"cases/{case}/editions")}
        there = [path for path in (home / "editions").glob("*") if ID.fullmatch(path.name)]
        yield from (path for path in there if path.name > max(held, default=""))


def _refuse(archive: Archive, plan: _Plan, *, replace: bool) -> None:
    """Refuse what was written by another version, what is in use, and to write over anything unasked."""
    newest = {TEAM: team_version()}
    for name in plan.stores:
        version, ours = archive.said["stores"][name], newest.get(name, opening.HEAD)
        if version != ours:
            what = f"{name} is of version {version}, and this Tocsin writes {ours}"
            hint = "restore with the Tocsin that made the backup, then open it with this one"
            raise FileProblem(what, where=Where(archive.path), hint=hint)
    there = [name for name, address in plan.stores.items() if is_there(name, address)]
    there += [str(folder) for folder in plan.folders.values() if folder.parent != BUNDLED and _holds(folder)]
    there += [
        str(p)
        for p in plan.files.values()
        if p.suffix == ".jsonl" and p.exists() and p.parent not in plan.folders.values()
    ]
    if there and not replace:
        what = f"there is something already: {', '.join(there)}"
        raise InputError(
            what, where=Where(archive.path), hint="say --replace to write over it; make a backup of it first"
        )
    for address in plan.stores.values():
        if isinstance(address, Path) and address.is_file():
            refuse_in_use(address)


def _holds(folder: Path) -> bool:
    return folder.is_dir() and next(case_files(folder), None) is not None


def _beside(moves: Moves, archive: Archive, name: str, address: Path) -> None:
    """A file of SQLite, made beside its place; the logs of the old one go with it."""
    for log in ("-wal", "-shm"):
        moves.gone(address.with_name(address.name + log))
    fill_file(archive, name, moves.to(address))


def _put_files(moves: Moves, archive: Archive, plan: _Plan) -> None:
    for place in plan.gone:
        moves.gone(place)
    for member, place in plan.files.items():
        with moves.to(place).open("wb") as file:
            archive.copy(member, file)


def _schema(name: str, settings: Settings) -> str | None:
    """The schema that a record has in the team's database; None where the address itself says where."""
    return None if name == TEAM or settings.record is not None else schema_of(name.split("/")[1])
