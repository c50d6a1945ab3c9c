"""Makes the starter tables again from the publishers' files."""

from tocsin.sources.build.starter_set import Built, build_starter

__all__ = ["Built", "build_starter"]
