"""The pooled country model and its members."""
