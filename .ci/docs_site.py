# ruff: noqa: INP001 - the builder of the site loads this file by its path
"""What the site of the documentation has of its own: contents from docs/index.md, anchors as elsewhere, no way out of docs/."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

_LINK = re.compile(r"\[([^\]]+)\]\(([a-z0-9-]+\.md)\)")
_OUTSIDE = re.compile(r"\[([^\]]+)\]\(\.\./[^)]+\)")


def slug(title: str, separator: str) -> str:  # noqa: ARG001 - what the extension asks for
    """The anchor of a heading, as the repository's own pages and the workbench make it."""
    return re.sub(r"[^a-z0-9 _-]", "", title.lower()).replace(" ", "-")


def contents(index: str) -> list[Any]:
    r"""The navigation: the groups of the index, each page once.

    Example:
        >>> contents("# D\n\n**To use it**\n- [One](one.md)\n- [Two](two.md), [One](one.md)\n")
        [{'Start': 'index.md'}, {'To use it': [{'One': 'one.md'}, {'Two': 'two.md'}]}]
    """
    nav: list[Any] = [{"Start": "index.md"}]
    seen: set[str] = set()
    for part in re.split(r"^\*\*", index, flags=re.MULTILINE)[1:]:
        title, _, rest = part.partition("**")
        pages = []
        for words, file in _LINK.findall(rest):
            if file not in seen:
                seen.add(file)
                pages.append({words[:1].upper() + words[1:]: file})
        nav.append({title: pages})
    return nav


def on_config(config: Any) -> Any:  # noqa: ANN401 - the builder's own type
    """Set the navigation and the anchors."""
    config["nav"] = contents((Path(config["docs_dir"]) / "index.md").read_text(encoding="utf-8"))
    config["mdx_configs"]["toc"]["slugify"] = slug
    return config


def on_page_markdown(markdown: str, **_: Any) -> str:  # noqa: ANN401 - as above
    """Leave the words of links to files that are not part of the documentation."""
    return _OUTSIDE.sub(r"\1", markdown)
