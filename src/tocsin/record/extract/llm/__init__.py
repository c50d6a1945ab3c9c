"""The `llm` extractor: optional, over any OpenAI-compatible endpoint, and always behind the gate."""

from tocsin.record.extract.llm.llm import LLM

__all__ = ["LLM"]
