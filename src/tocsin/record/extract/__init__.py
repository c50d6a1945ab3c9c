"""Extractors: from a text to proposals. Each is one module, registered under `tocsin.extractors`."""
