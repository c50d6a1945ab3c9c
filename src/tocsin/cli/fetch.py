"""Commands: fetch."""
