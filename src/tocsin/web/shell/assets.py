"""Files that pages load, all from this server: our own, and libraries that set-up put beside them."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from pathlib import Path

from tocsin.brief.charts import PROBABILITY
from tocsin.brief.design import COLOURS, TINT_STEPS, tint

FOLDER = Path(__file__).parents[1] / "static"
VENDOR = FOLDER / "vendor"


@cache
def digest(name: str) -> str:
    """Some digits of a file's hash; empty where there is no such file."""
    path = FOLDER / name
    return blake2b(path.read_bytes(), digest_size=6).hexdigest() if path.is_file() else ""


def address(name: str) -> str:
    """The address of a static file, with its hash, so that it may be kept for ever."""
    found = digest(name)
    return f"/static/{name}?v={found}" if found else f"/static/{name}"


@cache
def has_htmx() -> bool:
    """Whether htmx was put here at set-up; pages work without it."""
    return (VENDOR / "htmx.min.js").is_file()


@cache
def has_maplibre() -> bool:
    """Whether MapLibre was put here at set-up; an SVG map stands in its place otherwise."""
    return (VENDOR / "maplibre-gl.mjs").is_file()


@cache
def colours_css() -> str:
    """The design's colours as CSS, said once in `tocsin.brief.design`."""
    names = {"ink": "ink", "muted": "muted", "rule": "rule", "accent": "accent"}
    own = "".join(f"--{name}:{COLOURS[key]};" for name, key in names.items())
    rest = "".join(f"--{k.replace('_', '-')}:{v};" for k, v in COLOURS.items() if k not in names)
    steps = "".join(f".tint-{n}{{background-color:{tint(n / TINT_STEPS)}}}" for n in range(1, TINT_STEPS + 1))
    classes = "".join(f".class-{i}{{background-color:{s.colour}}}" for i, s in enumerate(PROBABILITY.steps))
    return f":root{{{own}{rest}}}{steps}{classes}\n"
