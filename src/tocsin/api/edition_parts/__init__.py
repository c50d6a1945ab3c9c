"""The parts of an edition: one module each, from findings to files."""
