"""Commands: case."""
