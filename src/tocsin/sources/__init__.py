"""Readers, one for each publisher, each beside its card."""
