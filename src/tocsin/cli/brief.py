"""Commands: brief."""
