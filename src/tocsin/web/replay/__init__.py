"""The view *Replay*."""
