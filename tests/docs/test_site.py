"""The documentation as a site: every link leads somewhere, every page is in its contents, and nothing comes from elsewhere."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_site", ROOT / ".ci" / "docs_site.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("mkdocs", reason="the dev tools are not installed")
    to = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(to)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return to


def test_every_page_is_there(site: Path) -> None:
    pages = {path.stem for path in (ROOT / "docs").glob("*.md")}
    assert pages <= {path.stem for path in site.glob("*.html")}


def test_nothing_is_loaded_from_another_server(site: Path) -> None:
    loaded = re.compile(r"<(?:script|link|img|iframe|source)\b[^>]*?(?:src|href)=\"((?:https?:)?//[^\"]+)\"")
    for page in site.glob("*.html"):
        assert not loaded.findall(page.read_text(encoding="utf-8")), page.name
    for style in site.rglob("*.css"):
        assert not re.findall(r"(?:url\(['\"]?|@import\s+['\"]?)(?:https?:)?//", style.read_text(encoding="utf-8")), (
            style
        )


def test_the_contents_are_those_of_the_index(hook: ModuleType) -> None:
    nav = hook.contents((ROOT / "docs" / "index.md").read_text(encoding="utf-8"))
    held = [file for group in nav[1:] for pages in group.values() for page in pages for file in page.values()]
    assert sorted(held) == sorted(path.name for path in (ROOT / "docs").glob("*.md") if path.name != "index.md")
    assert next(iter(nav[1])) == "To use it"


def test_links_out_of_the_documentation_become_words(hook: ModuleType) -> None:
    assert hook.on_page_markdown("See the [README](../README.md) and [reach](reach.md).") == (
        "See the README and [reach](reach.md)."
    )


def test_the_pages_ship_with_the_package() -> None:
    said = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert said["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"] == {"docs": "tocsin/docs"}
