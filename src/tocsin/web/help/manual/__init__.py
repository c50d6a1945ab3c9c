"""The manual: the pages of docs/, read, searched and shown inside the workbench."""

from tocsin.web.help.manual.pages import FOLDER, Manual, Page, Section, manual

__all__ = ["FOLDER", "Manual", "Page", "Section", "manual"]
