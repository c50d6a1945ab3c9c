"""Command: fetch gdelt."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tocsin.api.news import FetchedNews, fetch_news
from tocsin.cli.app import out, print_json, progress
from tocsin.cli.printing import row, table
from tocsin.settings import Settings
from tocsin.sources.fetch import Step


def gdelt(
    *,
    from_: Annotated[str, Parameter(name="--from")],
    to: str,
    country: Annotated[tuple[str, ...], Parameter(consume_multiple=True, negative="", show_default=False)] = (),
    out_: Annotated[Path, Parameter(name="--out")],
    days: Path | None = None,
    url: str | None = None,
    pause: float = 0.25,
    retry: Annotated[bool, Parameter(negative="")] = False,
    json: bool = False,
) -> None:
    """Count GDELT's news events by area, month and kind: protest, threat, coercion, violence.

    Each export is fetched, verified, counted and let go. Stopped, it goes on after the last day counted.

    Example: tocsin fetch gdelt --from 2019-10-01 --to 2019-10-31 --country IRQ --out news.parquet

    Args:
        from_: the first day of publication, UTC, as 2019-10-01; GDELT 2.0 begins on 2015-02-18.
        to: the last day.
        country: ISO3 codes of the countries to write; all by default. Days are counted for all in any case.
        out_: the table to write, Parquet or CSV by its ending.
        days: where days counted are kept; by default gdelt in the data folder of the settings.
        url: where the publisher keeps its files; by default the setting gdelt_url.
        pause: seconds between two exports, of which there are 96 a day.
        retry: ask again for exports that were missing or broken, and count their days anew.
        json: print JSON.
    """
    settings = Settings.load(flags={"gdelt_url": url})
    with progress("asking") as bar:

        def tell(step: Step) -> None:
            bar.update(bar.task_ids[0], description=step.note or step.name, completed=step.done, total=step.total)

        done = fetch_news(
            from_,
            to,
            out_,
            countries=country,
            folder=days,
            settings=settings,
            pause_seconds=pause,
            retry=retry,
            tell=tell,
        )
    if json:
        print_json(done.as_dict())
        return
    _show(done)


def _show(done: FetchedNews) -> None:
    out.print(f"written: {done.out} ({done.rows:,} rows)", markup=False, soft_wrap=True)
    for words in done.account:
        out.print(f"  {words}", markup=False, soft_wrap=True)
    if done.noise:
        made = table(
            "How noisy the events of the kinds counted are", "month", "exports", "events", "told twice", "in the opening",
            "no province", "no country", "dated earlier",
        )  # fmt: skip
        for month in done.noise:
            shares = (month.retold, month.in_opening, month.without_province, month.without_country, month.older)
            row(
                made, str(month.month), f"{month.exports:,} of {month.expected:,}", f"{month.events:,}",
                *("" if share is None else f"{100 * share:.0f} %" for share in shares),
            )  # fmt: skip
        out.print(made)
    out.print(f"cite: {done.citation}", markup=False, soft_wrap=True)
