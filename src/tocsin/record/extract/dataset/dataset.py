"""Tables in one extractor: a table is recognised by its columns, or by a mapping that a user put beside it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tocsin.errors import Where, missing_columns
from tocsin.record.extract.dataset.claims import EXTRACTOR, claims_of
from tocsin.record.extract.dataset.reading import mappings_in, shipped_mappings
from tocsin.record.extract.dataset.row import rows_of
from tocsin.record.extract.dataset.written import written_mapping, written_rows
from tocsin.record.extract.extractor import Reads
from tocsin.record.kinds import kinds
from tocsin.record.reading.rows import PARSER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tocsin.record.claim import Proposal, Span
    from tocsin.record.document import Document, Text
    from tocsin.record.extract.dataset.mapping import Mapping
    from tocsin.record.extract.dataset.row import Row
    from tocsin.record.extract.mention import Annotated, Mention


@dataclass(frozen=True, slots=True)
class Dataset:
    """The extractor that reads rows of tables; their language does not matter, as nothing is read but cells.

    Attributes:
        reads: what it declares.
        own: a user's own mappings, by name of table with or without its ending; they come before those that ship.
    """

    reads: Reads
    own: dict[str, Mapping] = field(default_factory=dict)

    def beside(self, folder: Path) -> Dataset:
        """The extractor with the mappings `NAME.map.toml` that stand beside tables in a folder of documents.

        Raises:
            FileProblem: a mapping is not TOML.
            TableProblem: a mapping is wrong.
        """
        return replace(self, own={**self.own, **mappings_in(folder)})

    def propose(self, annotated: Annotated, document: Document) -> Iterator[Proposal]:
        """The claims of every row, also of tables within a document; none where no mapping knows their columns.

        Raises:
            TableProblem: a user's own mapping names columns that no row of the table has.
        """
        names = {(mention.span.start, mention.span.end): mention for mention in annotated.mentions}

        def mention_at(span: Span) -> Mention | None:
            return names.get((span.start, span.end))

        rows, mapping = self._rows(annotated.text, document)
        if mapping is None:
            return
        for row in rows:
            yield from claims_of(row, mapping, text=annotated.text, document=document, mention_at=mention_at)

    def _rows(self, text: Text, document: Document) -> tuple[list[Row], Mapping | None]:
        """The rows of a table, or of the tables within a document, and what their columns mean."""
        if text.parser != PARSER:
            return list(written_rows(text)), written_mapping()
        rows = list(rows_of(text))
        return rows, self.mapping_for(document.name, rows)

    def mapping_for(self, name: str, rows: list[Row]) -> Mapping | None:
        """What the columns of a table mean: as a user says beside it, else as its columns tell; None is unknown."""
        columns = frozenset(column for row in rows for column in row.cells)
        own = self.own.get(name) or self.own.get(name.rpartition(".")[0])
        if own is None:
            return next((mapping for mapping in shipped_mappings() if mapping.reads(columns)), None)
        needed = sorted({*own.columns} | {role.column[0] for claim in own.claims for role in claim.roles
                                          if len(role.column) == 1 and claim.only is None})  # fmt: skip
        if rows and not columns.issuperset(own.columns or needed):
            raise missing_columns(needed, sorted(columns), where=Where(name))
        return own


_NAME, _VERSION = EXTRACTOR.split(" ")
DATASET = Dataset(Reads(name=_NAME, version=_VERSION, kinds=tuple(kinds()), languages=(), needs_model=False))
