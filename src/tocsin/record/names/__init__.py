"""What a name is, in any script, and how two compare."""

from tocsin.record.names.comparing import Comparison, Reason, compare
from tocsin.record.names.folding import fold
from tocsin.record.names.name import Name, NameKind, Part, Role
from tocsin.record.names.reading import read_name

__all__ = ["Comparison", "Name", "NameKind", "Part", "Reason", "Role", "compare", "fold", "read_name"]
