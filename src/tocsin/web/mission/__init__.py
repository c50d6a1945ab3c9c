"""The view *Mission*."""
