"""Posts read from sentences written for these tests."""

from __future__ import annotations

import pytest

from tocsin.case.dates import PartialDate
from tocsin.record.extract.mention import Annotated
from tocsin.record.extract.rules import posts
from tocsin.record.gate import check
from tocsin.record.reading import Given, read_bytes


def told(words: str) -> list[tuple[str, str, str | None]]:
    document, text = read_bytes(words.encode(), name="note.md", given=Given(published=PartialDate.parse("2020-06-12")))
    assert text is not None
    found = tuple(posts.propose(Annotated(text, (), ()), document))
    assert [check(p, text) for p in found] == [None] * len(found)
    rows = []
    for p in found:
        person, post, body = (p.first(role) for role in ("person", "post", "organisation"))
        assert person is not None
        assert post is not None
        rows.append((person.words, post.words, body.words if body else None))
    return rows


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Omar Haddad, the head of Blue Cedar Bank, travelled.", [("Omar Haddad", "head", "Blue Cedar Bank")]),
        (
            "Omar Haddad is the General Manager of Blue Cedar Bank.",
            [("Omar Haddad", "General Manager", "Blue Cedar Bank")],
        ),
        (
            "Omar Haddad served as commander of Blue Cedar Brigade.",
            [("Omar Haddad", "commander", "Blue Cedar Brigade")],
        ),
        ("It was said by Prime Minister Omar Haddad.", [("Omar Haddad", "Prime Minister", None)]),
        ("Omar Haddad and Zayd Karim are friends.", []),
        ("Omar Haddad, Zayd Karim and Ali Amin met.", []),
        ("Omar Haddad is a financier of Blue Cedar Front.", []),
        ("General Omar Haddad met them.", []),
    ],
)
def test_posts(words: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert told(words) == expected


def test_dates_and_what_is_over() -> None:
    document, text = read_bytes(
        b"Omar Haddad has served as director of Blue Cedar Bank since 2015. Former minister Zayd Karim left.",
        name="note.md", given=Given(published=PartialDate.parse("2020-06-12")),
    )  # fmt: skip
    assert text is not None
    first, second = posts.propose(Annotated(text, (), ()), document)
    assert (str(first.dates.start), first.dates.end) == ("2015", None)
    assert str(second.dates.end) == "by 2020-06-12"
