"""Checks across the files of a case: ids that must be known, keys that must be single, places that must fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.case.finding import Finding, did_you_mean, fault, note, quoted
from tocsin.case.mission_checks import SITE_MARGIN_KM, exchange_or_sign, mission_findings
from tocsin.case.page_checks import names_in_pages, page_findings
from tocsin.case.tables import SINGULAR, TABLES
from tocsin.case.time_checks import time_findings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tocsin.case.draft import Draft, Inside, Known


def across_files(draft: Draft, *, known: Known) -> Iterator[Finding]:
    """Everything that is wrong between the files of a case."""
    yield from unknown_ids(draft)
    yield from repeated_rows(draft)
    yield from judged_columns(draft)
    yield from sites_of_other_missions(draft)
    yield from sites_abroad(draft, inside=known.inside)
    yield from unknown_in_settings(draft, known=known)
    yield from unknown_hosts(draft, countries=known.countries)
    yield from left_unsaid(draft)
    yield from page_findings(draft, known=known)
    yield from mission_findings(draft, known=known)
    yield from time_findings(draft)


def unknown_ids(draft: Draft) -> Iterator[Finding]:
    """Ids that no table gives."""
    for table in TABLES.values():
        for column, target in table.refs.items():
            known = draft.ids(target)
            if target == "provinces" and not known:
                continue
            for row, cells in draft.cells(table.name):
                for name in (part.strip() for part in cells.get(column, "").split(";")):
                    if name and name not in known:
                        yield _unknown(draft, table.name, target, name, row=row, column=column)


def _unknown(draft: Draft, table: str, target: str, name: str, *, row: int, column: str) -> Finding:
    where = f"areas.provinces of {draft.settings_file}" if target == "provinces" else draft.file(target)
    mend = f"{did_you_mean(name, draft.ids(target))}; or add it to {where}"
    return fault(draft.file(table), f"no {SINGULAR[target]} is called {quoted(name)}", mend, row=row, column=column)


def repeated_rows(draft: Draft) -> Iterator[Finding]:
    """Ids, and whole rows, that stand twice."""
    for table in TABLES.values():
        first: dict[tuple[str, ...], int] = {}
        for row, cells in draft.cells(table.name):
            key = tuple(cells.get(c, "") for c in table.key or table.columns)
            if not any(key):
                continue
            if key in first:
                what = f"the id {quoted(key[0])} stands in row {first[key]} too" if table.key else "the row"
                problem = what if table.key else f"the row is the same as row {first[key]}"
                mend = "give each row its own id" if table.key else "remove one of the two"
                column = table.key[0] if table.key else None
                yield fault(draft.file(table.name), problem, mend, row=row, column=column)
            first.setdefault(key, row)


def judged_columns(draft: Draft) -> Iterator[Finding]:
    """Columns marked as our own reading that the table does not have."""
    for name, rows in draft.rows.items():
        columns = TABLES[name].columns
        for row, record in rows:
            for judged in getattr(record, "judged", ()):
                if judged not in columns:
                    problem = f"no column of this table is called {quoted(judged)}"
                    yield fault(draft.file(name), problem, did_you_mean(judged, columns), row=row, column="judged")


def sites_of_other_missions(draft: Draft) -> Iterator[Finding]:
    """Rows on a mission that name a site of another."""
    owner = {site.site_id: site.mission_id for _, site in draft.numbered("sites")}
    for table in ("site_status", "mandates"):
        for row, record in draft.numbered(table):
            of = owner.get(record.site_id or "", record.mission_id)
            if of != record.mission_id:
                problem = (
                    f"the site {quoted(record.site_id)} belongs to {quoted(of)}, not to {quoted(record.mission_id)}"
                )
                yield fault(draft.file(table), problem, "mend mission_id or site_id", row=row, column="site_id")


def sites_abroad(draft: Draft, *, inside: Inside | None) -> Iterator[Finding]:
    """Sites that lie outside the country that hosts their mission."""
    host = {mission.mission_id: mission.host for _, mission in draft.numbered("missions")}
    placed = [(row, site) for row, site in draft.numbered("sites") if site.lat is not None]
    if placed and inside is None:
        yield note(draft.file("sites"), "sites were not compared with outlines of countries", "nothing to mend")
        return
    for row, site in placed:
        country = host.get(site.mission_id)
        margin = site.precision_km or SITE_MARGIN_KM
        if country is not None and inside is not None and inside(country, site.lat, site.lon, margin) is False:
            problem = f"the site {quoted(site.name)} lies outside {country}, which hosts its mission"
            mend = exchange_or_sign(inside, (country,), site.lat, site.lon)
            yield fault(draft.file("sites"), problem, mend, row=row, column="lat")


def unknown_in_settings(draft: Draft, *, known: Known) -> Iterator[Finding]:
    """Countries, sections and watched provinces of case.toml that do not exist."""
    if draft.settings is None:
        return
    watched = draft.settings.replay.watched if draft.settings.replay is not None else {}
    named = (
        (("areas", "countries"), "country", draft.settings.areas.countries, known.countries),
        (("brief", "sections"), "section of the brief", draft.settings.brief.sections, known.sections),
        (("replay", "watched"), "province", watched, draft.settings.areas.provinces or None),
    )
    for where, kind, names, possible in named:
        if possible is None:
            continue
        for name in names:
            if name not in possible:
                at = (*where, name) if where == ("replay", "watched") else where
                problem, mend = f"no {kind} is called {quoted(name)}", did_you_mean(name, possible)
                yield draft.settings_fault(at, problem, mend, item=name)


def unknown_hosts(draft: Draft, *, countries: Collection[str] | None) -> Iterator[Finding]:
    """Host countries that are not among those known; a note, as a mission can be where no figures are."""
    if countries is None:
        return
    for row, mission in draft.numbered("missions"):
        if mission.host is not None and mission.host not in countries:
            problem = f"{quoted(mission.host)} is not among the countries Tocsin has figures of"
            yield note(draft.file("missions"), problem, did_you_mean(mission.host, countries), row=row, column="host")


def left_unsaid(draft: Draft) -> Iterator[Finding]:
    """What is unknown or unused, and should be known to be so."""
    for row, indicator in draft.numbered("indicators"):
        if indicator.target is None:
            problem = f"the indicator {quoted(indicator.indicator_id)} has no target: its progress cannot be judged"
            yield note(draft.file("indicators"), problem, "fill target if one is known", row=row, column="target")
    for table, key in (("actors", "actor_id"), ("sources", "source_id")):
        named = _named(draft, table)
        for row, record in draft.numbered(table):
            name = getattr(record, key)
            if name not in named and not getattr(record, "files", ()):
                problem = f"the {SINGULAR[table]} {quoted(name)} is named nowhere in the case"
                yield note(draft.file(table), problem, "use it or remove it", row=row, column=key)


def _named(draft: Draft, target: str) -> set[str]:
    """Every id of a table that any row or page names."""
    named = {
        part.strip()
        for table in TABLES.values()
        for column, of in table.refs.items()
        if of == target
        for _, cells in draft.cells(table.name)
        for part in cells.get(column, "").split(";")
    }
    return named | {name for _, _, of, name in names_in_pages(draft) if of == target}
