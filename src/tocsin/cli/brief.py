"""Commands: brief, run, demo."""

from pathlib import Path
from time import perf_counter

from tocsin.api.brief import Made, compose, find, write_brief
from tocsin.api.known import open_case
from tocsin.api.read import read_documents
from tocsin.cli.app import err, out, print_json, progress
from tocsin.settings import Settings
from tocsin.sources.tables import check_folder


def brief(*, case: str = ".", out: Path | None = None, draws: int = 1000, seed: int = 1, json: bool = False) -> None:
    """Make a case's brief: brief.html, brief.pdf, forecast.parquet and warnings.json.

    Example: tocsin brief --case iraq --out briefs/

    Args:
        case: a case folder, or the name of one that ships.
        out: folder to write to; the case's .tocsin/out if not given, or ./out for a case that ships.
        draws: draws of every forecast.
        seed: the same seed gives the same numbers.
        json: print JSON: the files and the seconds it took.
    """
    _make(case, out, draws=draws, seed=seed, json=json, commands=(f"tocsin brief --case {case} --seed {seed}",))


def run(*, case: str = ".", out: Path | None = None, draws: int = 1000, seed: int = 1, json: bool = False) -> None:
    """Check a case, then do everything it asks for: forecast, replay, warn, brief.

    Example: tocsin run --case mycountry/

    Args:
        case: a case folder, or the name of one that ships.
        out: folder to write to.
        draws: draws of every forecast.
        seed: the same seed gives the same numbers.
        json: print JSON.
    """
    _make(
        case, out, draws=draws, seed=seed, json=json, commands=(f"tocsin run --case {case} --seed {seed}",), read=True
    )


def demo(*, out: Path = Path("out"), draws: int = 1000, seed: int = 1, json: bool = False) -> None:
    """The Iraq brief from the figures that ship, offline.

    Example: tocsin demo --out out/

    Args:
        out: folder to write to.
        draws: draws of every forecast.
        seed: the same seed gives the same numbers.
        json: print JSON.
    """
    _make("iraq", out, draws=draws, seed=seed, json=json, commands=(f"tocsin demo --seed {seed}",), read=True)


def _make(
    name: str, folder: Path | None, *, draws: int, seed: int, json: bool, commands: tuple[str, ...], read: bool = False
) -> None:
    begin = perf_counter()
    case = open_case(name)
    check_folder(folder or _folder(name, case.folder))
    with progress("reading the case") as bar:
        task = bar.task_ids[0]
        if read:
            bar.update(task, description="reading documents")
            read_documents(case, settings=Settings.load())
        findings = find(
            case, draws=draws, seed=seed, commands=commands, tell=lambda words: bar.update(task, description=words)
        )
        bar.update(task, description="writing the brief")
        composed = compose(findings, sections=case.settings.brief.sections)
        made = write_brief(findings, composed, folder or _folder(name, case.folder), log=Settings.load().log_file)
    seconds = round(perf_counter() - begin, 1)
    _say(made, seconds, json=json)


def _folder(name: str, case: Path) -> Path:
    return case / ".tocsin" / "out" if Path(name).is_dir() else Path("out")


def _say(made: Made, seconds: float, *, json: bool) -> None:
    if json:
        print_json({"files": [str(f) for f in made.files], "seconds": seconds})
        return
    err.print(f"made in {seconds} s:")
    for file in made.files:
        out.print(f"  {file}", soft_wrap=True)
