"""The `rules` extractor: a tuple of rules, each from an annotated text to proposals of its kinds."""

from tocsin.record.extract.rules.rules import RULES

__all__ = ["RULES"]
