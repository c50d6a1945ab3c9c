"""The units and the image: what they name exists, and neither runs with more rights than it needs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.docs.test_commands_page import help_of

from tocsin.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
PAGE = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
HARDENED = (
    "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "CapabilityBoundingSet=", "PrivateTmp=yes",
    "RestrictNamespaces=yes", "DynamicUser=yes", "UMask=0077",
)  # fmt: skip


def lines(path: Path) -> list[str]:
    """The lines that say something, those that are continued put together."""
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def instructions() -> list[tuple[str, str]]:
    return [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in lines(DEPLOY / "Containerfile")]


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_accepts_the_unit(unit: Path, tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not here")
    there = tmp_path / unit.name
    program = Path(sys.executable).with_name("tocsin")
    there.write_text(unit.read_text(encoding="utf-8").replace("/opt/tocsin/bin/tocsin", str(program)), encoding="utf-8")
    done = subprocess.run([analyze, "verify", "--man=no", str(there)], capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() if unit.name in line]
    assert said == []


def test_systemd_would_refuse_a_unit_that_is_wrong(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not here")
    wrong = tmp_path / "wrong.service"
    wrong.write_text("[Service]\nExecStart=/nowhere/tocsin\nProtectSystm=strict\n", encoding="utf-8")
    done = subprocess.run([analyze, "verify", "--man=no", str(wrong)], capture_output=True, text=True, check=False)
    assert "ProtectSystm" in done.stderr


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_unit_has_no_more_rights_than_it_needs(unit: Path) -> None:
    assert [wanted for wanted in HARDENED if wanted not in lines(unit)] == []


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_every_option_that_a_unit_gives_exists(unit: Path) -> None:
    (start,) = (line for line in lines(unit) if line.startswith("ExecStart="))
    _, command, *arguments = start.split()
    given = [argument for argument in arguments if argument.startswith("--")]
    helped = help_of(command)
    assert [option for option in given if option not in helped] == []


def test_every_variable_of_the_example_is_a_setting() -> None:
    text = (DEPLOY / "tocsin.env.example").read_text(encoding="utf-8")
    named = set(re.findall(rf"^# {PREFIX}([A-Z_]+)=", text, re.MULTILINE))
    assert named
    assert {name.lower() for name in named} <= set(Settings.model_fields)
    assert not [line for line in text.splitlines() if line and not line.startswith("#")], "an example sets nothing"


def test_the_image_is_built_from_named_versions_and_runs_as_nobody() -> None:
    steps = instructions()
    bases = [rest.split()[0] for step, rest in steps if step == "FROM"]
    assert all(re.fullmatch(r"[a-z]+:\d+(\.\d+)?-slim", base) for base in bases), "a version, and no registry"
    last = [rest for step, rest in steps if step == "USER"][-1]
    assert last.isdigit()
    assert int(last) >= 10_000
    after = [step for step, _ in steps[max(i for i, s in enumerate(steps) if s[0] == "USER") :]]
    assert not {"RUN", "COPY", "ADD"} & set(after)


def test_the_image_is_made_as_it_should() -> None:
    steps = instructions()
    names = [step for step, _ in steps]
    assert "ADD" not in names
    assert {"HEALTHCHECK", "ENTRYPOINT", "CMD"} <= set(names)
    assert all(rest.lstrip().startswith("[") for step, rest in steps if step in {"ENTRYPOINT", "CMD"})
    runs = " ".join(rest for step, rest in steps if step == "RUN")
    assert not re.search(r"curl|wget|sudo|apt-get upgrade|chmod 777", runs)
    assert all("--no-cache-dir" in part for part in runs.split("&&") if "pip install" in part)
    said = " ".join(rest for step, rest in steps if step in {"ENV", "ARG", "LABEL"}).upper()
    assert not re.search(r"PASSWORD|SECRET|TOKEN|KEY", said)


def test_what_the_image_copies_is_there() -> None:
    copied = [rest for step, rest in instructions() if step == "COPY" and "--from" not in rest]
    for paths in copied:
        for path in paths.split()[:-1]:
            assert (ROOT / path).exists(), path


def test_the_page_names_every_file() -> None:
    for path in DEPLOY.iterdir():
        assert path.name in PAGE, f"docs/deploy.md does not speak of {path.name}"
