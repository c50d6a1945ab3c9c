"""Commands: fetch."""

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from tocsin.cli.app import out, print_json, progress
from tocsin.cli.fetch_gdelt import gdelt
from tocsin.settings import Settings
from tocsin.sources.fetch import Fetched, Patience, Step, fetch_ucdp, make_client
from tocsin.sources.fetch.ucdp import chosen_files

fetch = App(name="fetch", help="Download from a publisher: resumable, verified, polite.")
fetch.command(gdelt)


@fetch.command
def ucdp(
    *,
    release: str | None = None,
    candidate: Annotated[tuple[str, ...], Parameter(consume_multiple=True, negative="", show_default=False)] = (),
    to: Path | None = None,
    url: str | None = None,
    sha256: str | None = None,
    json: bool = False,
) -> None:
    """Download UCDP's events: a yearly release, candidate months, or both.

    Run again, it asks only whether the file has changed; interrupted, it goes on where it stopped.

    Example: tocsin fetch ucdp --release 25.1 --candidate 26.0.8 26.0.9 --to downloads

    Args:
        release: a yearly release, such as 25.1; that is also what comes where nothing is named.
        candidate: candidate months such as 26.0.9, or spans such as 26.01.26.06.
        to: the folder to write to; by default `ucdp` in the data folder of the settings.
        url: where UCDP keeps its files; by default the setting ucdp_url.
        sha256: accept only a file with this SHA-256; for one file at a time.
        json: print JSON.
    """
    settings = Settings.load(flags={"ucdp_url": url})
    files = chosen_files(release=release, candidates=candidate)
    patience = Patience(stall_seconds=settings.timeout_seconds)
    with make_client(timeout_seconds=settings.timeout_seconds) as client, progress("asking") as bar:

        def tell(step: Step) -> None:
            words = step.note or f"{step.name} {step.done / 1e6:,.1f} MB"
            bar.update(bar.task_ids[0], description=words, completed=step.done, total=step.total)

        done = list(
            fetch_ucdp(files, to or settings.data_dir / "ucdp", client=client, base=settings.ucdp_url,
                       expected_sha256=sha256, patience=patience, tell=tell)
        )  # fmt: skip
    if json:
        print_json({"files": [one.as_dict() for one in done]})
        return
    for one in done:
        out.print(_said(one), markup=False, soft_wrap=True)


def _said(one: Fetched) -> str:
    record = one.record
    lines = (
        f"{one.outcome}: {one.file} ({record.bytes / 1e6:,.1f} MB)",
        f"  {record.source}, {record.licence}, SHA-256 {record.sha256}",
        f"  cite: {record.citation}",
    )
    return "\n".join(lines)
