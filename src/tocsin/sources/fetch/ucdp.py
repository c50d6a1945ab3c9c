"""The Uppsala Conflict Data Program's layout: which file a version is in, and how it is named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.errors import InputError, UnknownName
from tocsin.sources.fetch.download import fetch_file
from tocsin.sources.fetch.patience import Patience
from tocsin.sources.reading import Card

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import httpx

    from tocsin.sources.fetch.download import Step
    from tocsin.sources.fetch.record import Fetched

DEFAULT_RELEASE = "25.1"
PAGE = "https://ucdp.uu.se/downloads"
LICENCE = "CC-BY-4.0"
PUBLISHER = "Uppsala Conflict Data Program"
RELEASE = re.compile(r"v?([0-9]{1,2})\.([0-9])")
MONTH = re.compile(r"v?([0-9]{2})\.0\.(0?[1-9]|1[0-2])")
SPAN = re.compile(r"v?([0-9]{2})\.(0[1-9]|1[0-2])\.([0-9]{2})\.(0[1-9]|1[0-2])")
HOW_RELEASES = "yearly releases are 17.1, 17.2, 18.1, and so on to 25.1, with one more in the middle of each year"
HOW_CANDIDATES = (
    "candidate months are named 26.0.9 (September 2026 alone, out about three weeks after its end), "
    "and some spans 26.01.26.06 (January to June 2026)"
)
HOW = f"{HOW_RELEASES}; {HOW_CANDIDATES}. What there is stands on {PAGE}; where the files have moved, give --url"


@dataclass(frozen=True, slots=True)
class UcdpFile:
    """One file of the publisher.

    Attributes:
        version: as the publisher writes it, `25.1` or `26.0.9`.
        path: below the address of the download page.
        card: what is recorded beside it.
    """

    version: str
    path: str
    card: Card

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.path.rsplit("/", 1)[-1]

    def url(self, base: str) -> str:
        """Its address below a base.

        Example:
            >>> release_file("25.1").url("https://ucdp.uu.se/downloads/")
            'https://ucdp.uu.se/downloads/ged/ged251-csv.zip'
        """
        return f"{base.strip().rstrip('/')}/{self.path}"


def release_file(version: str) -> UcdpFile:
    """The zip of a yearly release of the Georeferenced Event Dataset.

    Example:
        >>> release_file("24.1").path
        'ged/ged241-csv.zip'

    Raises:
        UnknownName: no release is named so.
    """
    found = RELEASE.fullmatch(version.strip())
    if found is None:
        candidate = MONTH.fullmatch(version.strip()) or SPAN.fullmatch(version.strip())
        hint = f"this is a candidate version: give it as --candidate {version.strip()}" if candidate else HOW_RELEASES
        raise UnknownName(f"no UCDP GED release is named '{version}'", hint=hint)
    year, issue = found.groups()
    return UcdpFile(f"{year}.{issue}", f"ged/ged{year}{issue}-csv.zip", _release_card(f"{year}.{issue}"))


def candidate_file(version: str) -> UcdpFile:
    """The CSV of a candidate month, or of a span of months within a year.

    Example:
        >>> candidate_file("26.0.9").path, candidate_file("26.01.26.06").name
        ('candidateged/GEDEvent_v26_0_9.csv', 'GEDEvent_v26_01_26_06.csv')

    Raises:
        UnknownName: no candidate file is named so.
    """
    text = version.strip()
    month, span = MONTH.fullmatch(text), SPAN.fullmatch(text)
    if month is not None:
        parts = [month[1], "0", str(int(month[2]))]
    elif span is not None and (span[1], span[2]) <= (span[3], span[4]):
        parts = [*span.groups()]
    else:
        release = RELEASE.fullmatch(text)
        hint = f"this is a release: give it as --release {text}" if release else HOW_CANDIDATES
        raise UnknownName(f"no UCDP candidate file is named '{version}'", hint=hint)
    return UcdpFile(".".join(parts), f"candidateged/GEDEvent_v{'_'.join(parts)}.csv", _candidate_card(".".join(parts)))


def chosen_files(*, release: str | None, candidates: Sequence[str]) -> tuple[UcdpFile, ...]:
    """The files asked for, each once; the default release where none is named.

    Raises:
        UnknownName: a release or candidate is not named as the publisher names them.
    """
    named = [release] if release is not None else [] if candidates else [DEFAULT_RELEASE]
    files = [*map(release_file, named), *map(candidate_file, candidates)]
    return tuple({file.path: file for file in files}.values())


def fetch_ucdp(
    files: Sequence[UcdpFile],
    folder: Path,
    *,
    client: httpx.Client,
    base: str = PAGE,
    expected_sha256: str | None = None,
    patience: Patience | None = None,
    tell: Callable[[Step], None] = lambda _: None,
) -> Iterator[Fetched]:
    """Fetch files one after another, with a pause between them; each is given as it is done.

    Args:
        files: which.
        folder: where to put them.
        client: as `make_client` makes it.
        base: the address below which the publisher keeps them.
        expected_sha256: the checksum demanded, of a single file.
        patience: how often and how long to wait.
        tell: called with every step.

    Raises:
        InputError: a checksum is given for several files.
        SourceError: the server does not give one of them; those before it stay.
    """
    if expected_sha256 is not None and len(files) != 1:
        raise InputError(f"one SHA-256 for {len(files)} files", hint="ask for one file at a time with --sha256")
    patient = patience or Patience()
    for place, file in enumerate(files):
        if place:
            patient.sleep(patient.pause_seconds)
        yield fetch_file(
            file.url(base), folder / file.name, client=client, expected_sha256=expected_sha256, card=file.card,
            patience=patient, tell=tell, missing_hint=HOW,
        )  # fmt: skip


def _release_card(version: str) -> Card:
    return Card(
        source=f"UCDP GED {version}",
        publisher=PUBLISHER,
        licence=LICENCE,
        citation=(
            f"UCDP Georeferenced Event Dataset, version {version}. Sundberg & Melander (2013), Introducing the UCDP "
            "Georeferenced Event Dataset, Journal of Peace Research 50(4): 523-532, doi:10.1177/0022343313484347; "
            "with that year's article on organized violence in the same journal"
        ),
        lag="a release of the middle of a year goes to the end of the year before",
        url=PAGE,
    )


def _candidate_card(version: str) -> Card:
    return Card(
        source=f"UCDP Candidate {version}",
        publisher=PUBLISHER,
        licence=LICENCE,
        citation=(
            f"UCDP Candidate Events Dataset, version {version}. Hegre, Croicu, Eck & Hogbladh (2020), Introducing the "
            "UCDP Candidate Events Dataset, Research & Politics 7(3), doi:10.1177/2053168020935257"
        ),
        lag="a month comes out about three weeks after its end",
        faults=("events are provisional: some are revised or left out in the yearly release",),
        url=PAGE,
    )
