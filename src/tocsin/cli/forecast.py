"""Commands: forecast."""
