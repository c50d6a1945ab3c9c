"""The page of security requirements: every number of level 1, and a test that exists or a reason for each."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tocsin.team import Role
from tocsin.team.roles import MAY

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
LEVEL_ONE = {
    "1.2": 5, "1.3": 2, "1.5": 1, "2.1": 1, "2.2": 2, "2.3": 1, "3.2": 2, "3.3": 1, "3.4": 2, "3.5": 3, "4.1": 1, "4.4": 1,
    "5.2": 2, "5.3": 2, "6.1": 1, "6.2": 8, "6.3": 2, "6.4": 2, "7.2": 4, "7.4": 2, "8.1": 1, "8.2": 2, "8.3": 1, "9.1": 3,
    "9.2": 1, "10.4": 5, "11.3": 2, "11.4": 1, "12.1": 1, "12.2": 2, "13.4": 1, "14.2": 1, "14.3": 1, "15.1": 1, "15.2": 1,
    "15.3": 1,
}  # fmt: skip
"""How many requirements of each section are of level 1; they are the first ones of their section."""
LINE = re.compile(r"^\| (V[\d.]+) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def lines() -> list[tuple[str, str, str]]:
    return LINE.findall((DOCS / "asvs.md").read_text(encoding="utf-8"))


@cache
def names_in(file: str) -> frozenset[str]:
    """The names of the tests in a file; none where there is no such file."""
    path = ROOT / file
    if not path.is_file():
        return frozenset()
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return frozenset(n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def test_every_requirement_of_level_one_has_its_line_and_no_line_is_there_twice() -> None:
    expected = [f"V{section}.{n}" for section, count in LEVEL_ONE.items() for n in range(1, count + 1)]
    assert len(expected) == 70
    assert [number for number, _, _ in lines()] == expected


@pytest.mark.parametrize(("number", "does", "shown"), lines(), ids=[number for number, _, _ in lines()])
def test_a_line_names_a_test_that_exists_or_gives_a_reason(number: str, does: str, shown: str) -> None:
    assert len(does) >= 10, number
    named = re.fullmatch(r"`(tests/[\w/]+\.py)::(test_\w+)`", shown)
    if named:
        assert named[2] in names_in(named[1]), f"{number}: there is no {named[2]} in {named[1]}"
    else:
        assert re.match(r"not (applicable|testable)[\w ]*: .{20,}", shown), f"{number}: {shown}"


def test_a_test_that_is_not_there_would_be_seen() -> None:
    assert not names_in("tests/none.py")
    assert "test_a_test_that_is_not_there_would_be_seen" in names_in("tests/docs/test_asvs_page.py")


def test_every_role_and_what_it_may_do_is_written_down() -> None:
    page = (DOCS / "team.md").read_text(encoding="utf-8")
    for role in Role:
        assert f"| **{role}** | {MAY[role]} |" in page, role


def test_how_soon_a_faulty_part_is_replaced_is_written_down() -> None:
    page = (DOCS / "security.md").read_text(encoding="utf-8")
    part = page.partition("## Parts by others")[2].partition("\n## ")[0]
    assert "make audit" in part
    assert len(re.findall(r"\b\d+ days\b", part)) >= 2


def test_the_limits_that_are_written_down_are_those_that_hold() -> None:
    from tocsin.team.passwords import LONGEST, SHORTEST  # noqa: PLC0415 - the figures of the page
    from tocsin.team.sessions import AGE, IDLE  # noqa: PLC0415
    from tocsin.team.tokens import DAYS, MOST_DAYS  # noqa: PLC0415

    rates = pytest.importorskip("tocsin.web.walls.rates", reason="the web extra is not installed")
    sizes = pytest.importorskip("tocsin.web.walls.sizes", reason="the web extra is not installed")
    guesses = rates.Guesses()
    page = re.sub(r"\s+", " ", (DOCS / "security.md").read_text(encoding="utf-8"))
    for said in (
        f"{SHORTEST} to {LONGEST} characters", f"{IDLE.total_seconds() / 3600:.0f} hours", f"{AGE.days} days",
        f"{DAYS} days unless", f"at most {MOST_DAYS}", f"{guesses.by_name.amount} for one name",
        f"{guesses.by_address.amount} from one address", f"{rates.A_MINUTE:,} requests a minute",
        f"{rates.UNKNOWN_A_MINUTE} a minute", f"{rates.AT_ONCE} at a time", f"{sizes.BODY_BYTES // 1_000_000} MB",
        f"{sizes.PIECE_SECONDS:.0f} seconds", f"{sizes.ANSWER_SECONDS:.0f} seconds",
    ):  # fmt: skip
        assert said in page, said
