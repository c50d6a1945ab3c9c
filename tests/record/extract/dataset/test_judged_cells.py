"""What a table judges by itself is no source's word."""

from __future__ import annotations

from tocsin.record.document import Document
from tocsin.record.extract.annotate import annotate
from tocsin.record.extract.dataset import DATASET
from tocsin.record.extract.knowledge import knowledge_of
from tocsin.record.reading import read_bytes

ROWS = b"""person,post,organisation,actor_id,source_id,judged
Ada Marsh,head,Harbour Command,navy,report,
Ben Reed,head,River Command,navy,report,actor_id
"""


def test_a_known_body_that_is_only_judged_is_not_linked() -> None:
    document, text = read_bytes(ROWS, name="posts.csv")
    assert isinstance(document, Document)
    assert text is not None
    annotated = annotate(text, knowledge_of(None), model=None)
    bodies = [claim.first("organisation") for claim in DATASET.propose(annotated, document)]
    assert [(body.words, body.value) for body in bodies if body is not None] == [
        ("Harbour Command", "navy"),
        ("River Command", None),
    ]
