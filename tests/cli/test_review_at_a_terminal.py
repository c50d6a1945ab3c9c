"""tocsin review at a terminal: a key acts at once, and the terminal is put back."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.cli.small_case import case_with_record

from tocsin.api.known import open_case
from tocsin.api.record import open_record_of
from tocsin.record.claim import ClaimStatus

if TYPE_CHECKING:
    from pathlib import Path

pty = pytest.importorskip("pty", reason="this system has no terminals of this kind")
termios = pytest.importorskip("termios", reason="this system has no terminals of this kind")


def test_a_key_acts_without_return_and_a_reason_is_a_line(tmp_path: Path) -> None:
    case = str(case_with_record(tmp_path / "small"))
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    argv = [sys.executable, "-m", "tocsin.cli", "review", "--case", case, "--by", "A. Analyst"]
    with subprocess.Popen(argv, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as done:
        assert done.stdout is not None
        os.write(ours, b"ar2\nq")
        said = done.stdout.read()
    assert done.returncode == 0, said
    assert "2 decisions by A. Analyst" in said
    assert termios.tcgetattr(theirs)[3] == before[3]
    os.close(ours)
    os.close(theirs)
    with open_record_of(open_case(case)) as record:
        assert record.count(status=ClaimStatus.ACCEPTED) == 2
        assert [e.why for e in record.history()][-1] == "the wrong person, body or place is named"
