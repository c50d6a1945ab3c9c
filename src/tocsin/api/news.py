"""News as a signal: fetched and counted, and put beside a history of deaths."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from tocsin.api.series import country_ids
from tocsin.errors import InputError, OutOfRange, UnknownName, Where
from tocsin.panel.news import Gaps, with_news
from tocsin.settings import Settings
from tocsin.sources.fetch import Patience, make_client
from tocsin.sources.fetch.gdelt import Fetched, checked_span, fetch_gdelt
from tocsin.sources.gdelt import CARD
from tocsin.sources.gdelt_codes import iso3_of_fips
from tocsin.sources.gdelt_news import MonthNoise, news_of_days, noise_of, read_news
from tocsin.sources.tables import check_target, write_table
from tocsin.vocabulary import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tocsin.panel.history import History
    from tocsin.sources.fetch import Step

MOST_PAUSE_SECONDS = 60.0
FAULTS_NAMED = 5


@dataclass(frozen=True)
class FetchedNews:
    """What was counted and written.

    Attributes:
        out: the table.
        rows: its rows.
        noise: of each month of it.
        fetched: the run behind it.
    """

    out: Path
    rows: int
    noise: tuple[MonthNoise, ...]
    fetched: Fetched
    licence: str = CARD.licence
    citation: str = CARD.citation

    @property
    def listed(self) -> int:
        """Exports the publisher lists for the days counted."""
        return sum(note.listed for note in self.fetched.notes)

    @property
    def counted(self) -> int:
        """Exports counted."""
        return sum(note.counted for note in self.fetched.notes)

    @property
    def faults(self) -> tuple[tuple[str, str], ...]:
        """Exports listed and not counted, each with the reason."""
        return tuple(fault for note in self.fetched.notes for fault in note.faults)

    @property
    def account(self) -> tuple[str, ...]:
        """What a user must know of the run, in words."""
        notes, run = self.fetched.notes, self.fetched
        malformed, events = sum(n.malformed for n in notes), sum(n.rows for n in notes)
        said = [
            (
                f"{_some(len(notes), 'day')} counted ({run.new} of them now), {self.counted:,} of {self.listed:,} exports "
                f"listed, {events:,} rows; {malformed:,} of them malformed and left out"
            )
        ]
        if self.faults:
            named = "; ".join(f"{why}" for _, why in self.faults[:FAULTS_NAMED])
            said.append(f"{_some(len(self.faults), 'export')} missing or broken (--retry asks again): {named}")
        if run.unfinished:
            days = _some(len(run.unfinished), "day")
            said.append(f"{days} not whole at the publisher yet and not counted: from {run.unfinished[0]}")
        if run.malformed_lines:
            said.append(f"{_some(run.malformed_lines, 'line')} of the publisher's list cannot be read")
        return tuple(said)

    def as_dict(self) -> dict[str, object]:
        """One JSON shape."""
        notes, run = self.fetched.notes, self.fetched
        return {
            "out": str(self.out), "rows": self.rows, "first": str(run.first), "last": str(run.last),
            "days": len(notes), "days_now": run.new, "unfinished": [str(day) for day in run.unfinished],
            "exports_listed": self.listed, "exports_counted": self.counted,
            "faults": [{"name": name, "why": why} for name, why in self.faults],
            "rows_read": sum(n.rows for n in notes), "rows_malformed": sum(n.malformed for n in notes),
            "list_malformed": run.malformed_lines,
            "noise": [{**month._asdict(), "month": str(month.month)} for month in self.noise],
            "licence": self.licence, "citation": self.citation,
        }  # fmt: skip


def fetch_news(
    first: str,
    last: str,
    to: Path,
    *,
    countries: Sequence[str] = (),
    folder: Path | None = None,
    settings: Settings | None = None,
    pause_seconds: float = 0.25,
    retry: bool = False,
    patience: Patience | None = None,
    tell: Callable[[Step], None] = lambda _: None,
) -> FetchedNews:
    """Fetch and count GDELT's exports of a span of days, and write the news table.

    Args:
        first: the first day of publication, UTC, as 2019-10-01.
        last: the last one.
        to: the table to write, Parquet or CSV.
        countries: ISO3 of those to write; all where none is named.
        folder: where days counted are kept; `gdelt` in the data folder where not given.
        settings: `data_dir`, `gdelt_url` and `timeout_seconds`.
        pause_seconds: between two exports.
        retry: count days again in which exports were missing or broken.
        patience: how often and how long to wait for the server.
        tell: called before every export.

    Raises:
        InputError: a day or country that is none, or a table that cannot be written.
        SourceError: the server does not give what it lists; days counted are kept.
    """
    span = checked_span(_day(first, "--from"), _day(last, "--to"))
    wanted = tuple(_country(code) for code in countries)
    if not 0 <= pause_seconds <= MOST_PAUSE_SECONDS:
        raise OutOfRange(f"a pause of {pause_seconds} s is not within 0 to 60", where=Where(field="--pause"))
    check_target(to)
    known = settings or Settings.load()
    place = folder or known.data_dir / "gdelt"
    patient = replace(patience or Patience(stall_seconds=known.timeout_seconds), pause_seconds=pause_seconds)
    with make_client(timeout_seconds=known.timeout_seconds) as client:
        run = fetch_gdelt(*span, place, client=client, base=known.gdelt_url, patience=patient, tell=tell, retry=retry)
    table = news_of_days(place / "days", run.notes, countries=wanted)
    write_table(table, to, metadata=CARD.as_metadata())
    return FetchedNews(to, table.height, noise_of(table), run)


def _some(number: int, what: str) -> str:
    """A number of things, as `1 day` or `2 days`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _day(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise InputError(f"'{text}' is not a day", where=Where(field=field), hint="write it as 2019-10-01") from error


def _country(code: str) -> str:
    known = set(iso3_of_fips().values())
    if code.strip().upper() not in known:
        raise UnknownName.of("country (ISO3)", code, sorted(known), where=Where(field="--country"))
    return code.strip().upper()


def history_with_news(history: History, news: Path, *, gaps: Gaps = Gaps.REFUSE) -> History:
    """A history of deaths with news among its signals.

    Args:
        history: of countries (ISO3, GW or VIEWS ids) or provinces.
        news: a table as `fetch_news` writes it.
        gaps: whether months that the news do not cover are refused, or marked as unknown.

    Raises:
        FileProblem: the file is missing or no table.
        TableProblem: a column is missing or a row stands twice.
        OutOfRange: the news do not cover the history, or name none of its areas.
    """
    countries = country_ids() if history.level is Level.COUNTRY else None
    return with_news(history, read_news(news).table, gaps=gaps, countries=countries)
