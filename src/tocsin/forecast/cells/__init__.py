"""Half-degree cells."""
