"""What every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.made_once import FOLDER

from tocsin.panel.history import History
from tocsin.vocabulary import AreaIds, Month

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xdist.remote import Producer
    from xdist.scheduler import LoadFileScheduling

ROOT = Path(__file__).resolve().parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew from what is made now")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    """With --dist loadfile, the slowest files first; any other way as xdist has it."""
    if config.getoption("dist") != "loadfile":
        return None
    from tests.slowest_first import SlowestFirst  # noqa: PLC0415 - where xdist is absent nothing asks for it

    return SlowestFirst(config, log)


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session", autouse=True)
def _own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Records, logs and downloads of a run of tests go to a folder of its own, never to the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TOCSIN_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        for name in ("TOCSIN_RECORD", "TOCSIN_DATABASE"):
            patch.delenv(name, raising=False)
        if "PYTEST_XDIST_WORKER" in os.environ:
            patch.setenv(FOLDER, str(tmp_path_factory.getbasetemp().parent))
        yield


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The publishers' files that serve development, or a skip that says they are not here."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the publishers' files (../shared/data) are not beside this checkout")
    return folder


def small_history(*, areas: int = 8, months: int = 120, seed: int = 0) -> History:
    """A made-up world: some areas at peace, some in steady conflict, some that flare; neighbours in a ring."""
    rng = np.random.default_rng(seed)
    level = np.where(np.arange(areas) % 4 == 0, 0.0, np.arange(areas) * 4.0)
    flare = np.repeat(rng.random((areas, months // 12 + 1)) < 0.2, 12, axis=1)[:, :months] * 10.0
    deaths = rng.poisson(level[:, None] * (0.2 + flare) * rng.gamma(1, 1, (areas, months)))
    names = tuple(f"area {i}" for i in range(areas))
    return History(
        ids=AreaIds.VIEWS, target="ged_sb", vintage="made up", areas=tuple(str(i + 1) for i in range(areas)),
        names=names, first=Month.of(1990, 1), deaths=deaths.astype(np.int64),
        present=np.ones((areas, months), dtype=bool),
        neighbours=tuple(((i - 1) % areas, (i + 1) % areas) for i in range(areas)),
    )  # fmt: skip


@pytest.fixture(scope="session")
def history() -> History:
    return small_history()
