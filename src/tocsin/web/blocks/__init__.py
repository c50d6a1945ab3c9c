"""Laid-out pages of an edition and tables of our own, as views show them: sorted, cut, and leading on."""
