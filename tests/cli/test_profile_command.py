"""`tocsin profile` on the figures that ship."""

from __future__ import annotations

import json

import pytest

from tocsin.api.profile import country_of, profile, profiles
from tocsin.cli.app import run
from tocsin.errors import UnknownName


def test_a_province_gets_its_countrys_profile_and_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profile", "Ninewa"]) == 0
    said = capsys.readouterr().out
    assert "Ninewa is a part of Iraq" in said
    assert "Slow drivers of Iraq" in said
    assert "violence is here" in said
    assert "months since the last death" in said


def test_json_holds_no_sum_of_drivers(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profile", "GHA", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["country"], said["asked"], said["quiet"]) == ("GHA", None, True)
    assert not {"score", "rank", "index"} & {key for part in (said, *said["drivers"]) for key in part}
    by_key = {d["key"]: d for d in said["drivers"]}
    assert by_key["oil"]["value"] is None, "unknown is null"
    assert by_key["schooling"]["too_old"]
    assert max(d["year"] for d in said["drivers"] if d["year"]) <= said["last_year"], "projections are left out"


def test_nobody_is_asked_about_a_country_that_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profile", "Irak"]) == 2
    assert "did you mean 'Iraq'?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("asked", "country", "part"),
    [
        ("irq", "IRQ", None),
        (" South Sudan ", "SSD", None),
        ("IRQ/Anbar", "IRQ", "Anbar"),
        ("Cote d'Ivoire", "CIV", None),
    ],
)
def test_areas_are_found_by_code_and_by_name(asked: str, country: str, part: str | None) -> None:
    assert country_of(asked) == (country, part)


def test_an_unknown_country_of_a_province_is_refused() -> None:
    with pytest.raises(UnknownName, match="XXX/Anbar"):
        country_of("XXX/Anbar")


def test_a_case_without_figures_has_no_profile() -> None:
    assert profiles(["XKX?"]) == ()
    assert [p.name for p in profiles(["IRQ"])] == [profile("Iraq").name]
