"""What stands before every page: each wall a middleware of its own, none of which knows what is behind it."""
