"""The documented shape of `instruments --json`."""

from tocsin.mission.instruments import Holding, InstrumentTable


def instruments_json(done: InstrumentTable, *, case: str, at: str | None) -> dict[str, object]:
    """The documented shape of `instruments --json`."""
    return {
        "case": case, "at": at,
        "rows": [
            {
                "driver": row.driver_id, "name": row.name, "kind": row.kind.value, "source": row.source_id,
                "basis": row.basis.value,
                "cells": [
                    {"kind": cell.kind.value, "state": cell.state.value, "words": cell.words,
                     "holdings": [_holding(h) for h in cell.holdings],
                     "not_in_force": [_holding(h) for h in cell.not_in_force]}
                    for cell in row.cells
                ],
            }
            for row in done.rows
        ],
        "empty": [{"driver": driver, "kind": kind} for driver, kind in done.empty],
    }  # fmt: skip


def _holding(held: Holding) -> dict[str, object]:
    return {
        "what": held.what, "none": held.is_none, "holder": held.holder, "mission": held.mission_id, "start": held.start,
        "end": held.end, "in_force": held.force.value if held.force else None, "source": held.source_id,
        "basis": held.basis.value,
    }  # fmt: skip
