"""Commands: warn."""
