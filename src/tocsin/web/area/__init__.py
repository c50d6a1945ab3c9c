"""The view *Area*."""
