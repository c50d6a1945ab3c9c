"""Files of tests that take long are begun first, so that no worker is left alone with one at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xdist.scheduler import LoadFileScheduling

if TYPE_CHECKING:
    from xdist.workermanage import WorkerController

SECONDS = {
    "tests/brief/sections/test_brief_says.py": 65,
    "tests/browser/test_journeys.py": 55,
    "tests/cli/test_interrupted.py": 40,
    "tests/browser/test_every_page.py": 39,
    "tests/record/store/test_store_hostile.py": 39,
    "tests/browser/test_real_brief.py": 30,
    "tests/browser/test_record_view.py": 29,
    "tests/api/test_edition_made.py": 25,
    "tests/docs/test_json_shapes.py": 22,
    "tests/browser/test_signing_in_browser.py": 20,
    "tests/docs/test_tutorial.py": 19,
    "tests/record/extract/rules/test_designated.py": 17,
    "tests/backtest/test_parcels.py": 17,
    "tests/docs/test_site.py": 17,
    "tests/browser/test_workbench_maps.py": 16,
    "tests/test_bandit.py": 16,
    "tests/record/store/test_store_robust.py": 15,
    "tests/api/test_replay_of_provinces.py": 15,
    "tests/web/faults/test_server_killed.py": 13,
    "tests/api/test_case_files.py": 11,
    "tests/sources/starter/test_build.py": 11,
    "tests/cli/test_reach_command.py": 11,
    "tests/docs/test_screen_json.py": 10,
    "tests/api/test_reading_a_case.py": 10,
    "tests/api/test_reading_other_languages.py": 8,
    "tests/record/extract/test_annotate_re3d.py": 8,
    "tests/cli/test_benchmark_settle.py": 8,
}
"""Seconds that the slowest files took on two processors (`pytest --durations=150`); the order is all that is used.

What `tests/made_once.py` shares is made by the first of its files; those that only read it come well after that one.
"""


class SlowestFirst(LoadFileScheduling):  # type: ignore[misc]  # xdist brings no types
    """As `--dist loadfile`, but the slowest files come first, then those with the most tests."""

    def _assign_work_unit(self, node: WorkerController) -> None:
        first = max(self.workqueue, key=lambda file: (SECONDS.get(file, 0), len(self.workqueue[file])))
        self.workqueue.move_to_end(first, last=False)
        super()._assign_work_unit(node)
