"""Onsets of violence after peace."""
