"""The view *Now*."""
