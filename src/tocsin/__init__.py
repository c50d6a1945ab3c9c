"""Tocsin: early warning and mission assessment for fragile states, from open sources, on one laptop."""

__version__ = "0.1.0"
