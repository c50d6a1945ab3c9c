"""What is asked of documents, their texts and the names in them, and how they go in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.record.store import documents, mentions, passages
from tocsin.record.store.barring import Barring
from tocsin.record.store.verbs.transactions import Transactions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tocsin.record.document import Document, Text
    from tocsin.record.extract.mention import Mention
    from tocsin.record.store.values import Kept, Passage, StoredMention


class DocumentVerbs(Transactions):
    """A record's documents."""

    def add(self, document: Document, text: Text | None) -> None:
        """Put a document in, with its text where it has one; what is known of it is brought up to date."""
        with self._writing() as connection:
            documents.add(connection, document, text, Barring.of(connection, self._key))

    def documents(self) -> list[Document]:
        """All documents, in order of their names."""
        with self.connection() as connection:
            return documents.documents(connection)

    def older_versions(self) -> dict[str, str]:
        """Documents whose file was changed and read again since, each with the newest document of the same name.

        Files whose names a removal blacked out are not told apart, and not among them.
        """
        with self.connection() as connection:
            return documents.older_versions(connection)

    def document(self, document_id: str) -> Document | None:
        """The document of that hash; None where the record has none."""
        with self.connection() as connection:
            return documents.document(connection, document_id)

    def texts_of(self, document_id: str) -> list[Text]:
        """A document's texts, the first made first."""
        with self.connection() as connection:
            return documents.texts_of(connection, document_id)

    def text(self, text_id: str) -> Text:
        """The text of that id.

        Raises:
            UnknownName: the record has no such text.
        """
        with self.connection() as connection:
            return documents.text(connection, text_id)

    def is_done(self, text_id: str, extractor: str) -> bool:
        """Whether an extractor (`rules 1`) has read a text."""
        with self.connection() as connection:
            return documents.is_done(connection, text_id, extractor)

    def search_texts(
        self, words: str, *, document: str | None = None, without_claims: bool = False, limit: int = 50
    ) -> list[Passage]:  # fmt: skip
        """Segments of texts of any language that hold every one of the words, in the record's order.

        Case, accents, vowel marks and the spellings of Arabic letters do not count, and a word is found under what Arabic
        writes onto it (والموصل by الموصل or موصل).

        Args:
            words: the words; nothing in them is an operator.
            document: only in the document of that hash.
            without_claims: only in documents that no claim was read from.
            limit: how many at most.
        """
        with self.connection() as connection:
            return passages.search(connection, words, document=document, without_claims=without_claims, limit=limit)

    def keep_mentions(self, text: Text, found: Iterable[Mention]) -> Kept:
        """Keep the known names found in a text, each verbatim at its offsets or refused; those without an id are left out.

        A second time changes nothing.

        Raises:
            OutOfRange: the record does not hold the text.
        """
        whole_list = list(found)
        with self._writing() as connection:
            return mentions.keep(connection, text, whole_list, Barring.of(connection, self._key))

    def mentions(
        self, *, entity: str | None = None, document: str | None = None, limit: int | None = None
    ) -> list[StoredMention]:  # fmt: skip
        """Known names where they stand: of an entity and what is joined with it, in a document, or all."""
        with self.connection() as connection:
            return mentions.mentions(connection, entity=entity, document=document, limit=limit)
