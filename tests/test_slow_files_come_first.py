"""The order in which workers are given files of tests."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

xdist = pytest.importorskip("xdist.scheduler", reason="pytest-xdist is not installed")

from tests.slowest_first import SECONDS, SlowestFirst  # noqa: E402 - after the skip where xdist is absent

if TYPE_CHECKING:
    from xdist.workermanage import WorkerController

ROOT = Path(__file__).resolve().parents[1]


def test_slow_files_come_first_then_those_with_the_most_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = sorted(SECONDS, key=lambda file: SECONDS[file])[-2:]
    queue = OrderedDict({"one": {"a": False}, slow[0]: {"a": False}, "two": {"a": False, "b": False}, slow[1]: {}})
    given = []
    monkeypatch.setattr(
        xdist.LoadFileScheduling,
        "_assign_work_unit",
        lambda self, _: given.append(self.workqueue.popitem(last=False)[0]),
    )
    order = SlowestFirst.__new__(SlowestFirst)
    order.workqueue = queue
    while queue:
        order._assign_work_unit(cast("WorkerController", None))
    assert given == [slow[1], slow[0], "two", "one"]


def test_every_slow_file_is_there() -> None:
    assert [file for file in SECONDS if not (ROOT / file).is_file()] == []
