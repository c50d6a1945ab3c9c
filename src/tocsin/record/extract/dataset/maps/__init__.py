"""Mappings that ship with the package, one TOML file a table."""
