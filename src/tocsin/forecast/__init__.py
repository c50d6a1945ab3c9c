"""Models with contracts, and the draws they make."""
