"""One readable name for each province, however a publisher spells it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS = (
    "special republican city", "chartered city state", "chartered city", "independent city", "autonomous republic",
    "autonomous region", "autonomous province", "capital territory", "union territory", "federal territory",
    "administrative region", "province", "governorate", "state", "region", "oblast", "department", "district",
    "county", "prefecture", "zone", "krai", "republic", "territory", "division", "canton", "emirate", "municipality",
    "voivodeship", "wilayat", "wilaya", "parish", "commune",
)  # fmt: skip
"""Words for what a province is, longest first, of which the last in a name is left out."""

_KIND = re.compile(rf"[\s,]+(?:{'|'.join(KINDS)})$", re.IGNORECASE)
_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss"}
    | {"\u0131": "i", "ə": "a", "Ə": "A"}  # \u0131 is the dotless i of Turkish
)
_APOSTROPHES = str.maketrans(dict.fromkeys("‘’ʻʼʽʿʾ`´′", "'"))  # noqa: RUF001  # the marks of Arabic transliteration


def plain(text: str) -> str:
    """A name in unaccented Latin letters, spaces collapsed, without the word for what it is.

    Example:
        >>> plain("Şalāḩ ad Dīn  province"), plain("Dire Dawa Chartered City state"), plain("Free State province")
        ('Salah ad Din', 'Dire Dawa', 'Free State')
    """
    name = _KIND.sub("", _unaccented(text)).strip(" ',;")
    return name[:1].upper() + name[1:]


def _unaccented(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES).translate(_LETTERS))
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


def folded(text: str) -> str:
    """The form in which two spellings of a name are the same: plain, lower case, no marks.

    Example:
        >>> folded("Al-Qādisiyyah governorate"), folded("At-Ta'mim")
        ('al qadisiyyah', 'at tamim')
    """
    return _bare(plain(text))


def _bare(name: str) -> str:
    return " ".join(re.sub(r"[^\w]+|_", " ", name.replace("'", "").lower()).split())


@cache
def house_names() -> Mapping[tuple[str, str], str]:
    """The house's name of a province by country (ISO3) and folded spelling."""
    text = (files("tocsin") / "starter" / "province_names.csv").read_bytes()
    return {(country, spelling): name for country, spelling, name in pl.read_csv(text).iter_rows()}


def province(country: str | None, spelling: str | None) -> str | None:
    """The name by which a province goes in every table; None where the source names none.

    Args:
        country: ISO3.
        spelling: as UCDP, Natural Earth or a user writes it.

    Example:
        >>> province("IRQ", "At-Ta'mim province"), province("IRQ", "Ninawa"), province("CAF", "Kémo province")
        ('Kirkuk', 'Ninewa', 'Kemo')
    """
    if spelling is None or not (name := plain(spelling)):
        return None
    known, place = house_names(), country or ""
    return known.get((place, _bare(_unaccented(spelling)))) or known.get((place, _bare(name)), name)


def provinces(spellings: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], str | None]:
    """Names for all (country, spelling) pairs of a table, so that spellings which fold alike share one name.

    Args:
        spellings: how many rows have each pair; of names that differ only by marks or case the most frequent stays.

    Example:
        >>> provinces({("COD", "Nord-Kivu province"): 9, ("COD", "Nord Kivu"): 1})
        {('COD', 'Nord-Kivu province'): 'Nord-Kivu', ('COD', 'Nord Kivu'): 'Nord-Kivu'}
    """
    names = {pair: province(*pair) for pair in spellings}
    counts: dict[tuple[str, str], Counter[str]] = {}
    for (country, spelling), name in names.items():
        if name is not None:
            counts.setdefault((country, folded(name)), Counter())[name] += spellings[country, spelling]
    chosen = {key: min(names, key=lambda name: (-names[name], name)) for key, names in counts.items()}
    return {
        (country, _): None if name is None else chosen[country, folded(name)] for (country, _), name in names.items()
    }
