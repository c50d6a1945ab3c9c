"""Word files: paragraphs, headings, tables and notes. Pictures are passed over, nothing outside the file is opened."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import count
from typing import TYPE_CHECKING

from tocsin.record.document import Verdict
from tocsin.record.reading.archives import DAMAGED, refusal
from tocsin.record.reading.dating import date_in_meta
from tocsin.record.reading.found import Found, Meta, refused
from tocsin.record.reading.html import walked

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from tocsin.record.reading.bounds import Bounds

CORE = "docProps/core.xml"
TEMPLATE_DATE = "2013-12-23"  # what a widely used library writes into every file it makes
_NOTE = re.compile(r'<li id="(?:[a-z]+-)?(?:foot|end)note-\d+">(<p[^>]*>)?')
_BACK = re.compile(r'\s*<a href="#[^"]*">↑</a>')
STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='Caption'] => p.caption:fresh
"""


def read_docx(data: bytes, bounds: Bounds) -> Found:
    """Read a Word file, once its archive has been looked through."""
    import mammoth  # noqa: PLC0415  # of the text extra

    no = refusal(data, bounds)
    if no is not None:
        return no
    try:
        markup = mammoth.convert_to_html(
            io.BytesIO(data), style_map=STYLES, convert_image=mammoth.images.img_element(_no_picture)
        ).value  # fmt: skip
        meta = _meta(data)
    except RecursionError:
        return refused(Verdict.BROKEN, "its parts are nested without end, and it was not read")
    except Exception:  # noqa: BLE001  # what mammoth meets in a damaged file has no common type
        return refused(Verdict.BROKEN, DAMAGED)
    number = count(1)
    numbered = _NOTE.sub(lambda li: f'<li class="footnote">{li.group(1) or ""}[{next(number)}] ', _BACK.sub("", markup))
    return Found(blocks=tuple(walked(numbered, bounds).blocks()), meta=meta)


def _no_picture(_image: object) -> dict[str, str]:
    return {"src": ""}


def _meta(data: bytes) -> Meta:
    from defusedxml import ElementTree  # noqa: PLC0415  # only Word files need it

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if CORE not in archive.namelist():
            return Meta()
        core = ElementTree.fromstring(archive.read(CORE), forbid_dtd=True)
    created = date_in_meta(_said(core, "created"))
    return Meta(
        title=_said(core, "title"), author=_said(core, "creator"),
        made=None if str(created) == TEMPLATE_DATE else created,
    )  # fmt: skip


def _said(core: Element, name: str) -> str | None:
    found = next((one.text for one in core.iter() if one.tag.rpartition("}")[2] == name), None)
    return " ".join((found or "").split()) or None
