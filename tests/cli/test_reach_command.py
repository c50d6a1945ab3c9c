from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tocsin.cli.app import run

PAGE = Path(__file__).resolve().parents[2] / "docs" / "json.md"
IN_2018 = ("reach", "--case", "iraq", "--mission", "nmi", "--from", "2018-01", "--to", "2018-12")


def printed(capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> Any:
    capsys.readouterr()
    assert run([*argv, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def keys(value: Any, path: str = "") -> set[str]:
    if isinstance(value, dict):
        return set().union(*(keys(v, f"{path}.{k}" if path else k) for k, v in value.items()))
    if isinstance(value, list):
        return set().union(*(keys(v, f"{path}[]") for v in value)) if value else {f"{path}[]"}
    return {path}


def test_the_documented_command_gives_the_published_shares(capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys, *IN_2018, "--draws", "0")
    shares = {(s["measure"], s["km"]): s["share"] for s in said["shares"]}
    assert shares["deaths_best", 50] == pytest.approx(0.08, abs=0.005)
    assert shares["deaths_best", 150] == pytest.approx(0.188, abs=0.005)
    assert said["intervals"] is None
    assert said["protection"] is None


def test_json_has_the_documented_keys_and_no_coordinates_of_places_entered(capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(
        capsys, *IN_2018, "--where-precision", "3", "--draws", "20", "--over-time", "--protection", "--add", "Mosul,36.34,43.13",
    )  # fmt: skip
    part = PAGE.read_text(encoding="utf-8").split("\n## reach\n")[1].split("\n## ")[0]
    documented = {
        k
        for line in part.splitlines()
        if line.startswith("| `")
        for k in re.findall(r"`([a-z_.\[\]]+)`", line.split("|")[1])
    }
    found = keys(said)
    open_ended = {
        k
        for k in documented
        if k.startswith(("travel", "sites_without", "forecast.provinces", "functions[].provinces"))
    }
    assert documented - open_ended <= found | {f"{k}[]" for k in found}
    assert {k.removesuffix("[]") for k in found} <= {k.removesuffix("[]") for k in documented} | {
        "travel",
        "sites[].states",
    }
    mosul = said["sites"][-1]
    assert (mosul["name"], mosul["lat"], mosul["lon"], mosul["added"]) == ("Mosul", None, None, True)
    assert "36.34" not in json.dumps(said)
    assert all(s["lat"] == round(s["lat"], 1) for s in said["sites"][:-1])
    assert said["functions"][0]["need"] is None


def test_the_table_says_one_battle_and_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reach", "--case", "iraq", "--from", "2017-01", "--to", "2018-12", "--where-precision", "3", "--draws", "20",
                "--add", "Mosul,36.34,43.13", "--over-time", "--protection"]) == 0  # fmt: skip
    said = capsys.readouterr().out
    assert "This gain is one battle: Ninewa, 2017-01 to 2017-08" in said
    assert "unknown" in said


def test_travel_times_of_a_file_are_reached(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    ring = [[43, 32], [46, 32], [46, 35], [43, 35], [43, 32]]
    feature = {"type": "Feature", "properties": {"site_id": "nmi-taji", "minutes": 90},
               "geometry": {"type": "Polygon", "coordinates": [ring]}}  # fmt: skip
    path = tmp_path / "travel.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    said = printed(capsys, *IN_2018, "--draws", "0", "--travel", str(path))
    assert [t["minutes"] for t in said["travel"]] == [90, 90]
    assert 0.2 < said["travel"][1]["share"] < 0.6
    assert said["sites_without_travel"] == ["nmi-baghdad", "nmi-besmaya"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--mission", "nmo"), "did you mean 'nmi'"),
        (("--mission", "oir"), "has no site"),
        (("--mission", "ntm-i"), "had no site open from 2017-01 to 2018-12"),
        (("--from", "2018-01", "--to", "2019-12"), "is not covered"),
        (("--from", "2018-06", "--to", "2018-01"), "ends before it begins"),
        (("--add", "Mosul,36"), "is no place"),
        (("--add", "Mosul,136,43"), "is no place"),
        (("--reach-km", "50,25"), "no rising distances"),
        (("--reach-km", "near"), "are no distances"),
        (("--where-precision", "9"), "no location precision"),
        (("--draws", "-1"), "draws are not within"),
        (("--travel", "none.geojson"), "none.geojson"),
        (("--events", "none.csv"), "none.csv"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_mend(
    more: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["reach", "--case", "iraq", *more]) == 2
    assert words in " ".join(capsys.readouterr().err.split())
