"""Properties are checked without a clock: a busy machine is not a wrong score."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
