"""Provinces of many countries in one model."""
