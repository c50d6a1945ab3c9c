"""The kinds of claims: one small TOML file each, read once."""

from tocsin.record.kinds.kind import Kind, Role, kind_called, kinds

__all__ = ["Kind", "Role", "kind_called", "kinds"]
