"""What is known before a text is read: names of states, places, sites, bodies and missions, and of a case's office-holders."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

from tocsin.case.rows import SiteOrigin
from tocsin.record.claim import EntityType
from tocsin.record.extract.gazetteer.trie import NameTrie
from tocsin.record.extract.gazetteer.words import folded
from tocsin.record.extract.mention import FoundBy
from tocsin.sources.starter import starter_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tocsin.case.case import Case

STATE, DEMONYM, CAPITAL = "state", "demonym", "capital"
_WRITTEN_OUT = {"Barb.": "Barbuda", "Herz.": "Herzegovina", "Rep.": "Republic", "Is.": "Islands", "Dem.": "Democratic"}
_COMMON_WORDS = frozenset({"hit", "chad", "tyre", "balad", "aley", "banan", "shin"})
"""Place names of one word that are also words or given names: never looked for without more."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with names.

    Attributes:
        id: ISO3 of a state, `IRQ/Anbar` of a province, else an id of the tables beside the gazetteer or of the case.
        type: what it is.
        kind: finer, in a word: `armed group`, `ministry`, `air base`, `town`, `demonym` ...
        name: the name readers know it by.
        aliases: other names and spellings, in any script.
        source: who says so: a public list, or the case's table.
        country: ISO3; None is unknown or none.
        province: as the source says it; None is unknown.
        found_by: how a mention found by it is marked.
    """

    id: str
    type: EntityType
    kind: str
    name: str
    aliases: tuple[str, ...]
    source: str
    country: str | None = None
    province: str | None = None
    found_by: FoundBy = FoundBy.GAZETTEER

    @property
    def names(self) -> tuple[str, ...]:
        """All names, the best known first."""
        return (self.name, *self.aliases)


@dataclass(frozen=True)
class Knowledge:
    """Entries with their names; of two entries that share a name, the earlier is meant: the case's own come first.

    Attributes:
        entries: in order of preference.
        countries: ISO3 by the id of each actor of the case that is a state, where the two differ: both are one entity, and
            its id is the country's.

    Example:
        >>> known = knowledge_of(None)
        >>> [known.entries[f.entry].id for f in known.trie.find("Daesh lost Ramadi; تنظيم داعش")]
        ['isis', 'ramadi', 'isis']
    """

    entries: tuple[Entry, ...]
    countries: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def trie(self) -> NameTrie:
        """All names in one tree; an entry is its position among the entries."""
        return NameTrie((name, number) for number, entry in enumerate(self.entries) for name in entry.names)

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """Entries by id; of several with one id (a state and its demonyms) the first."""
        return {entry.id: entry for entry in reversed(self.entries)}

    def id_of(self, named: str) -> str | None:
        """The id by which an entity is known, of an id of the gazetteer or the case; None where neither has it.

        Here ids of a case's actors and of known countries meet: an actor that is a state is known by the country's code.
        """
        one = self.countries.get(named, named)
        return one if one in self.by_id else None


def knowledge_of(case: Case | None) -> Knowledge:
    """The package's gazetteer and alias table, and before them what the case's own tables name.

    Persons are known only as holders of a public post in the case's table of posts.
    """
    if case is None:
        return _shipped()
    countries = _countries_of(case)
    return Knowledge((*_of_case(case, countries), *_shipped().entries), countries)


@cache
def _shipped() -> Knowledge:
    return Knowledge((*_states(), *_tables(), *_provinces(), *_places()))


def _countries_of(case: Case) -> dict[str, str]:
    """The country that each actor of the type `state` is, by its code, name or an alias; no other actor is a country."""
    named = _country_names()
    found = {}
    for actor in case.actors:
        if (actor.type or "").lower() == STATE:
            told = (named.get(" ".join(folded(name))) for name in (actor.actor_id, actor.name, *actor.aliases))
            country = next((one for one in told if one is not None), None)
            if country is not None:
                found[actor.actor_id] = country
    return found


@cache
def _country_names() -> dict[str, str]:
    """ISO3 of each country by its code and its names; what its people are called is no name of it."""
    states = [entry for entry in _shipped().entries if entry.type is EntityType.STATE and entry.kind == STATE]
    return {" ".join(folded(name)): e.id for e in reversed(states) for name in (e.id, *e.names)}


def _of_case(case: Case, countries: Mapping[str, str]) -> Iterator[Entry]:
    for actor in case.actors:
        kind = (actor.type or "organisation").lower()
        country = _shipped().by_id.get(countries.get(actor.actor_id, ""))
        if country is not None:
            own = tuple(name for name in (actor.name, *actor.aliases) if name not in country.names)
            yield replace(country, aliases=(*country.aliases, *own))
            continue
        what = EntityType.STATE if kind == STATE else EntityType.ORGANISATION
        yield _case_entry(actor.actor_id, what, kind, actor.name, actor.aliases, table="actors.csv")
    for mission in case.missions:
        yield _case_entry(mission.mission_id, EntityType.MISSION, "mission", mission.name, (), table="missions.csv")
    for site in case.sites:
        if site.origin is not SiteOrigin.USER and _is_a_name_of_its_own(site.name):
            yield _case_entry(site.site_id, EntityType.SITE, "site", site.name, (), table="sites.csv")
    for person, spellings in _office_holders(case).items():
        yield _case_entry(person, EntityType.PERSON, "office-holder", person, tuple(spellings), table="posts.csv")


def _case_entry(entry_id: str, what: EntityType, kind: str, name: str, aliases: Iterable[str], *, table: str) -> Entry:
    return Entry(entry_id, what, kind, name, tuple(aliases), f"the case's {table}", found_by=FoundBy.ALIAS)


def _office_holders(case: Case) -> dict[str, list[str]]:
    """Each person once, though a person may hold several posts."""
    found: dict[str, list[str]] = {}
    for post in case.posts:
        found.setdefault(post.person, []).extend(a for a in post.aliases if a not in found.get(post.person, []))
    return found


def _is_a_name_of_its_own(name: str) -> bool:
    """A site that is called by a town or province alone ('Baghdad') is that place in a text, not the site."""
    return folded(name) not in {folded(n) for e in _shipped().entries if e.type is EntityType.PLACE for n in e.names}


def _rows(table: str) -> list[dict[str, str]]:
    text = (files("tocsin.record.extract.gazetteer") / f"{table}.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def _split(*cells: str) -> tuple[str, ...]:
    return tuple(part.strip() for cell in cells for part in cell.split(";") if part.strip())


def _states() -> Iterator[Entry]:
    source, told = "ISO 3166-1 and common usage", _rows("states")
    for row in told:
        country = row["iso3"]
        state = Entry(
            country, EntityType.STATE, STATE, row["name"], _split(row["aliases"], row["arabic"]), source, country
        )
        yield state
        demonyms = _split(row["demonyms"])
        yield replace(state, kind=DEMONYM, name=demonyms[0], aliases=demonyms[1:])
        for capital in _split(row["capital"]):
            yield Entry(f"{country}:{capital}", EntityType.PLACE, CAPITAL, capital, (), source, country)
    yield from _other_states({row["iso3"] for row in told})


def _other_states(told: set[str]) -> Iterator[Entry]:
    for country, name in (
        starter_table("outlines_country").select("iso3", "name").unique("iso3").sort("iso3").iter_rows()
    ):
        if country not in told and name.lower() not in _COMMON_WORDS:
            whole = " ".join(_WRITTEN_OUT.get(word, word) for word in name.split())
            yield Entry(country, EntityType.STATE, STATE, whole, (), "Natural Earth", country)


def _tables() -> Iterator[Entry]:
    types = {
        "organisations": EntityType.ORGANISATION, "missions": EntityType.MISSION, "sites": EntityType.SITE,
        "places": EntityType.PLACE,
    }  # fmt: skip
    for table, what in types.items():
        found_by = FoundBy.ALIAS if what in {EntityType.ORGANISATION, EntityType.MISSION} else FoundBy.GAZETTEER
        for row in _rows(table):
            yield Entry(
                row["id"], what, row["kind"], row["name"], _split(row["aliases"], row["arabic"]), row["source"],
                row["country"] or None, row.get("province") or None, found_by,
            )  # fmt: skip


def _provinces() -> Iterator[Entry]:
    more = {(row["country"], row["name"]): row for row in _rows("provinces")}
    drawn = dict.fromkeys(starter_table("outlines_admin1").select("country", "name").iter_rows())
    for country, name in dict.fromkeys((*drawn, *more)):
        row = more.get((country, name), {})
        own = (name, *_split(row.get("aliases", "")))
        whole = tuple(f"{n} {word}" for n in own for word in ("Province", "Governorate") if not n.endswith(word))
        arabic = tuple(n for a in _split(row.get("arabic", "")) for n in (a, f"محافظة {a}"))
        names = (*own, *whole, *arabic) if country != "XKX" else own
        yield Entry(
            f"{country}/{name}", EntityType.PLACE, "province", names[0], names[1:],
            "Natural Earth" if (country, name) in drawn else "public encyclopaedias", country, name,
        )  # fmt: skip


def _places() -> Iterator[Entry]:
    for number, name, country in starter_table("places").select("geonameid", "name", "country").iter_rows():
        if name.lower() not in _COMMON_WORDS and folded(name) and " ".join(folded(name)) not in _COMMON_WORDS:
            yield Entry(f"geonames:{number}", EntityType.PLACE, "town", name, (), "GeoNames", country)
