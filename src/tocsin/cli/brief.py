"""Commands: brief, run, demo."""

from pathlib import Path
from time import perf_counter

from rich.progress import Progress

from tocsin.api.brief import compose, find, write_brief
from tocsin.api.brief_files import Made
from tocsin.api.edition import make_edition
from tocsin.api.edition_brief import hand_out
from tocsin.api.known import open_case
from tocsin.api.read import read_documents
from tocsin.cli.app import err, out, print_json, progress
from tocsin.cli.machines import on_machines
from tocsin.editions import Edition
from tocsin.settings import Settings
from tocsin.sources.tables import check_folder


def brief(
    *, case: str = ".", out: Path | None = None, draws: int = 1000, seed: int = 1, cluster: str | None = None,
    json: bool = False,
) -> None:  # fmt: skip
    """Make a case's brief: brief.html, brief.pdf, forecast.parquet and warnings.json.

    Example: tocsin brief --case iraq --out briefs/

    Args:
        case: a case folder, or the name of one that ships.
        out: folder to write to; the case's .tocsin/out if not given, or ./out for a case that ships.
        draws: draws of every forecast.
        seed: the same seed gives the same numbers.
        cluster: address of an existing Dask scheduler whose workers make the backtests, as tcp://10.0.0.5:8786; this
            machine if not given. The numbers are the same.
        json: print JSON: the files and the seconds it took.
    """
    begin, opened = perf_counter(), open_case(case)
    folder = out or _folder(case, opened.folder)
    check_folder(folder)
    commands = (f"tocsin brief --case {case} --seed {seed}",)
    with progress("reading the case") as bar, on_machines(cluster):
        findings = find(opened, draws=draws, seed=seed, commands=commands, tell=lambda words: _tell(bar, words))
        _tell(bar, "writing the brief")
        composed = compose(findings, sections=opened.settings.brief.sections)
        made = write_brief(findings, composed, folder, log=Settings.load().log_file)
    _say(made, round(perf_counter() - begin, 1), json=json)


def run(
    *, case: str = ".", out: Path | None = None, draws: int = 1000, seed: int = 1, cluster: str | None = None,
    json: bool = False,
) -> None:  # fmt: skip
    """Check a case, then do everything it asks for: read, forecast, replay, warn, assess, settle, brief.

    What did not change since the last run is not made again. All of it is written as an edition, which stays.

    Example: tocsin run --case mycountry/

    Args:
        case: a case folder, or the name of one that ships.
        out: folder to write to.
        draws: draws of every forecast.
        seed: the same seed gives the same numbers.
        cluster: address of an existing Dask scheduler whose workers make the backtests, as tcp://10.0.0.5:8786; this
            machine if not given. The numbers are the same.
        json: print JSON.
    """
    with on_machines(cluster):
        _run(case, out, draws=draws, seed=seed, json=json, command="run")


def demo(*, out: Path = Path("out"), draws: int = 1000, seed: int = 1, json: bool = False) -> None:
    """The Iraq brief from the figures that ship, offline.

    Example: tocsin demo --out out/

    Args:
        out: folder to write to.
        draws: draws of every forecast.
        seed: the same seed gives the same numbers.
        json: print JSON.
    """
    _run("iraq", out, draws=draws, seed=seed, json=json, command="demo")


def _run(name: str, folder: Path | None, *, draws: int, seed: int, json: bool, command: str) -> None:
    begin, case, settings = perf_counter(), open_case(name), Settings.load()
    folder = folder or _folder(name, case.folder)
    check_folder(folder)
    named = "tocsin demo" if command == "demo" else f"tocsin run --case {name}"
    with progress("reading documents") as bar:
        read_documents(case, settings=settings)
        edition = make_edition(
            case, settings=settings, draws=draws, seed=seed, commands=(f"{named} --seed {seed}",),
            tell=lambda words: _tell(bar, words),
        )  # fmt: skip
        made = hand_out(edition, folder)
    _say(made, round(perf_counter() - begin, 1), json=json, edition=edition)


def _tell(bar: Progress, words: str) -> None:
    bar.update(bar.task_ids[0], description=words)


def _folder(name: str, case: Path) -> Path:
    return case / ".tocsin" / "out" if Path(name).is_dir() else Path("out")


def _say(made: Made, seconds: float, *, json: bool, edition: Edition | None = None) -> None:
    if json:
        named = {} if edition is None else {"edition": edition.id, "folder": str(edition.folder)}
        print_json({"files": [str(f) for f in made.files], "seconds": seconds, **named})
        return
    err.print(f"made in {seconds} s:")
    for file in made.files:
        out.print(f"  {file}", soft_wrap=True)
    if edition is not None:
        out.print(f"  {edition.folder}", soft_wrap=True)
