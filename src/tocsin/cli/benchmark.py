"""Commands: benchmark."""
