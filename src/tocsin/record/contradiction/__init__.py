"""Claims that exclude each other, found by the rule of their kind. Rules propose; a person decides."""

from tocsin.record.contradiction.find import RULES, contradictions
from tocsin.record.contradiction.finding import Contradiction

__all__ = ["RULES", "Contradiction", "contradictions"]
