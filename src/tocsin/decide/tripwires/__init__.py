"""Tripwires: what each condition says today, how often it would have fired, and whether it shows itself in time."""
