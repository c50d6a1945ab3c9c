"""The process that makes an edition is killed: the page says so, shows the edition before, and another may be made."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tocsin.api.home import home_of
from tocsin.api.known import open_case
from tocsin.editions import Editions
from tocsin.web.briefs.making import STATE, Making, Step, is_running, now, state_of, write_state
from tocsin.web.briefs.one_at_a_time import lock_file
from tocsin.web.workbench import Workbench

pytest.importorskip("starlette.testclient", reason="the web extra is not installed")

from tests.web.team_client import Browser, app_of

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.settings import Settings

HOLDS = """
import sys, time
from pathlib import Path
from tocsin.web.briefs.one_at_a_time import held
with held(Path(sys.argv[1])) as free:
    print("began" if free else "busy", flush=True)
    time.sleep(600)
"""


def test_a_making_that_was_killed_is_told_of_and_holds_nothing_up(home: Path, settings: Settings) -> None:
    case = open_case(home)
    half = home / ".tocsin" / "editions" / ".making-left"
    half.mkdir()
    (half / "areas.json").write_text("[", encoding="utf-8")
    write_state(home_of(case, settings=settings) / STATE, Making("told", "anna", now(), (Step(now(), "the forecast"),)))
    maker = subprocess.Popen([sys.executable, "-c", HOLDS, str(lock_file(settings))], stdout=subprocess.PIPE, text=True)
    try:
        assert maker.stdout is not None
        with maker.stdout:
            assert maker.stdout.readline() == "began\n"
        workbench = Workbench.of([home], settings=settings)
        browser = Browser(app_of(workbench, settings, None))
        assert is_running(settings)
        assert "was ended before it was done" not in browser.get("/c/told/briefs").text
        os.kill(maker.pid, signal.SIGKILL)
        maker.wait()
    finally:
        maker.kill()
        maker.wait()
    for _ in range(100):
        if not is_running(settings):
            break
        time.sleep(0.02)
    state = state_of(case, settings=settings)
    assert state is not None
    assert state.ended is not None
    page = browser.get("/c/told/briefs").text
    assert "was ended before it was done" in page
    (only,) = Editions(half.parent).ids()
    assert only in browser.get("/c/told/now").text
    assert ".making-left" not in page
    workbench.close()
