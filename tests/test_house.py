"""The rules of the house that a machine can hold: directions of import, sizes, and what every file may say."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "tocsin"
ROOMS = (
    "errors", "vocabulary", "settings", "client", "case", "sources", "record", "panel", "scores", "forecast", "backtest",
    "warn", "mission", "decide", "assess", "brief", "editions", "team", "watch", "api", "web", "cli",
)  # fmt: skip
"""A room imports only what stands before it in this list."""
STRANGERS = {("warn", "mission"), ("warn", "decide"), ("mission", "decide")}
WITHOUT_FILES = ("vocabulary", "panel", "scores", "forecast", "warn", "mission", "decide", "assess")
WITHOUT_PLOTTING_OR_WEB = (*WITHOUT_FILES, "sources", "record", "backtest", "case")


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append((node.lineno, node.module))
    return found


def files() -> list[Path]:
    return sorted(p for p in PACKAGE.rglob("*.py") if p.parent != PACKAGE or p.stem != "__init__")


@pytest.mark.parametrize("path", files(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_rooms_import_only_what_stands_above_them(path: Path) -> None:
    room = room_of(path)
    assert room in ROOMS, f"{room} is no room of the house"
    for line, name in imports(path):
        if not name.startswith("tocsin."):
            continue
        other = name.split(".")[1]
        assert ROOMS.index(other) <= ROOMS.index(room), f"{path}:{line}: {room} may not import {other}"
        pair = (room, other)
        assert pair not in STRANGERS, f"{path}:{line}: {room} and {other} meet in assess"
        assert pair[::-1] not in STRANGERS, f"{path}:{line}: {room} and {other} meet in assess"


def test_a_wrong_direction_would_be_found(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text("def f() -> None:\n    from tocsin.cli.app import out\n")
    assert imports(wrong) == [(2, "tocsin.cli.app")]


@pytest.mark.parametrize("path", files(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_domain_rooms_read_no_files_and_draw_nothing(path: Path) -> None:
    names = {name.split(".")[0] for _, name in imports(path)}
    if room_of(path) in WITHOUT_PLOTTING_OR_WEB:
        assert not names & {"jinja2", "typst", "rich", "cyclopts", "starlette"}
    if room_of(path) in WITHOUT_FILES:
        assert not names & {"httpx", "pyarrow", "fastexcel"}
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b(open|read_csv|read_parquet|write_csv|write_parquet|read_text|write_text)\(", text)


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is no git checkout")
    return [ROOT / name for name in listed.stdout.split("\n") if name and (ROOT / name).is_file()]


def test_no_registry_address_and_no_lock_with_addresses_is_kept() -> None:
    assert not [p for p in tracked() if p.name == "uv.lock"]
    pins = (ROOT / "requirements" / "pins.txt").read_text(encoding="utf-8")
    assert "://" not in pins
    assert all(re.fullmatch(r"[A-Za-z0-9_.\-]+==[^\s@]+", line) for line in pins.splitlines() if line)


def test_what_ships_stays_small() -> None:
    shipped = sum(p.stat().st_size for p in PACKAGE.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    assert shipped <= 12_000_000, f"the package holds {shipped:,} bytes of 12,000,000"
