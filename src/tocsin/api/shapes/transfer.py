"""The documented shape of `transfer --json`."""

from dataclasses import asdict

from tocsin.assess.transfer import Target, Transfer


def as_json(done: Transfer, *, case: str) -> dict[str, object]:
    """The documented shape of `transfer --json`."""
    return {
        "case": case, "demo": done.demo, "mission": done.mission, "name": done.name, "origin": done.origin,
        "targets": [_target_as_json(done, target) for target in done.targets], "check": asdict(done.check),
    }  # fmt: skip


def _target_as_json(done: Transfer, target: Target) -> dict[str, object]:
    like = target.likeness
    return {
        "country": target.country, "preconditions": [asdict(held) for held in target.preconditions],
        "year": None if like is None else like.year,
        "variables": [] if like is None else [
            {"name": name, "value": value} for name, value in zip(done.variables, like.values, strict=True)
        ],
        "nearest": [] if like is None else [asdict(near) for near in like.nearest],
        "same_country": [] if like is None else [asdict(near) for near in like.same_country],
        "not_worse": None if like is None else asdict(like.not_worse),
        "limit": None if like is None else like.limit, "outside": None if like is None else like.outside,
        "notes": list(target.notes),
    }  # fmt: skip
