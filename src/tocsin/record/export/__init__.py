"""The record taken out: FollowTheMoney, Web Annotation, tables, and the whole of it as one file that can be put back."""

from tocsin.record.export.replacing import may_replace
from tocsin.record.export.selection import OwnSite, Selection
from tocsin.record.export.writing import FORMATS, Written, read_whole, write_export, write_whole

__all__ = ["FORMATS", "OwnSite", "Selection", "Written", "may_replace", "read_whole", "write_export", "write_whole"]
