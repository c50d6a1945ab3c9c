"""The command line: one thin file for each command group."""

from tocsin.cli.app import main

__all__ = ["main"]
