"""The view *Decide*."""
