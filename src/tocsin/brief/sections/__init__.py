"""Sections of the brief: findings to blocks, one file a section, registered under `tocsin.sections`."""
