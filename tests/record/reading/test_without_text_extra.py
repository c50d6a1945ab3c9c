from __future__ import annotations

import builtins
import subprocess
import sys
from typing import Any

import pytest

from tocsin.errors import MissingExtra
from tocsin.record.reading import read_bytes
from tocsin.record.reading.language import _detector

EXTRA = ("lxml", "pypdfium2", "mammoth", "py3langid", "charset_normalizer", "trafilatura", "dateparser")


@pytest.fixture
def without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__
    for name in [name for name in sys.modules if name.partition(".")[0] in EXTRA]:
        monkeypatch.delitem(sys.modules, name)
    for name in EXTRA:
        monkeypatch.setitem(sys.modules, name, None)

    def refusing(name: str, *args: Any, **more: Any) -> Any:
        if name.partition(".")[0] in EXTRA:
            raise ImportError(name)
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", refusing)
    _detector.cache_clear()


@pytest.mark.usefixtures("without_extra")
@pytest.mark.parametrize(
    ("name", "data"), [("a.html", b"<p>x"), ("a.pdf", b"%PDF-1.4"), ("a.docx", b"PK\x03\x04word/document.xml")]
)
def test_what_needs_the_extra_names_it(name: str, data: bytes) -> None:
    with pytest.raises(MissingExtra) as caught:
        read_bytes(data, name=name)
    assert caught.value.hint == "pip install 'tocsin[text]'"


@pytest.mark.usefixtures("without_extra")
@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.csv"])
def test_text_and_tables_are_read_without_it(name: str) -> None:
    _, text = read_bytes("name,note\ncafé,12 mai 2014 and some more words here\n".encode("cp1252"), name=name)
    _detector.cache_clear()
    assert text is not None
    assert "café" in text.text
    assert text.language is None


def test_importing_the_readers_imports_no_extra() -> None:
    code = (
        f"import sys, tocsin.record.reading as r; sys.exit(any(m.partition('.')[0] in {EXTRA!r} for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
