"""Data that are late: rung once for each newest month that stays the newest for too long."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tocsin.vocabulary import Month, last_day
from tocsin.watch.alert import Evidence, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.watch.alert import Alert
    from tocsin.watch.bell import Bell


def stale_rung(freshness: Sequence[dict[str, Any]], *, today: date, bell: Bell) -> tuple[Alert, ...]:
    """Sources whose next figures are due and not there.

    The day is asked of now and not of the edition, which was made before: data grow old while nothing else happens.

    Args:
        freshness: of an edition.
        today: the day, UTC.
        bell: makes the alerts.
    """
    late = [row for row in freshness if is_late(row, today=today)]
    return tuple(_alert(row, today=today, bell=bell) for row in late if not _told_apart(row, late))


def _told_apart(row: dict[str, Any], late: Sequence[dict[str, Any]]) -> bool:
    """Whether a table made from several sources is late because one of them, which rings by itself, is.

    Example:
        >>> _told_apart({"source": "Country-Year 25.1; Peace-keepers 2"}, [{"source": "Country-Year 25.1"}])
        True
    """
    parts = set(row["source"].split("; "))
    return any(set(other["source"].split("; ")) < parts for other in late)


def is_late(row: dict[str, Any], *, today: date) -> bool:
    """Whether newer figures are due; False where it is not known when they are.

    Example:
        >>> row = {"newest_month": "2026-08", "expected_lag_days": 51}
        >>> is_late(row, today=date(2026, 10, 21)), is_late(row, today=date(2026, 10, 22))
        (False, True)
    """
    if row.get("newest_month") is None or row.get("expected_lag_days") is None:
        return False
    return today > last_day(Month.parse(row["newest_month"])) + timedelta(days=row["expected_lag_days"])


def _alert(row: dict[str, Any], *, today: date, bell: Bell) -> Alert:
    link = "trust"
    return bell.rings(
        Kind.STALE, f"{row['source']}:{row['newest_month']}",
        title=f"{row['source']} is late: its newest figures are of {row['newest_month']}",
        says=(
            f"The newest figures of {row['source']} are of {row['newest_month']}, and newer ones were due "
            f"{row['expected_lag_days']} days after the end of that month. Warnings rest on old figures until they come."
        ),
        record="Not a forecast: the date is counted from what the publisher says of its lag.", link=link,
        unknown=("Why it is late: the publisher may be late, or fetching may fail here.",),
        evidence=(Evidence(f"{row['source']} reaches to {row['newest_month']}; looked at on {today}", f"/c/{bell.case}/{link}"),),
    )  # fmt: skip
