"""Cells, provinces and countries that agree draw by draw."""
