"""What an answer of any kind says, as plain text: compressed tables too are looked into."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from httpx import Response

PARQUET, ARROW = "application/vnd.apache.parquet", "application/vnd.apache.arrow.stream"
FINER = re.compile(r"(?<![\d.])(?:36\.3[34]\d*|43\.1[56]\d*|36\.3\d{2,}|43\.1\d{2,})")
"""The places of the case that is too fine, with more than one decimal, rounded in whatever way."""
MOMENT = re.compile(r"T(\d\d:?\d\d(?::?\d\d)?)")
EDITION_ID = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}")
COORDINATE = re.compile(r'"(?:lat|lon|latitude|longitude)"\s*:\s*(-?\d+(?:\.\d+)?)')
POINT = re.compile(r'"Point"\s*,\s*"coordinates"\s*:\s*\[\s*([-\d.,\s]+)\]')


def said(answer: Response) -> str:
    """The words and numbers of an answer."""
    kind = answer.headers.get("content-type", "").partition(";")[0]
    if answer.status_code == 200 and kind in {PARQUET, ARROW}:
        read = pl.read_parquet if kind == PARQUET else pl.read_ipc_stream
        return read(BytesIO(answer.content)).write_json()
    return answer.content.decode("utf-8", "replace").replace("\r\n ", "")


def too_fine(text: str) -> list[str]:
    """Places with more than one decimal."""
    placed = [*COORDINATE.findall(text), *(x.strip() for pair in POINT.findall(text) for x in pair.split(","))]
    return [*FINER.findall(text), *(value for value in placed if len(value.partition(".")[2]) > 1)]


def times_of_day(text: str) -> set[str]:
    """Times finer than a day, edition ids apart: they say when a file was made and nothing of what it tells."""
    return {time for time in MOMENT.findall(EDITION_ID.sub("", text)) if set(time) - {"0", ":"}}
