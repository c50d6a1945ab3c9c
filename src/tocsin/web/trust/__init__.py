"""The view *Trust*."""
